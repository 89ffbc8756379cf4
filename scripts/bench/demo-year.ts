/**
 * The demo year with servers up, several times on a new system each, and the worker's peak memory.
 *
 * Machines differ and are noisy, so beside the seconds stands what the same year costs against one that is closed already
 * (start-up, reading the pack and writing the results alone): the ratio tells how much of a run is the year itself.
 */
import { join } from 'node:path';
import Table from 'cli-table3';
import { CHECKOUT } from '../../servers/home';
import { workerMemory } from '../../servers/worker';
import { Home } from '../campaign/home';
import { timedRun } from './timed-run';

const ROUNDS = 3;
const DEMO = { pack: join(CHECKOUT, 'demo', 'pack'), year: 2028 };
const MEBIBYTE = 1024 * 1024;

interface Round {
  seconds: number; // the whole run
  again: number; // the same command on the closed year
  memory: number; // the worker's peak, MiB
}

async function round(): Promise<Round> {
  const home = new Home();
  try {
    await home.fund('up');
    const seconds = await timedRun(home, DEMO);
    const memory = (workerMemory(home.folder) ?? 0) / MEBIBYTE;
    return { seconds, again: await timedRun(home, DEMO), memory };
  } finally {
    await home.fund('down');
    await home.remove();
  }
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export async function demoYear(): Promise<void> {
  const rounds: Round[] = [];
  for (let i = 1; i <= ROUNDS; i++) {
    console.log(`第 ${i} 轮，共 ${ROUNDS} 轮 (round ${i} of ${ROUNDS})`);
    rounds.push(await round());
  }
  const table = new Table({ head: ['', 'median', 'min', 'max'], style: { head: [], border: [] } });
  const row = (name: string, value: (of: Round) => number, places: number): void => {
    const values = rounds.map(value);
    table.push([name, ...[median(values), Math.min(...values), Math.max(...values)].map((one) => one.toFixed(places))]);
  };
  row('演示年度，服务已启动 demo year, servers up (s)', ({ seconds }) => seconds, 1);
  row('同一命令，年度已关账 same command, year closed (s)', ({ again }) => again, 1);
  row('倍数 ratio', ({ seconds, again }) => seconds / again, 1);
  row('worker 峰值内存 peak memory (MiB)', ({ memory }) => memory, 0);
  console.log(table.toString());
}
