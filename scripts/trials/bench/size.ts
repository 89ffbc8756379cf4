/**
 * Measures generated regions of growing size on the real system: time for each area, the worker's memory, the longest history.
 * The same command on the closed year is timed too and subtracted: start-up, reading the pack and writing the results are not
 * what is measured.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import Table from 'cli-table3';
import { connectTemporal } from '../../../servers';
import { type TemporalPorts, addressOf, portsOf } from '../../../servers/temporal-process';
import { workerMemory } from '../../../servers/worker';
import { Home, type Year } from '../campaign/home';
import { tameRegion } from '../campaign/regions/random-region';
import { timedRun } from './timed-run';

const MEBIBYTE = 1024 * 1024;
const FUND_YEAR = 2028;

interface Size {
  areas: number;
  seconds: number; // the whole run
  again: number; // the same command on the closed year
  memory: number; // the worker's peak, MiB
  workflows: number;
  longest: number; // events of the longest history
}
const perArea = ({ areas, seconds, again }: Size): number => (seconds - again) / areas;

/** Writes the pack of a region with this many areas into the home that will run it. */
function packOf(home: Home, areas: number): Year {
  const pack = join(home.folder, 'pack');
  mkdirSync(pack);
  for (const [name, text] of Object.entries(tameRegion(areas, FUND_YEAR).files)) writeFileSync(join(pack, name), text);
  return { pack, year: FUND_YEAR };
}

async function histories(home: Home): Promise<{ workflows: number; longest: number }> {
  const connection = await connectTemporal(addressOf(portsOf(home.folder) as TemporalPorts));
  try {
    let [workflows, longest] = [0, 0];
    for await (const { historyLength } of new Client({ connection }).workflow.list()) {
      workflows += 1;
      longest = Math.max(longest, historyLength);
    }
    return { workflows, longest };
  } finally {
    await connection.close();
  }
}

async function measure(areas: number): Promise<Size> {
  const home = new Home();
  try {
    const year = packOf(home, areas);
    await home.fund('up');
    const seconds = await timedRun(home, year);
    const memory = (workerMemory(home.folder) ?? 0) / MEBIBYTE;
    return { areas, seconds, memory, ...(await histories(home)), again: await timedRun(home, year) };
  } finally {
    await home.fund('down');
    await home.remove();
  }
}

/** Measures regions of these sizes, smallest first, each against the one before. */
export async function sizes(of: readonly number[]): Promise<void> {
  const measured: Size[] = [];
  const table = new Table({
    head: [
      '统筹区 areas',
      '秒 s',
      '再次运行 again s',
      '每区 ms per area',
      '比前 ratio',
      '内存 memory MiB',
      '流程 workflows',
      '最长历史 longest',
    ],
    style: { head: [], border: [] },
  });
  for (const areas of of) {
    const before = measured.at(-1);
    const size = await measure(areas);
    measured.push(size);
    const ratio = before === undefined ? '' : (perArea(size) / perArea(before)).toFixed(2);
    const cells = [size.seconds.toFixed(1), size.again.toFixed(1), (perArea(size) * 1000).toFixed(0), ratio];
    table.push([areas, ...cells, size.memory.toFixed(0), size.workflows, size.longest]);
    console.log(
      `${areas}: ${cells.join('  ')}  ${size.memory.toFixed(0)} MiB  ${size.workflows} workflows  ${size.longest} events`,
    );
  }
  console.log(table.toString());
}
