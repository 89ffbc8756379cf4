/** 季度预算执行报告: in a live year every area sends one on each quarter, a task of its security bureau. */
import { areasOfYear } from '../db/areas';
import { type Database, inTransaction } from '../db/connect';
import { quarterlyExecution } from '../db/execution';
import { openChains, reportTasks } from '../db/tasks';
import { EXECUTION_REPORTS, calendarOf } from '../parameters';
import type { Quarter } from '../rules/calendar-day';
import { chainKey, executionReports } from '../rules/keys';
import { bind } from './bind';

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
  const { year, quarter, workflowId } = of;
  const dueOn = calendarOf(year)[EXECUTION_REPORTS[quarter - 1] as (typeof EXECUTION_REPORTS)[number]];
  return inTransaction(database, async (trx) => {
    const known = new Set((await reportTasks(trx, year, executionReports(year, quarter))).map(({ area }) => area));
    const areas = (await areasOfYear(trx, year)).filter(({ area }) => !known.has(area));
    const items = areas.length === 0 ? [] : await quarterlyExecution(trx, year);
    await openChains(
      trx,
      areas.map(({ area }) => ({
        fundYear: year,
        chain: chainKey.executionReport(year, quarter, area),
        workflowId,
        kind: 'report',
        area,
        scheme: null,
        subject: `${area} ${year} 年第 ${quarter} 季度预算执行报告：请报送，并登记报送文号`,
        figures: {
          rows: items
            .filter((row) => row.area === area && row.quarter === quarter)
            .map(({ scheme, part, item, budget, budget_in_force, actual, ratio }) => ({
              ...{ scheme, part, item, budget, budget_in_force, actual, ratio },
            })),
        },
        dueOn,
        roles: ['area_security'] as const,
      })),
    );
    return wantedOf(await reportTasks(trx, year, executionReports(year, quarter)), dueOn);
  });
}

/** Who has not reported yet, by the tasks of a report. */
export function wantedOf(tasks: readonly { state: string; name: string }[], dueOn: string): ReportsWanted {
  const open = tasks.filter(({ state }) => state === 'open');
  return { left: open.length, first: open.slice(0, NAMED).map(({ name }) => name), dueOn };
}

export const createReportActivities = (database: Database) => bind(database, { requestReports });
