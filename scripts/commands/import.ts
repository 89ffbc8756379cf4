/** `fund import`: loads files of a pack into a live year as they arrive. */
import type { Client } from '@temporalio/client';
import { type Command, Option } from 'commander';
import type { Database } from '../../db/connect';
import { type ImportReceipt, importPack } from '../../activities/import';
import { announceImports } from '../../activities/announce-imports';
import { openLiveYears } from '../../db/fund-year';
import { importedBefore } from '../../db/import-rows';
import { PackRefused } from '../../db/load-pack';
import { type Pack, readPack } from '../../pack';
import { beijingDate } from '../../rules/beijing-time';
import { EXPECTED_TEXT, isReason, shownText } from '../../rules/text';
import { typedPath } from '../../servers/typed-path';
import { news } from '../../workflows/business-date';
import { faultLines } from '../words/faults';
import { Refusal } from '../words/refusal';
import { type Running, onRunningSystem } from '../client/system';
import { refuseUnlikelyYear } from '../client/unlikely-year';
import { yearOption } from './options';

interface Options {
  year?: number;
  correct?: string;
  as?: string;
  json?: true;
}

export function importCommand(program: Command): void {
  program
    .command('import <dir>')
    .summary('load files of a pack into a live fund year')
    .description(
      'Validates the files of a folder, any part of a pack, and loads them into a live year. New rows are added, equal ones\n' +
        'change nothing, others are refused with both values unless they are corrected by name and reason.\n' +
        '向正式年度导入数据文件：可分批导入；与已导入不同的，须说明理由更正。',
    )
    .option('--year <year>', 'fund year (年度); without it the one live year that is open', yearOption)
    .addOption(new Option('--correct <reason>', 'why stored values are to be replaced (更正理由)'))
    .addOption(new Option('--as <operator>', 'who corrects them (更正人工号)'))
    .option('--json', 'print what was done as JSON')
    .action(importFiles);
}

function importFiles(directory: string, options: Options): Promise<void> {
  if ((options.correct === undefined) !== (options.as === undefined)) {
    throw new Refusal('更正须同时给出 --correct 理由 和 --as 工号 (--correct and --as go together)', 2);
  }
  return onRunningSystem('worker', async ({ pool, client }: Running) => {
    const year = options.year ?? (await onlyLiveYear(pool));
    await refuseUnlikelyYear(pool, year, beijingDate(new Date()));
    const pack = await readPart(pool, typedPath(directory), year);
    const correction = await correctionOf(pool, year, options);
    const receipt = await importPack(pool, pack, correction).catch((error: unknown) => {
      throw error instanceof PackRefused ? new Refusal(faultLines([...error.faults]).join('\n')) : error;
    });
    const notified = await notifyWorkflows(client, pool);
    console.log(options.json ? JSON.stringify({ year, ...receipt }) : importText(year, receipt, notified));
  });
}

async function onlyLiveYear(pool: Database): Promise<number> {
  const [year, ...others] = (await openLiveYears(pool)).map((live) => live.year);
  if (year !== undefined && others.length === 0) return year;
  throw new Refusal(
    year === undefined
      ? '没有进行中的正式年度：请以 --year 指明年度 (no live year is open: name one with --year)'
      : `进行中的正式年度有 ${[year, ...others].join('、')}：请以 --year 指明 (choose one with --year)`,
  );
}

async function readPart(pool: Database, directory: string, year: number): Promise<Pack> {
  const read = await readPack(directory, year, await importedBefore(pool, year));
  if ('faults' in read) throw new Refusal(faultLines(read.faults, directory).join('\n'));
  if (read.pack.files.length === 0) throw new Refusal(`${directory} 中没有数据包文件 (no file of a pack there)`);
  return read.pack;
}

async function correctionOf(pool: Database, year: number, { correct, as }: Options) {
  if (correct === undefined || as === undefined) return null;
  const { operators } = await importedBefore(pool, year);
  if (!operators.some(({ operator }) => operator === as)) {
    throw new Refusal(`${year} 年度没有工号 ${shownText(as)}（operators.csv）(no such operator)`);
  }
  if (!isReason(correct)) {
    const expected = `应为${EXPECTED_TEXT.reason}`;
    throw new Refusal(`更正理由不能为空：“${shownText(correct)}”；${expected} (a correction has a reason)`, 2);
  }
  return { reason: correct, operator: as };
}

/** Notifies the waiting workflows, which then look again at once. Returns how many; null when Temporal cannot be reached. */
const notifyWorkflows = (client: Client, pool: Database): Promise<number | null> =>
  announceImports(pool, client, news.name).catch(() => null);

function importText(year: number, { files, notes = [] }: ImportReceipt, notified: number | null): string {
  const lines = Object.entries(files).map(
    ([file, { added, corrected, unchanged }]) => `${file}：新增 ${added}，更正 ${corrected}，未变 ${unchanged}`,
  );
  return [
    ...lines,
    ...notes,
    notified === null
      ? `已导入 ${year} 年度 ${lines.length} 个文件；暂时无法通知流程，巡查将在一小时内通知 (imported; the watchdog notifies the workflows within the hour)`
      : `已导入 ${year} 年度 ${lines.length} 个文件，通知 ${notified} 个流程 (imported, ${notified} workflows notified)`,
  ].join('\n');
}
