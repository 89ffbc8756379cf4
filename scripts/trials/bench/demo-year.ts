/**
 * Measures the demo year with servers up, several times, each on a new system: seconds, the worker's peak memory, and the time
 * of `explain`.
 *
 * Machines differ and are noisy, so each time is compared with another of the same machine: the year with the same command on
 * the closed year (start-up, reading the pack and writing the results), and an explanation with a start of Node that does nothing.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Table from 'cli-table3';
import { CHECKOUT } from '../../../servers/home';
import { workerMemory } from '../../../servers/worker';
import { Home } from '../campaign/home';
import { secondsOf, timedCommand, timedRun } from './timed-run';

const ROUNDS = 3;
const DEMO = { pack: join(CHECKOUT, 'demo', 'pack'), year: 2028 };
const MEBIBYTE = 1024 * 1024;

interface Round {
  seconds: number; // the whole run
  again: number; // the same command on the closed year
  memory: number; // the worker's peak, MiB
  explain: number; // the slowest of the figures below
  node: number; // a start of Node that does nothing
}

/** One figure of each kind, from a leaf of the year's tree to its root. */
const FIGURES = [
  ['collection.paid', '--area', '150400'],
  ['subsidy.due', '--area', '150400', '--level', 'league'],
  ['risk.level', '--area', '150400', '--scheme', 'resident', '--month', '12'],
  ['evaluation.score', '--area', '150400', '--scheme', 'resident', '--indicator', 'total'],
  ['sharing.fund_share', '--area', '150400', '--scheme', 'resident'],
];

async function explained(home: Home): Promise<number> {
  const seconds: number[] = [];
  for (const [figure = '', ...key] of FIGURES) {
    const question = ['explain', '--year', String(DEMO.year), '--figure', figure, ...key];
    seconds.push(await timedCommand(figure, () => home.fund(...question)));
  }
  return Math.max(...seconds);
}

const emptyNode = (): Promise<number> => secondsOf(() => promisify(execFile)(process.execPath, ['-e', '0']));

async function round(): Promise<Round> {
  const home = new Home();
  try {
    await home.fund('up');
    const seconds = await timedRun(home, DEMO);
    const memory = (workerMemory(home.folder) ?? 0) / MEBIBYTE;
    const again = await timedRun(home, DEMO);
    return { seconds, again, memory, explain: await explained(home), node: await emptyNode() };
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
    table.push([
      name,
      ...[median(values), Math.min(...values), Math.max(...values)].map((value) => value.toFixed(places)),
    ]);
  };
  row('演示年度，服务已启动 demo year, servers up (s)', ({ seconds }) => seconds, 1);
  row('同一命令，年度已关账 same command, year closed (s)', ({ again }) => again, 1);
  row('倍数 ratio', ({ seconds, again }) => seconds / again, 1);
  row('explain，五个数中最慢的 slowest of five figures (s)', ({ explain }) => explain, 2);
  row('空的 node 进程 a start of node that does nothing (s)', ({ node }) => node, 2);
  row('worker 峰值内存 peak memory (MiB)', ({ memory }) => memory, 0);
  console.log(table.toString());
}
