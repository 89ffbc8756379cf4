/** 季度预算执行报告: in a live year every area sends one on each quarter, a task of its security bureau. */
import { areasOfYear } from '../db/areas';
import { type Database, type Transaction, inTransaction } from '../db/connect';
import { type ExecutionRow, quarterlyExecution } from '../db/execution';
import { type BoundChain, holdFigures } from '../db/reopened';
import { type Chain, openChain, openChains, reportTasks } from '../db/tasks';
import { EXECUTION_REPORTS, calendarOf } from '../parameters';
import type { Quarter } from '../rules/calendar-day';
import { chainKey, executionReports, reportOf } from '../rules/keys';
import { bind } from './bind';
import type { Renewal } from './renewal';

interface ReportsOfQuarter {
  year: number;
  quarter: Quarter;
  workflowId: string;
}
export interface ReportsWanted {
  left: number;
  /** The first areas that have not reported, enough for a line on a page. */
  first: string[];
  dueOn: string;
}
const NAMED = 5;

/** Opens the tasks of a quarter, each with the figures that its area reports, and says who has not reported yet. */
export async function requestReports(database: Database, of: ReportsOfQuarter): Promise<ReportsWanted> {
  const { year, quarter } = of;
  return inTransaction(database, async (trx) => {
    const known = new Set((await reportTasks(trx, year, executionReports(year, quarter))).map(({ area }) => area));
    const areas = (await areasOfYear(trx, year)).filter(({ area }) => !known.has(area));
    if (areas.length > 0) await openReports(trx, of, areas);
    return wantedOf(await reportTasks(trx, year, executionReports(year, quarter)), dueOnOf(year, quarter));
  });
}

/** Who has not reported yet, by the tasks of a report. */
export function wantedOf(tasks: readonly { state: string; name: string }[], dueOn: string): ReportsWanted {
  const open = tasks.filter(({ state }) => state === 'open');
  return { left: open.length, first: open.slice(0, NAMED).map(({ name }) => name), dueOn };
}

async function openReports(trx: Transaction, of: ReportsOfQuarter, areas: readonly { area: string }[]): Promise<void> {
  await holdFigures(trx, of.year);
  const items = await quarterlyExecution(trx, of.year);
  await openChains(
    trx,
    areas.map(({ area }) => questionOf(of, area, figuresIn(items, of.quarter, area))),
  );
}

/** What an area reports on a quarter. */
const figuresIn = (items: readonly ExecutionRow[], quarter: number, area: string) => ({
  rows: items
    .filter((row) => row.area === area && row.quarter === quarter)
    .map(({ scheme, part, item, budget, budget_in_force, actual, ratio }) => ({
      ...{ scheme, part, item, budget, budget_in_force, actual, ratio },
    })),
});

const questionOf = (
  { year, quarter, workflowId }: ReportsOfQuarter,
  area: string,
  figures: object,
  attempt = 1,
): Chain => ({
  fundYear: year,
  chain: chainKey.executionReport(year, quarter, area, attempt),
  workflowId,
  kind: 'report',
  area,
  scheme: null,
  subject: `${area} ${year} 年第 ${quarter} 季度预算执行报告：请报送，并登记报送文号`,
  figures,
  dueOn: dueOnOf(year, quarter),
  roles: ['area_security'],
});

const dueOnOf = (year: number, quarter: Quarter): string =>
  calendarOf(year)[EXECUTION_REPORTS[quarter - 1] as (typeof EXECUTION_REPORTS)[number]];

/** 所依数字已变: an area that has not reported yet is asked to report the figures of now. */
export function renewReport(
  trx: Transaction,
  { year, area, chain, workflowId }: BoundChain,
  items: readonly ExecutionRow[],
): Renewal {
  const { quarter, attempt } = reportOf(chain);
  const figures = figuresIn(items, quarter, area ?? '');
  const of = { year, quarter: quarter as Quarter, workflowId };
  const question = questionOf(of, area ?? '', figures, attempt + 1);
  return { figures, chain: question.chain, receipt: null, ask: () => openChain(trx, question) };
}

export const createReportActivities = (database: Database) => bind(database, { requestReports });
