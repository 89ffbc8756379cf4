/** 风险上报: in a live year each area reports upward every fund whose month is red, a task of its security bureau (B 十). */
import { type Database, type Transaction, inTransaction } from '../db/connect';
import { type BoundChain, holdFigures } from '../db/reopened';
import { type RedFund, redFunds } from '../db/risk';
import { type Chain, openChain, openChains, reportTasks } from '../db/tasks';
import { chainKey, riskReports } from '../rules/keys';
import { SCHEME_NAMES } from '../rules/vocabulary';
import { bind } from './bind';
import { type ReportsWanted, wantedOf } from './execution-reports';
import { NOTHING_LEFT, type Renewal } from './renewal';

interface ReportsOfMonth {
  year: number;
  month: number;
  workflowId: string;
}

/** Opens a task for each red fund of a month, due as its check says, and says who has not reported yet. */
export async function requestRiskReports(database: Database, of: ReportsOfMonth): Promise<ReportsWanted> {
  const { year, month } = of;
  return inTransaction(database, async (trx) => {
    await holdFigures(trx, year);
    const prefix = riskReports(year, month);
    const known = new Set((await reportTasks(trx, year, prefix)).map(({ chain }) => chain));
    const red = await redFunds(trx, year, month);
    const questions = red.map((fund) => questionOf(of, fund));
    await openChains(
      trx,
      questions.filter(({ chain }) => !known.has(chain)),
    );
    const dueOn = red.map(({ action_due }) => action_due).sort()[0] ?? '';
    return wantedOf(await reportTasks(trx, year, prefix), dueOn);
  });
}

const questionOf = ({ year, month, workflowId }: ReportsOfMonth, fund: RedFund, attempt = 1): Chain => ({
  fundYear: year,
  chain: chainKey.riskReport(year, month, fund.scheme, fund.area, attempt),
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
  roles: ['area_security'],
});

/** 所依数字已变: an area that has not reported a fund yet is asked to report the figures of now, and nothing once it is out of the red. */
export async function renewRiskReport(
  trx: Transaction,
  { year, area, scheme, workflowId }: BoundChain,
  { month, attempt }: { month: number; attempt: number },
): Promise<Renewal> {
  const red = (await redFunds(trx, year, month)).find((fund) => fund.area === area && fund.scheme === scheme);
  if (red === undefined) return NOTHING_LEFT;
  const question = questionOf({ year, month, workflowId }, red, attempt + 1);
  return { figures: question.figures, chain: question.chain, receipt: null, ask: () => openChain(trx, question) };
}

export const createRiskReportActivities = (database: Database) => bind(database, { requestRiskReports });
