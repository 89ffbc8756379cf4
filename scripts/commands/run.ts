/** `fund run`: one whole cycle headless in compressed time. */
import { join, resolve } from 'node:path';
import { Client } from '@temporalio/client';
import type { Command } from 'commander';
import { connect } from '../../db/connect';
import { type Loaded, loadPack } from '../../db/load-pack';
import { hasLiveYear } from '../../db/year';
import { type Pack, readPack } from '../../pack';
import { connectTemporal, ensureUp } from '../../servers';
import { patiently } from '../patiently';
import { dateOption, yearOption } from '../options';
import { Refusal } from '../refusal';
import { Progress } from '../progress';
import { writeResults } from '../result-files';
import { printSummary } from '../summary';
import { keepHealthy, serveUntilStopped, withSystem } from '../system';
import { YearRun } from '../year-run';
import { faultLines } from '../faults';

export interface RunOptions {
  pack: string;
  year: number;
  /** Folder of the results; below FUND_HOME when nothing else is said. */
  out?: string;
  until?: string;
  json?: boolean;
  /** Keeps serving after the year has closed, until Ctrl-C (`npm start`). */
  serve?: boolean;
}

export function runCommand(program: Command): void {
  program
    .command('run')
    .summary('run one whole cycle on a pack, in compressed time')
    .description(
      'Imports the pack, lives through the cycle of the year with every act of its operators, and writes the results.\n' +
        '在压缩时间内运行一个完整年度：导入数据包，逐日推进，导出结果。',
    )
    .requiredOption('--pack <dir>', 'folder of the input pack (数据包)')
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .requiredOption('--out <dir>', 'folder for the result files (结果)')
    .option('--until <date>', 'stop the business date at the end of this day and keep serving (停在此日)', dateOption)
    .option('--json', 'print the outcome as JSON')
    .action((options: RunOptions) => runYear(options));
}

/** Reads the pack before any server is started: a faulty pack is refused at once, whole, with every fault. */
export async function readWhole(directory: string, year: number): Promise<Pack> {
  const read = await readPack(resolve(directory), year);
  if ('faults' in read) throw new Refusal(faultLines(read.faults).join('\n'));
  return read.pack;
}

export async function runYear(options: RunOptions): Promise<void> {
  const { year, until } = options;
  const pack = await readWhole(options.pack, year);
  const say = options.json ? () => undefined : (line: string) => console.log(line);
  await withSystem(say, async (system) => {
    const pool = connect(system.databaseUrl, 'worker', 16);
    const connection = await connectTemporal(system.temporalAddress);
    const healing = keepHealthy(() => ensureUp(say));
    try {
      if (await patiently(() => hasLiveYear(pool))) {
        throw new Refusal(
          '数据库中有正式运行的年度，不能在其上模拟运行：请另设 FUND_HOME (a live year is in this database)',
        );
      }
      const loaded: Loaded = await patiently(() => loadPack(pool, pack, 'run'));
      say(
        loaded === 'loaded'
          ? `已导入数据包：${pack.files.length} 个文件 (pack loaded)`
          : '数据包此前已导入，继续办理 (continuing)',
      );
      const progress = new Progress(pool, year, until, options.json === true);
      const client = new Client({ connection, namespace: system.temporalNamespace });
      const closed = await new YearRun(client, pool, year, progress).drive(until).finally(() => progress.end());
      const out = resolve(options.out ?? join(system.home, 'results', String(year)));
      await patiently(() => writeResults(pool, year, out));
      await patiently(() =>
        printSummary(pool, { year, closed, until, out, uiUrl: system.uiUrl, json: options.json === true }),
      );
      if (!closed || options.serve === true) await serveUntilStopped(say, system.uiUrl);
    } finally {
      healing.stop();
      await connection.close();
      await pool.end();
    }
  });
}
