/** `fund import`: loads files of a pack into a live year as they arrive. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Client, WorkflowFailedError } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import { type Command, Option } from 'commander';
import { correctionsToSign } from '../../activities/imports/to-sign';
import type { ImportOrder, ImportOutcome } from '../../activities/imports/import-folder';
import type { Database } from '../../db/connect';
import type { Correction } from '../../db/corrections';
import { importReport } from '../../db/import-reports';
import { openLiveYears } from '../../db/fund-year';
import { importedBefore } from '../../db/import-rows';
import { hashesOfFiles } from '../../pack';
import { beijingDate } from '../../rules/beijing-time';
import { EXPECTED_TEXT, isReason, shownText } from '../../rules/text';
import { workersSeenBy } from '../../servers/pollers';
import { innermostText } from '../../servers/refused';
import { onStop } from '../../servers/signals';
import { typedPath } from '../../servers/typed-path';
import { beginImport, followImport } from '../client/imports';
import { notImported } from '../words/faults';
import { checkedText, importText } from '../words/import-text';
import { Refusal } from '../words/refusal';
import { ShareBar } from '../words/share-bar';
import { signWithKeyFile } from '../client/signing';
import { type Running, onRunningSystem } from '../client/system';
import { refuseUnlikelyYear } from '../client/unlikely-year';
import { yearOption } from './options';

interface Options {
  year?: number;
  correct?: string;
  as?: string;
  check?: true;
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
    .option('--check', 'only say what it would take, or every fault (只核对，不导入)')
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
    const folder = typedPath(directory);
    const correction = await correctionOf(pool, year, folder, options);
    const order: ImportOrder = {
      ...{ year, directory: folder, correction, channel: 'command' },
      ...(options.check && { check: options.check }),
    };
    const outcome = await importedBy(client, order);
    if ('faults' in outcome) throw await refusal(pool, order, outcome.key);
    const { receipt, notified } = outcome;
    const text = options.check ? checkedText(year, receipt) : importText(year, receipt, notified);
    console.log(options.json ? JSON.stringify({ year, ...receipt }) : text);
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

/** Has the worker import a folder. Ctrl-C gives the import up; whatever else ends this command, the import goes on. */
async function importedBy(client: Client, order: ImportOrder): Promise<ImportOutcome> {
  if ((await workersSeenBy(client)).length === 0) console.error(NO_WORKER);
  const handle = await beginImport(client, order);
  const bar = new ShareBar();
  const unwatch = onStop(async () => {
    await handle.cancel();
    const given = handle.result().then(
      () => TAKEN,
      () => GIVEN_UP,
    );
    console.error(await Promise.race([given, pause(GIVES_UP_WITHIN, ASKED)]));
    bar.end();
  });
  try {
    return await followImport(handle, bar.show);
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    throw new Refusal(error.cause instanceof CancelledFailure ? GIVEN_UP : innermostText(error));
  } finally {
    unwatch();
    bar.end();
  }
}

const GIVES_UP_WITHIN = 15_000; // milliseconds
const TAKEN = '取消时导入已完成 (it was imported before it could be cancelled)';
const ASKED = '已请求取消，尚无工作进程执行 (cancelling was asked for: no worker has answered yet)';
const NO_WORKER =
  '没有执行程序在工作，导入等它启动后进行：npm run fund -- up，或 worker (no worker is at work: the import waits for one)';
const GIVEN_UP = '已取消，未导入任何数据 (cancelled: nothing was imported)';

/** The faults stand in the database alone, since they quote the files. */
async function refusal(pool: Database, { directory }: ImportOrder, key: string): Promise<Refusal> {
  const report = await importReport(pool, key);
  const faults = report !== undefined && 'faults' in report ? report.faults : [];
  return new Refusal([...faults.map(({ text }) => text), notImported(faults.length, directory)].join('\n'));
}

/** Why stored values are replaced, and by whom: signed over the files as they are now. */
async function correctionOf(
  pool: Database,
  year: number,
  directory: string,
  { correct, as }: Options,
): Promise<Correction | null> {
  if (correct === undefined || as === undefined) return null;
  const { operators } = await importedBefore(pool, year);
  if (!operators.some(({ operator }) => operator === as)) {
    throw new Refusal(`${year} 年度没有工号 ${shownText(as)}（operators.csv）(no such operator)`);
  }
  if (!isReason(correct)) {
    const expected = `应为${EXPECTED_TEXT.reason}`;
    throw new Refusal(`更正理由不能为空：“${shownText(correct)}”；${expected} (a correction has a reason)`, 2);
  }
  const correction = { reason: correct, operator: as };
  const files = await hashesOfFiles(directory);
  const proof = await signWithKeyFile(pool)(correctionsToSign({ year, files }, correction));
  return { ...correction, ...(proof && { proof }) };
}
