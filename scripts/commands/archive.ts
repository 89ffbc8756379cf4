/** `fund archive`: the rows of persons of a closed year, out of the database into files, and back. */
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { checkInvariants } from '../../audit/invariants';
import {
  type ArchivedTable,
  OtherFile,
  archiveOf,
  archivedInWords,
  copyOut,
  fileOf,
  isOwner,
  putBack,
  takeOut,
} from '../../db/archive';
import { type Database, type Transaction, inTransaction } from '../../db/connect';
import { lockYear, yearStatus } from '../../db/fund-year';
import { typedPath } from '../../servers/typed-path';
import { writing } from '../client/out-folder';
import { withDatabase } from '../client/with-database';
import { Refusal } from '../words/refusal';
import { noSuchYear, yearOption } from './options';
import { EXPECTED_TEXT, hasLetterOrDigit, isName, shownText } from '../../rules/text';

interface Options {
  year: number;
  out?: string;
  restore?: string;
  by: string;
  json?: true;
}

export function archiveCommand(program: Command): void {
  program
    .command('archive')
    .summary('take the rows of persons of a closed year out of the database, or put them back')
    .description(
      'Copies the rows of persons of a closed year (roll, payments, earlier enrolment) into compressed files and takes them out of the\n' +
        'database; with --restore puts them back. All figures, the books and the decisions stay. Needs the login that owns the database.\n' +
        '已关账年度的个人明细归档或恢复；各项数字、账簿、审批仍在库中。须以数据库属主登录。',
    )
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .requiredOption('--by <name>', 'who answers for it; kept with the archive (经办人)', byOption)
    .option('--out <dir>', 'a new folder for the files (归档目录)')
    .option('--restore <dir>', 'the folder of the files that are put back (恢复)')
    .option('--json', 'print the outcome as JSON')
    .action(archive);
}

function byOption(text: string): string {
  if (isName(text) && hasLetterOrDigit(text)) return text;
  throw new Refusal(`--by ${shownText(text)}：应为${EXPECTED_TEXT.name}`, 2);
}

async function archive({ year, out, restore, by, json }: Options): Promise<void> {
  if ((out === undefined) === (restore === undefined)) {
    throw new Refusal('请给出 --out（归档）或 --restore（恢复）之一 (either --out or --restore)', 2);
  }
  const act = restore === undefined ? takeAway : bringBack;
  const path = typedPath(out ?? restore ?? '');
  const tables = await withDatabase('owner', async (pool) => {
    await refuseOthers(pool, year);
    return inTransaction(pool, async (trx) => {
      await lockYear(trx, year); // a second archive or restore waits
      return act(trx, { year, path, by });
    });
  });
  const done = restore === undefined ? ['archived', '已归档到'] : ['restored', '已恢复，来自'];
  const counts = tables.map(({ name, rows }) => `${name} ${rows}`).join('、');
  console.log(
    json
      ? JSON.stringify({ year, state: done[0], folder: path, tables })
      : `${year} 年度的个人明细${done[1]} ${path}：${counts} (${done[0]})`,
  );
}

/** Refuses another login than the owner's, and a year whose rows may still change. */
async function refuseOthers(pool: Database, year: number): Promise<void> {
  if (!(await isOwner(pool))) {
    throw new Refusal(
      '须以数据库属主登录，与 fund migrate 相同 (DATABASE_URL must be that of the owner, as for fund migrate)',
    );
  }
  const status = await yearStatus(pool, year);
  if (status === undefined) throw await noSuchYear(pool, year);
  if (status !== 'closed') {
    throw new Refusal(
      `${year} 年度尚未关账，只有已关账年度的个人明细可以归档 (the year is open: only a closed one is archived)`,
    );
  }
}

interface Act {
  year: number;
  path: string;
  by: string;
}

async function takeAway(trx: Transaction, { year, path, by }: Act): Promise<ArchivedTable[]> {
  const before = await archivedInWords(trx, year);
  if (before !== null) throw new Refusal(before);
  const broken = (await checkInvariants(trx, year, true)).filter((invariant) => invariant.broken.length > 0);
  if (broken.length > 0) {
    throw new Refusal(
      `${year} 年度账务核验未通过，不能归档：${broken.map(({ zh }) => zh).join('；')} (see fund verify)`,
    );
  }
  await writing(path, () => mkdirSync(path, { recursive: true, mode: 0o700 }));
  if (readdirSync(path).length > 0)
    throw new Refusal(`--out ${path}：文件夹不是空的，请另给一个 (not empty: name a new folder)`);
  try {
    const tables = await writing(path, () => copyOut(trx, year, path));
    if (tables.length === 0) throw new Refusal(`${year} 年度没有个人明细 (the year has no rows of persons)`);
    const sums = tables.map(({ name, sha256 }) => `${sha256}  ${fileOf(name)}\n`);
    await writing(path, () => writeFileSync(join(path, 'SHA256SUMS'), sums.join('')));
    flush(path);
    await takeOut(trx, year, { tables, folder: `${hostname()}:${path}`, by });
    return tables;
  } catch (error) {
    for (const file of readdirSync(path)) rmSync(join(path, file));
    throw isLocked(error) ? new Refusal(LOCKED) : error;
  }
}

/** The names of new files are on the disk only once their folder is. */
function flush(folder: string): void {
  const opened = openSync(folder, 'r');
  fsyncSync(opened);
  closeSync(opened);
}

const isLocked = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '55P03';
const LOCKED =
  '其他会话正在使用这些表，未归档，请稍后再试 (others are using the tables: nothing was changed, try again later)';

async function bringBack(trx: Transaction, { year, path, by }: Act): Promise<ArchivedTable[]> {
  const archived = await archiveOf(trx, year);
  if (archived === undefined)
    throw new Refusal(`${year} 年度的个人明细没有归档 (the rows of persons are not archived)`);
  try {
    await putBack(trx, year, { tables: archived.tables, folder: path, by });
  } catch (error) {
    if (error instanceof OtherFile) {
      throw new Refusal(`${error.message}：不是归档时写出的文件 (not the file that was archived)`);
    }
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EACCES'].includes(String(error.code))) {
      throw new Refusal(`--restore ${path}：没有归档文件，或没有读取的权限 (no such file, or no right to read it)`);
    }
    throw error;
  }
  return archived.tables;
}
