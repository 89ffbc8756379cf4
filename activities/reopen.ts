/**
 * 所依数字已变: whoever decides is bound to the figures that he was shown. In the transaction that changes one of them, every open chain
 * that rests on it is void, and another asks anew on the figures of now. The workflows that wait are told with the import.
 */
import type { Database, Transaction } from '../db/connect';
import { type CorrectedRow, correctedNow } from '../db/corrections';
import { type ExecutionRow, quarterlyExecution } from '../db/execution';
import { markSimulation, noteImport } from '../db/fund-year';
import { pinnedParameters } from '../db/parameters';
import { type BoundChain, changeFigures, lockBoundChains, renewalsOf } from '../db/reopened';
import { insertRows } from '../db/rows';
import { isAsShown, voidChain } from '../db/tasks';
import { isSimulation } from '../parameters';
import { approvalKindOf } from '../rules/decisions';
import { budgetOf, riskReportOf } from '../rules/keys';
import type { BehindDecisions } from './behind-decisions';
import { bind } from './bind';
import { renewAdjustment } from './budgets/adjustments';
import { renewBudget, renewDirected } from './budgets/renewals';
import { renewMethod } from './open-year';
import { renewEmergency } from './emergency';
import { renewReport } from './execution-reports';
import type { Renewal } from './renewal';
import { reopenedText } from './reopened-text';
import { renewRiskReport } from './risk-reports';

/** Voids the chains whose figures have changed, and asks anew. The last step of its transaction. */
export async function reopenChanged(trx: Transaction, year: number, behind: BehindDecisions): Promise<void> {
  await changeFigures(trx, year);
  if (behind.isLawChanged) await followLaw(trx, year);
  const corrected = await correctedNow(trx, year);
  const chains = await lockBoundChains(trx, year);
  // One query for the reports of all areas.
  const items = chains.some(({ kind }) => kind === 'report') ? await quarterlyExecution(trx, year) : [];
  for (const bound of chains) {
    const renewal = await (bound.kind === 'report' ? reportAnew(trx, bound, items) : renewalOf(trx, bound, behind));
    if (renewal === null || isAsShown(bound.figures, renewal.figures)) continue;
    const { chain, receipt } = renewal;
    const rows = corrected.filter((row) => isAbout(row, bound));
    await voidChain(trx, bound.chain);
    await insertRows(trx, 'reopened_chain', [
      { fund_year: year, voided: bound.chain, chain, why: reopenedText(rows, behind), receipt },
    ]);
    await renewal.ask();
    await noteImport(trx, year);
  }
}

/** A document may decide by now what was assumed. */
async function followLaw(trx: Transaction, year: number): Promise<void> {
  const pinned = await pinnedParameters(trx, year);
  if (pinned.length > 0) await markSimulation(trx, year, isSimulation(pinned));
}

/** How a report would be asked for now. */
function reportAnew(trx: Transaction, bound: BoundChain, items: readonly ExecutionRow[]): Renewal | Promise<Renewal> {
  const ofMonth = riskReportOf(bound.chain);
  return ofMonth === null ? renewReport(trx, bound, items) : renewRiskReport(trx, bound, ofMonth);
}

/** How a chain of approvals would ask now; null where what has changed does not lie behind it. */
function renewalOf(trx: Transaction, bound: BoundChain, behind: BehindDecisions): Promise<Renewal | null> {
  if (bound.kind === 'record_method') return renewMethod(trx, bound);
  const kind = approvalKindOf(bound.chain);
  if (kind === 'emergency') return renewEmergency(trx, bound);
  const isOfBudget = kind === 'budget' || kind === 'directed_budget';
  if (!isOfBudget || !behind.isBehindBudgetOf(bound.area)) return Promise.resolve(null);
  if (kind === 'directed_budget') return renewDirected(trx, bound);
  return budgetOf(bound.chain) === null ? renewAdjustment(trx, bound) : renewBudget(trx, bound);
}

/** A corrected row of the whole region, or of the chain's own area and scheme. */
const isAbout = ({ key }: CorrectedRow, { area, scheme }: BoundChain): boolean =>
  (area === null || key.area === undefined || key.area === area) &&
  (scheme === null || key.scheme === undefined || key.scheme === scheme);

/** What a workflow that waits for a chain learns: that its figures hold, or what has changed and which chain asks by now. */
export type AsksAnew = { holds: true } | { holds: false; chain: string | null; why: string; receipt: object | null };

export async function whatAsksAnew(database: Database, { chain }: { chain: string }): Promise<AsksAnew> {
  const renewals = await renewalsOf(database, chain);
  const last = renewals.at(-1);
  if (last === undefined) return { holds: true };
  return { holds: false, chain: last.chain, why: renewals.map(({ why }) => why).join('；'), receipt: last.receipt };
}

export const createReopeningActivities = (database: Database) => bind(database, { whatAsksAnew });
