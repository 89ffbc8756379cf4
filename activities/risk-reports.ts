/** 风险上报: in a live year each area reports upward every fund whose month is red, a task of its security bureau (B 十). */
import { type Database, inTransaction } from '../db/connect';
import { redFunds } from '../db/risk';
import { closeChains, openChains, reportTasks } from '../db/tasks';
import { chainKey, riskReports } from '../rules/keys';
import { SCHEME_NAMES } from '../rules/vocabulary';
import { bind } from './bind';
import { type ReportsWanted, wantedOf } from './execution-reports';

interface ReportsOfMonth {
  year: number;
  month: number;
  workflowId: string;
}

/**
 * Opens a task for each red fund of a month, due as its check says, and says who has not reported yet. A fund that a correction has taken
 * out of the red meanwhile is not reported any more.
 */
export async function requestRiskReports(database: Database, of: ReportsOfMonth): Promise<ReportsWanted> {
  const { year, month, workflowId } = of;
  return inTransaction(database, async (trx) => {
    const prefix = riskReports(year, month);
    const asked = await reportTasks(trx, year, prefix);
    const red = await redFunds(trx, year, month);
    const chainOf = (fund: (typeof red)[number]): string => chainKey.riskReport(year, month, fund.scheme, fund.area);
    const stillRed = new Set(red.map(chainOf));
    await closeChains(
      trx,
      asked.filter(({ chain, state }) => state === 'open' && !stillRed.has(chain)).map(({ chain }) => chain),
    );
    const known = new Set(asked.map(({ chain }) => chain));
    await openChains(
      trx,
      red
        .filter((fund) => !known.has(chainOf(fund)))
        .map((fund) => ({
          fundYear: year,
          chain: chainOf(fund),
          workflowId,
          kind: 'report',
          area: fund.area,
          scheme: fund.scheme,
          subject: `${fund.area} ${SCHEME_NAMES[fund.scheme]} ${year} 年 ${month} 月风险等级红色：请报告自治区，并登记报送文号`,
          figures: {
            month,
            accumulated_surplus: fund.accumulated_surplus,
            months_payable: fund.months_payable,
            level: 'red',
          },
          dueOn: fund.action_due,
          roles: ['area_security'] as const,
        })),
    );
    const dueOn = red.map(({ action_due }) => action_due).sort()[0] ?? '';
    return wantedOf(await reportTasks(trx, year, prefix), dueOn);
  });
}

export const createRiskReportActivities = (database: Database) => bind(database, { requestRiskReports });
