/**
 * 导入: an act on a task queue of its own, `fund-imports`. It reports its progress with its heartbeats. Interrupted, it starts over: a
 * folder is taken as a whole or not at all, and what was taken is found under a key that is the same for every retry.
 */
import { access, constants, readdir } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/connect';
import type { Correction } from '../../db/corrections';
import {
  type ImportChannel,
  type ImportReceipt,
  type ImportReport,
  type Sender,
  type StatedFault,
  importReport,
  noteReport,
  stated,
} from '../../db/import-reports';
import { refusalOf } from '../../db/refusals';
import { DatabaseError } from 'pg';
import { importedBefore } from '../../db/import-rows';
import { PackRefused } from '../../db/load-pack';
import { officeHeld } from '../../db/operators';
import {
  type Fault,
  NAMES_OF_CONTRACT,
  type OnRead,
  type Pack,
  aboutName,
  bytesToRead,
  isOfContract,
  readPack,
} from '../../pack';
import { both } from '../../parameters/reader';
import { brings } from '../../rules/file-offices';
import { announceImports } from '../announce-imports';
import { importPack } from '../import';
import { checkPack } from './check-pack';
import { ImportProgress } from './progress';

export interface ImportOrder {
  year: number;
  directory: string; // as the worker sees it
  correction: Correction | null;
  /** Only says what it would take. */
  check?: true;
  /** By which way it comes; left out by orders from before this was kept. */
  channel?: ImportChannel;
  /** Who brings the files, where somebody does: he brings what his office may. */
  sender?: Sender;
}

/** What a workflow may know of an import. Faults quote cells, perhaps personal data, so they stay in the database, under the key. */
export type ImportOutcome = { key: string } & (
  | { receipt: ImportReceipt; notified: number | null } // workflows; null: Temporal did not answer, the watchdog notifies them
  | { faults: number }
);

/** How an import is known over its retries, followed, and given up. */
export interface ImportControl {
  key: string;
  signal: AbortSignal;
  progress: ImportProgress;
}

/** Reads a folder and takes its files into a live year, or notes what is wrong with them. */
export async function attemptImport(
  database: Database,
  order: ImportOrder,
  { key, signal, progress }: ImportControl,
): Promise<ImportReport> {
  const { year, directory, correction, check, channel, sender } = order;
  const earlier = await importReport(database, key);
  if (earlier !== undefined) return earlier;
  const onRead = (chunk: Buffer): void => {
    signal.throwIfAborted();
    progress.onRead(chunk);
  };
  const of = { key, year, channel, operator: sender?.operator, check };
  const refuse = (faults: StatedFault[]) => noteReport(database, of, { faults });
  const names = await namesIn(directory);
  const read = names === null ? { faults: [unreadable(directory)] } : await readFolder(database, order, names, onRead);
  if ('faults' in read) await refuse(stated(read.faults));
  else if (read.pack.files.length === 0) await refuse(stated([noFile(directory, names ?? [])]));
  else {
    progress.beginLoading();
    const proof = correction?.proof ?? sender?.proof;
    const record = (trx: Database, receipt: ImportReceipt) =>
      noteReport(trx, { ...of, proof: check ? undefined : proof?.nonce }, { receipt });
    const taken = check
      ? checkPack(database, read.pack, correction, signal).then((receipt) => record(database, receipt))
      : importPack(database, read.pack, correction, { sender, signal, record });
    await taken.catch(async (error: unknown) => {
      const faults = faultsOf(error, directory);
      if (faults === null) throw error;
      await refuse(faults);
    });
  }
  // Another try of the same import may have been quicker: then its report is the one that counts.
  return (await importReport(database, key)) as ImportReport;
}

/** The files of a folder, or what is wrong with them. Of whoever brings them by his own hand, they are those of his office and area. */
async function readFolder(
  database: Database,
  { year, directory, sender }: ImportOrder,
  names: readonly string[],
  onRead: OnRead,
): Promise<{ pack: Pack } | { faults: Fault[] }> {
  const imported = await importedBefore(database, year);
  if (sender === undefined) return readPack(directory, year, imported, onRead);
  const office = await officeHeld(database, year, sender.operator);
  if (office === undefined) return { faults: [notInOffice(directory, year, sender.operator)] };
  const foreign = names.filter((name) => isOfContract(name) && !brings(office.role, name));
  if (foreign.length > 0) return { faults: foreign.map(notForOffice) };
  return readPack(directory, year, { ...imported, ownArea: office.area ?? undefined }, onRead);
}

const notInOffice = (directory: string, year: number, operator: string): Fault => ({
  ...ofFolder(directory),
  expected: both(`${year} 年度在任的工号，不是 ${operator}`, 'an operator in office'),
  remedy: both('由在任人员导入', 'somebody in office brings them'),
});
const notForOffice = (file: string): Fault => ({
  ...{ file, line: null, column: null, found: null },
  expected: both('您的岗位可以导入的文件', 'a file that your office brings'),
  remedy: both('交自治区医保局导入', 'give it to the security bureau of the region'),
});

/** What a refusal of the pack or of the database says; null when it is another failure. */
function faultsOf(error: unknown, directory: string): StatedFault[] | null {
  if (error instanceof PackRefused) return stated([...error.faults]);
  const words = error instanceof DatabaseError ? refusalOf(error) : undefined;
  return words === undefined ? null : [{ file: directory, text: words }];
}

/** The files of a folder that can be read and entered; null for any other. */
async function namesIn(directory: string): Promise<string[] | null> {
  try {
    await access(directory, constants.R_OK | constants.X_OK);
    return (await readdir(directory, { withFileTypes: true })).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  } catch {
    return null;
  }
}

const unreadable = (directory: string): Fault => ({
  ...ofFolder(directory),
  expected: `${hostname()} 上的工作进程（用户 ${userInfo().username}）可读的文件夹，不是单个文件 (a folder that the worker there can read, no single file)`,
  remedy:
    '核对文件夹名与权限；文件在别的机器上的，放入收件夹或共享文件夹 (check name and permissions; files elsewhere go into the inbox or a shared folder)',
});
const ofFolder = (directory: string) => ({ file: directory, line: null, column: null, found: null });
const SHOWN_NAMES = 10;
const noFile = (directory: string, names: readonly string[]): Fault => ({
  ...ofFolder(directory),
  expected: `含有数据包文件的文件夹：${NAMES_OF_CONTRACT.join('、')} (a folder with files of a pack)`,
  remedy:
    names.length === 0
      ? '核对文件夹名 (check its name)'
      : names
          .slice(0, SHOWN_NAMES)
          .map((name) => `${name}：${aboutName(name)}`)
          .join('；'),
});

/** The act: `news` is the signal by which waiting workflows look again. */
export const createImportActivities = (database: Database, client: Client) => ({
  async importFolder({ news, ...order }: ImportOrder & { news: string }): Promise<ImportOutcome> {
    const context = Context.current();
    const { info, cancellationSignal: signal } = context;
    const key = `${info.workflowExecution?.runId}/${info.activityId}`;
    const progress = new ImportProgress(await bytesToRead(order.directory));
    const beating = setInterval(() => context.heartbeat(progress.state), BEATS_EVERY);
    try {
      const report = await attemptImport(database, order, { key, signal, progress });
      if ('faults' in report) return { key, faults: report.faults.length };
      if (order.check) return { key, ...report, notified: null };
      return { key, ...report, notified: await announceImports(database, client, news).catch(() => null) };
    } finally {
      clearInterval(beating);
    }
  },
});

const BEATS_EVERY = 1000; // milliseconds
