/** 数据报送: which rows a step of a live year still lacks, each a task with a deadline for the office that reports it. */
import { type FileStep, type MissingRows, type NeededRows, missingRows } from '../db/missing-files';
import { fileTasks, openChains } from '../db/tasks';
import { type Database, inTransaction } from '../db/connect';
import { calendarOf } from '../parameters';
import { DAYS_TO_REPORT } from '../parameters/files';
import { type Role, SCHEME_NAMES } from '../rules/vocabulary';
import { daysAfter, monthEnd } from '../rules/calendar-day';

export interface FilesOfStep {
  year: number;
  step: FileStep;
  month?: number;
  area?: string;
  workflowId: string;
}
export interface FilesWanted {
  /** In Chinese, one for each file, area and scheme, the first fifty; empty when everything is there. */
  missing: string[];
  /** How many there are. */
  count: number;
  /** The names of the tasks begin so. */
  tasks: string;
  /** The office that has most of them. */
  role: Role;
  dueOn: string;
}

export const createFileActivities = (pool: Database) => ({
  /**
   * Looks what is missing, opens a task for each, and closes the tasks of what has come. May be asked any number of times:
   * it only states what is.
   */
  async requestFiles(of: FilesOfStep): Promise<FilesWanted> {
    const { year, step, month, area, workflowId } = of;
    const stem = [`fund-year-${year}/files/${step}`, ...(month === undefined ? [] : [twoDigits(month)])].join('/');
    const dueOn = daysAfter(dateOf(of), DAYS_TO_REPORT);
    return inTransaction(pool, async (trx) => {
      const missing = await missingRows(trx, { year, step, month: month ?? null, area: area ?? null });
      const chains = new Map(missing.map((one) => [chainOf(stem, one), one]));
      const asked = await fileTasks(trx, year, area === undefined ? `${stem}/` : `${stem}/${area}/`);
      const declined = new Set(asked.filter(({ decided }) => decided).map(({ chain }) => chain));
      const known = new Set(asked.map(({ chain }) => chain));
      await openChains(
        trx,
        [...chains]
          .filter(([chain]) => !known.has(chain))
          .map(([chain, one]) => ({
            fundYear: year,
            chain,
            workflowId,
            kind: 'import' as const,
            area: one.area,
            scheme: one.scheme,
            subject: `请报送 ${textOf(one)}`,
            figures: {
              文件: FILES[one.rows].file,
              内容: FILES[one.rows].what,
              ...(month === undefined ? {} : { 月份: String(month) }),
            },
            dueOn,
            roles: [one.role],
          })),
      );
      const arrived = asked.filter(({ chain, state }) => state === 'open' && !chains.has(chain));
      const chainsDone = arrived.map(({ chain }) => chain);
      await trx('task').whereIn('chain', chainsDone).update({ state: 'done' });
      const wanted = [...chains].filter(([chain]) => !declined.has(chain)).map(([, one]) => one);
      return {
        missing: wanted.map(textOf).slice(0, 50),
        tasks: area === undefined ? `${stem}/` : `${stem}/${area}/`,
        count: wanted.length,
        role: mostOften(wanted.map(({ role }) => role)) ?? 'area_security',
        dueOn,
      };
    });
  },
});

function mostOften(roles: readonly Role[]): Role | undefined {
  const often = (role: Role): number => roles.filter((one) => one === role).length;
  return [...new Set(roles)].sort((a, b) => often(b) - often(a))[0];
}
const twoDigits = (month: number): string => String(month).padStart(2, '0');

/** The file that brings each kind of rows, and what it says. */
const FILES: Record<NeededRows, { file: string; what: string }> = {
  actual: { file: 'actuals.csv', what: '当月收支' },
  adjustment_fund: { file: 'adjustment_fund.csv', what: '调剂金年初余额' },
  collection_total: { file: 'collection_totals.csv', what: '税务征收总数' },
  conduct: { file: 'conduct.csv', what: '年度行为与绩效' },
  head_count: { file: 'insured.csv 或 banners.csv', what: '6 月 30 日参保人数' },
  history: { file: 'history.csv', what: '上年预计执行数' },
  medical_aid: { file: 'medical_aid.csv', what: '医疗救助资助标准' },
  opening: { file: 'opening.csv', what: '年初累计结余' },
  target_insured: { file: 'insured.csv', what: '参保扩面任务数' },
};

const chainOf = (stem: string, { rows, area, scheme }: MissingRows): string =>
  [stem, area ?? 'region', scheme ?? 'all', FILES[rows].file].join('/');

const textOf = ({ rows, name, scheme }: MissingRows): string =>
  `${FILES[rows].file}（${FILES[rows].what}）：${name ?? '自治区'}${scheme === null ? '' : SCHEME_NAMES[scheme]}`;

/** The date of a step, from which the days to report are counted. */
function dateOf({ year, step, month }: FilesOfStep): string {
  const calendar = calendarOf(year);
  switch (step) {
    case 'collection':
      return calendar.cycleStart;
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
      return calendar.finalAccounts;
  }
}
