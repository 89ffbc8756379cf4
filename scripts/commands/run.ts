/** `fund run`: one whole cycle in compressed time, without a person. */
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import type { Command } from 'commander';
import { type Database, connect } from '../../db/connect';
import { hasLiveYear } from '../../db/fund-year';
import { type Loaded, OtherPack, loadPack } from '../../db/load-pack';
import { type Pack, readOverlay, readPack } from '../../pack';
import type { Override } from '../../parameters';
import { DESK_PORT, type System, connectTemporal, ensureUp } from '../../servers';
import { LOOPBACK } from '../../servers/ports';
import { errorText } from '../../servers/refused';
import { typedPath } from '../../servers/typed-path';
import { patiently } from '../client/patiently';
import { dateOption, yearOption } from './options';
import { compareYears } from '../../figures/what-if';
import { Refusal } from '../words/refusal';
import { Progress } from '../words/progress';
import { refuseFile } from '../client/out-folder';
import { writeResults } from '../client/result-files';
import { printSummary } from '../words/summary';
import { type Served, openDesk } from '../client/desk-server';
import { invitationsToLook } from '../client/invitations';
import { keepHealthy, serveUntilStopped, withSystem } from '../client/system';
import { inScratchSystem, comparableResults, printComparison } from '../what-if';
import { YearRun } from '../client/year-run';
import { faultLines, overlayFaultLines } from '../words/faults';

interface RunOptions {
  pack: string;
  year: number;
  /** The folder of the results; below FUND_HOME by default. */
  out?: string;
  until?: string;
  /** A `parameters.json` laid over the pack's: the year is run under it too, and the two are compared. */
  whatIf?: string;
  json?: boolean;
  /** `npm start`: keeps serving after the year has closed, until Ctrl-C, and invites to look around. */
  serve?: boolean;
}

export function runCommand(program: Command): void {
  program
    .command('run')
    .summary('run one whole cycle on a pack, in compressed time')
    .description(
      'Imports the pack, runs the cycle of the year with every act of its operators, and writes the results.\n' +
        '在压缩时间内运行一个完整年度：导入数据包，逐日推进，导出结果。',
    )
    .requiredOption('--pack <dir>', 'folder of the input pack (数据包)')
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .requiredOption('--out <dir>', 'folder for the result files (结果)')
    .option(
      '--until <date>',
      'stop the business date at the end of this day and keep serving (停在此日)',
      dateOption('--until'),
    )
    .option('--what-if <file>', 'a parameters.json laid over the pack’s: what would change, and why (假设测算)')
    .option('--json', 'print the outcome as JSON; with --what-if the comparison')
    .action((options: RunOptions) => runYear(options));
}

/** Reads the pack before any server is started, so that a faulty one is refused at once, with every fault. */
async function readWhole(directory: string, year: number): Promise<Pack> {
  const read = await readPack(directory, year);
  if ('faults' in read) throw new Refusal(faultLines(read.faults, directory).join('\n'));
  return read.pack;
}

/** Refuses a faulty overlay with every fault, like a pack's own parameters.json. */
async function readWholeOverlay(file: string, pack: Pack): Promise<Record<string, Override>> {
  const read = await readOverlay(file, pack);
  if ('faults' in read) throw new Refusal(overlayFaultLines(read.faults, file).join('\n'));
  return read.overlay;
}

export async function runYear(options: RunOptions): Promise<void> {
  const { year, until, whatIf, json = false } = options;
  if (whatIf !== undefined && until !== undefined) {
    throw new Refusal('--what-if 比较关账后的年度，不能与 --until 同用 (--what-if compares closed years)', 2);
  }
  if (options.out !== undefined) refuseFile(typedPath(options.out));
  const pack = await readWhole(typedPath(options.pack), year);
  const overlay = whatIf === undefined ? null : await readWholeOverlay(typedPath(whatIf), pack);
  const run: Run = { pack, until, json, say: json ? () => undefined : (line) => console.log(line) };

  const plain = await withSystem(run.say, (system) =>
    runToClose(system, run, async ({ pool, client, closed }) => {
      const out = options.out === undefined ? join(system.home, 'results', String(year)) : typedPath(options.out);
      await patiently(() => writeResults(pool, year, out));
      // Machines get one answer, which for a what-if is the comparison.
      if (overlay === null || !json) {
        await patiently(() => printSummary(pool, { year, closed, until, out, uiUrl: system.uiUrl, json }));
      }
      if (!closed || options.serve === true) {
        await showDesk(run.say, { ...system, client }, options.serve === true ? year : null);
        await serveUntilStopped(run.say, system.uiUrl);
      }
      return { out, results: overlay === null ? null : await patiently(() => comparableResults(pool, year)) };
    }),
  );
  if (overlay === null || plain.results === null) return;

  run.say('\n假设测算：在临时系统中另行运行，不留数据 (what if: run on a temporary system that is then removed)');
  const overlaidPack = { ...pack, overrides: { ...pack.overrides, ...overlay } };
  const overlaid = await inScratchSystem(run.say, (system) =>
    runToClose(system, { ...run, pack: overlaidPack }, ({ pool }) => patiently(() => comparableResults(pool, year))),
  );
  printComparison(compareYears(plain.results, overlaid, Object.keys(overlay)), { pack, out: plain.out, json });
}

/** The desk beside a run. Nothing else depends on it: where it cannot be served, that is said. */
async function showDesk(say: Run['say'], served: Served, inviting: number | null): Promise<void> {
  try {
    const { origin } = await openDesk(served, { listen: LOOPBACK, port: DESK_PORT });
    say(`办事台 ${origin}（模拟运行：事项由程序代办）(the desk; the run itself acts)`);
    // Only the login that owns the database invites.
    if (inviting !== null && !process.env.DATABASE_URL)
      for (const line of await invitationsToLook(served.databaseUrl, inviting, origin)) say(line);
  } catch (error) {
    say(`办事台没有启动，其余照常：${errorText(error)} (the desk is not served)`);
  }
}

interface Run {
  pack: Pack;
  until: string | undefined;
  json: boolean;
  say: (line: string) => void;
}

function refuseOtherPack(error: unknown): never {
  if (!(error instanceof OtherPack)) throw error;
  const files = [
    ...error.differing.map((file) => `${file} 不同 (differs)`),
    ...error.missing.map((file) => `${file} 缺少 (is missing)`),
    ...error.added.map((file) => `${file} 新增 (is new)`),
  ];
  throw new Refusal(
    `${error.year} 年度已用另一数据包运行：${files.join('，')}。请另设 FUND_HOME 运行此包 (use a new FUND_HOME for this pack).`,
  );
}

/** Runs the year of a pack on a running system, to its close or to `until`, and prints its result. */
async function runToClose<Result>(
  system: System,
  { pack, until, json, say }: Run,
  show: (at: { pool: Database; client: Client; closed: boolean }) => Promise<Result>,
): Promise<Result> {
  const pool = connect(system.databaseUrl, 'worker', 16);
  const connection = await connectTemporal(system.temporalAddress);
  const healing = keepHealthy(() => ensureUp(say));
  try {
    if (await patiently(() => hasLiveYear(pool))) {
      throw new Refusal(
        '数据库中有正式运行的年度，不能在其上模拟运行：请另设 FUND_HOME (this database holds a live year)',
      );
    }
    const loaded: Loaded = await patiently(() => loadPack(pool, pack, 'run')).catch(refuseOtherPack);
    say(
      loaded === 'loaded'
        ? `已导入数据包：${pack.files.length} 个文件 (pack loaded)`
        : '数据包此前已导入，继续办理 (continuing)',
    );
    const { year } = pack;
    const progress = new Progress(pool, year, until, json);
    const client = new Client({ connection, namespace: system.temporalNamespace });
    // The servers are stopped by another listener; this one says that nothing is lost.
    const tell = (): void =>
      say('\n已中断；再次执行同一命令即从此处继续 (interrupted: the same command goes on from here)');
    process.once('SIGINT', tell);
    const driven = new YearRun(client, pool, year, progress).drive(until);
    const closed = await driven.finally(() => {
      process.off('SIGINT', tell);
      return progress.end();
    });
    return await show({ pool, client, closed });
  } finally {
    healing.stop();
    await connection.close();
    await pool.destroy();
  }
}
