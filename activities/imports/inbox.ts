/**
 * 收件夹 (FUND_INBOX): the tax bureau and others leave their files in a folder, directly or in one folder a year. A file that
 * nobody writes to any more is picked up, imported, and put into `done/` or `refused/`, with a report beside it.
 */
import { access, constants, mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../db/connect';
import { openLiveYears } from '../../db/fund-year';
import { type ImportReceipt, type ImportReport, importReport } from '../../db/import-reports';
import { isOfContract } from '../../pack';
import { beijingTime } from '../../rules/beijing-time';
import { importedText } from '../../rules/vocabulary';

/** A folder with files for a year. */
export interface Inbox {
  year: number;
  directory: string;
  isOfYear: boolean; // true: the folder of one year; false: the inbox itself
  taking: string; // where the files are while they are imported
}

/** How long a file must be unchanged before it is picked up. */
const SETTLED = 60_000; // milliseconds

const inboxAt = (directory: string, year: number, isOfYear: boolean): Inbox => ({
  year,
  directory,
  isOfYear,
  taking: join(directory, 'taking'),
});
const doneIn = (directory: string): string => join(directory, 'done');
const refusedIn = (directory: string): string => join(directory, 'refused');

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? error);

/** Files, by name; none where there is no such folder. What else is wrong with it is thrown. */
async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  return entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
}

const isSettled = async (path: string, now: number): Promise<boolean> => now - (await stat(path)).mtimeMs >= SETTLED;

/** Writes the report, then moves the file. An act that is repeated lists the folder anew and no longer sees the file. */
async function putInto(folder: string, from: string, name: string, report: string, now: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const stamp = beijingTime(new Date(now).toISOString()).replace(/\D+/g, '');
  const target = join(folder, `${stamp}_${short(name)}`);
  await writeFile(`${target}.report.txt`, `${report}\n`);
  await rename(join(from, name), target);
}

/** The name with stamp and ending has to be one that a disk takes: at most 255 bytes. */
function short(name: string): string {
  const characters = Array.from(name);
  while (Buffer.byteLength(characters.join('')) > MOST_BYTES) characters.shift();
  return characters.join('');
}
const MOST_BYTES = 200;

/**
 * The inboxes with files to be imported. Files whose year is unclear are refused at once; the folder of a year that is not open is left
 * alone.
 */
export async function inboxesWithFiles(
  database: Database,
  root: string | undefined,
  now: number = Date.now(),
): Promise<Inbox[]> {
  if (!root) return [];
  const years = (await openLiveYears(database)).map(({ year }) => year);
  const inboxes = years.map((year) => inboxAt(join(root, String(year)), year, true));
  const [only, ...others] = years;
  if (only !== undefined && others.length === 0) inboxes.push(inboxAt(root, only, false));
  else await refuseAll(root, years, now);
  const found = await Promise.all(inboxes.map((inbox) => holdsFiles(inbox, now)));
  return inboxes.filter((_, i) => found[i]);
}

async function holdsFiles({ directory, taking }: Inbox, now: number): Promise<boolean> {
  if ((await filesIn(taking)).length > 0) return true;
  const settled = await Promise.all((await filesIn(directory)).map((name) => isSettled(join(directory, name), now)));
  return settled.includes(true);
}

async function refuseAll(root: string, years: readonly number[], now: number): Promise<void> {
  const why =
    years.length === 0
      ? '没有进行中的正式年度：启动年度后再放入 (no live year is open: start one first)'
      : `进行中的正式年度有 ${years.join('、')}：放入以年度命名的文件夹 (put it into the folder of its year)`;
  for (const name of await filesIn(root)) {
    if (await isSettled(join(root, name), now)) await putInto(refusedIn(root), root, name, why, now);
  }
}

/**
 * Picks up what is settled, and returns how many files are to be imported. A file of another name than the contract has is refused. One
 * whose name an earlier file still has, which could not be imported, waits for the next time.
 */
export async function pickUp({ directory, taking }: Inbox, now: number = Date.now()): Promise<number> {
  await mkdir(taking, { recursive: true });
  const before = await filesIn(taking);
  for (const name of await filesIn(directory)) {
    if (before.includes(name) || !(await isSettled(join(directory, name), now))) continue;
    if (isOfContract(name)) await rename(join(directory, name), join(taking, name));
    else await putInto(refusedIn(directory), directory, name, UNKNOWN_NAME, now);
  }
  return (await filesIn(taking)).length;
}

const UNKNOWN_NAME = '文件名不在数据包规定之列：核对文件名 (no file of a pack has this name: check it)';

/**
 * Puts away the files of an import, of which there were `imported`. If they were taken: all. If not: those with a fault, or all when
 * the fault belongs to none of them. Returns how many are left, which are to be imported again.
 */
export async function putAway(
  database: Database,
  { directory, taking: from, key, imported }: Inbox & { key: string; imported: number },
  now: number = Date.now(),
): Promise<number> {
  const report = await importReport(database, key);
  if (report === undefined) throw new RangeError(`没有导入 ${key} 的结果`);
  const names = await filesIn(from);
  const faulty = 'faults' in report ? names.filter((name) => report.faults.some(({ file }) => file === name)) : [];
  // When the act is repeated, an earlier try has moved some of them, and knew which: what is left was not among them.
  const away = faulty.length > 0 ? faulty : 'receipt' in report || names.length === imported ? names : [];
  const folder = 'receipt' in report ? doneIn(directory) : refusedIn(directory);
  for (const name of away) await putInto(folder, from, name, reportOn(report, name), now);
  return names.length - away.length;
}

function reportOn(report: ImportReport, name: string): string {
  if ('receipt' in report) return [takenText(report.receipt, name), ...(report.receipt.notes ?? [])].join('\n');
  const own = report.faults.filter(({ file }) => file === name);
  const lines = own.length > 0 ? own : report.faults;
  return [...lines.map(({ text }) => text), '未导入 (nothing of it was imported)'].join('\n');
}

const takenText = ({ files }: ImportReceipt, name: string): string =>
  `${name}：${importedText(files[name] ?? { added: 0, corrected: 0, unchanged: 0 })}`;

/** Why an inbox cannot be used, for the watchdog; null when it can, or when there is none. */
export async function inboxTrouble(root: string | undefined): Promise<string | null> {
  if (!root) return null;
  return access(root, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => null,
    (error: unknown) => codeOf(error),
  );
}

/** The inbox of this worker. */
export const inboxFolder = (): string | undefined => process.env.FUND_INBOX?.trim();

/** The acts on the inbox of this worker's machine. */
export const createInboxActivities = (database: Database) => ({
  inboxesWithFiles: () => inboxesWithFiles(database, inboxFolder()),
  pickUp: (inbox: Inbox) => pickUp(inbox),
  putAway: (of: Parameters<typeof putAway>[1]) => putAway(database, of),
});
