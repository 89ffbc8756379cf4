/** 数据报送: which rows a step of a live year still lacks, each a task with a deadline for the office that reports it. */
import { type Database, type Queryable, type Transaction, inTransaction } from '../db/connect';
import { type FilesAsked, type MissingRows, type NeededRows, missingRows } from '../db/missing-files';
import { closeChains, fileTasks, openChains } from '../db/tasks';
import { calendarOf } from '../parameters';
import { DAYS_TO_REPORT } from '../parameters/files';
import { daysAfter, monthEnd } from '../rules/calendar-day';
import { chainKey, filesOfStep } from '../rules/keys';
import { type Role, SCHEME_NAMES } from '../rules/vocabulary';
import { bind } from './bind';

export interface FilesOfStep extends FilesAsked {
  workflowId: string;
}
interface FilesWanted {
  /** In Chinese, one for each file, area and scheme, at most the first fifty; empty when everything is there. */
  missing: string[];
  /** How many there are. */
  count: number;
  /** How the names of their tasks begin. */
  tasks: string;
  /** The office that has most of them. */
  role: Role;
  dueOn: string;
}

const SHOWN = 50;

/**
 * Looks for what is missing, opens a task for each, and closes the tasks of what has arrived. It may be called any number of times:
 * it only brings the tasks up to date.
 */
export async function requestFiles(database: Database, files: FilesOfStep): Promise<FilesWanted> {
  const dueOn = daysAfter(dateOf(files), DAYS_TO_REPORT);
  return inTransaction(database, async (trx) => {
    const { missing, asked, wanted } = await standingOf(trx, files);
    const known = new Set(asked.map(({ chain }) => chain));
    await openTasks(trx, files, dueOn, new Map([...missing].filter(([chain]) => !known.has(chain))));
    const arrived = asked.filter(({ chain, state }) => state === 'open' && !missing.has(chain));
    await closeChains(
      trx,
      arrived.map(({ chain }) => chain),
    );
    return {
      missing: wanted.slice(0, SHOWN).map((lack) => textOf(lack, files.month)),
      tasks: filesOfStep(files),
      count: wanted.length,
      role: mostFrequent(wanted.map(({ role }) => role)) ?? 'area_security',
      dueOn,
    };
  });
}

/** What is missing, by chain; the tasks that exist for it; and which of it is still needed. */
async function standingOf(db: Queryable, files: FilesAsked) {
  const rows = await missingRows(db, files);
  const missing = new Map(rows.map((lack) => [chainOf(files, lack), lack]));
  const asked = await fileTasks(db, files.year, filesOfStep(files));
  // A person may have said that there is nothing to report.
  const declined = new Set(asked.filter(({ decided }) => decided).map(({ chain }) => chain));
  const wanted = [...missing].filter(([chain]) => !declined.has(chain)).map(([, lack]) => lack);
  return { missing, asked, wanted };
}

/** The rows that a step still waits for. */
export const rowsWanted = async (db: Queryable, files: FilesAsked): Promise<readonly MissingRows[]> =>
  (await standingOf(db, files)).wanted;

/** One task for each missing file, by chain. */
const openTasks = (
  trx: Transaction,
  { year, month, workflowId }: FilesOfStep,
  dueOn: string,
  missing: ReadonlyMap<string, MissingRows>,
): Promise<void> =>
  openChains(
    trx,
    [...missing].map(([chain, lack]) => ({
      fundYear: year,
      chain,
      workflowId,
      kind: 'import',
      area: lack.area,
      scheme: lack.scheme,
      subject: `请报送 ${textOf(lack, month)}`,
      figures: {
        文件: FILES[lack.rows].file,
        内容: FILES[lack.rows].what,
        ...(month === undefined ? {} : { 月份: String(month) }),
      },
      dueOn,
      roles: [lack.role],
    })),
  );

function mostFrequent(roles: readonly Role[]): Role | undefined {
  const count = (role: Role): number => roles.filter((other) => other === role).length;
  return [...new Set(roles)].sort((a, b) => count(b) - count(a))[0];
}

/** The file that brings each kind of rows, and what it contains. */
const FILES: Record<NeededRows, { file: string; what: string }> = {
  actual: { file: 'actuals.csv', what: '当月收支' },
  adjustment_fund: { file: 'adjustment_fund.csv', what: '调剂金年初余额' },
  collection_total: { file: 'collection_totals.csv', what: '税务征收总数' },
  conduct: { file: 'conduct.csv', what: '年度行为与绩效' },
  head_count: { file: 'insured.csv 或 banners.csv', what: '6 月 30 日参保人数' },
  history: { file: 'history.csv', what: '上年预计执行数' },
  medical_aid: { file: 'medical_aid.csv', what: '医疗救助资助标准' },
  opening: { file: 'opening.csv', what: '年初累计结余' },
  unit_account: { file: 'unit_accounts.csv', what: '医药机构全年账目' },
  target_insured: { file: 'insured.csv', what: '参保扩面任务数' },
};

const chainOf = (step: FilesAsked, { rows, area, scheme }: MissingRows): string =>
  chainKey.file(step, FILES[rows].file, area, scheme);

const textOf = ({ rows, name, scheme }: MissingRows, month?: number): string =>
  `${FILES[rows].file}（${month === undefined ? FILES[rows].what : FILES[rows].what.replace('当月', `${month} 月`)}）：${name ?? '自治区'}${scheme === null ? '' : SCHEME_NAMES[scheme]}`;

/** The date of a step, from which the days to report are counted. */
function dateOf({ year, step, month }: FilesAsked): string {
  const calendar = calendarOf(year);
  switch (step) {
    case 'collection':
      return calendar.cycleStart;
    case 'levy':
    case 'budget':
      return calendar.budgetStart;
    case 'opening':
      return calendar.yearStart;
    case 'month':
      return monthEnd(year, month ?? 12);
    case 'head count':
      return calendar.headCount;
    case 'reconciliation':
      return calendar.collectionEnd;
    case 'final accounts':
    case 'clearing':
      return calendar.finalAccounts;
  }
}

export const createFileActivities = (database: Database) => bind(database, { requestFiles });
