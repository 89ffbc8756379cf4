/** 预算调整: an area's version within the year, its checks and approvals, and its coming into force. */
import {
  type AdjustmentRequest,
  adjustmentRequest,
  adjustmentRequestOf,
  adjustmentRows,
  budgetOn,
  inForceFrom,
} from '../../db/adjustments';
import { rowsHash } from '../../db/budgets';
import type { Database, Queryable, Transaction } from '../../db/connect';
import { type Act, identityOf, isReturned, lastDecision } from '../../db/decisions';
import { businessDate, lockYear } from '../../db/fund-year';
import { targetInsured } from '../../db/insured';
import { type AreaSchemeYear, columnsOf, fundOf, prepaidLevy } from '../../db/levies';
import { once } from '../../db/once';
import { type BoundChain, holdFigures } from '../../db/reopened';
import { insertRows } from '../../db/rows';
import { type Chain, isDecided, openChain, voidChain } from '../../db/tasks';
import type { VersionFacts } from '../../figures/budgets/facts';
import { adjustedItems } from '../../figures/budgets/in-force';
import { calendarOf, cycleStartOf } from '../../parameters';
import { adjustedFrom } from '../../rules/budget-adjustment';
import { APPROVALS } from '../../rules/decisions';
import { actKey, adjustedBudgetId, chainKey } from '../../rules/keys';
import { yuanText } from '../../rules/money';
import { inYuan } from '../../rules/thousands';
import { SCHEME_NAMES } from '../../rules/vocabulary';
import type { Proof, SignedAct } from '../../signing/act-text';
import { bind } from '../bind';
import { lawOf } from '../law';
import type { Renewal } from '../renewal';
import { recordAct } from '../signed-act';
import { recordSubmission, submissionOf } from '../submission';
import { type Judged, type SubmissionReceipt, judged, recordChecks, recordChecksAnew } from './versions';

/** One adjustment, by its version among the budgets of the area and scheme. */
interface AdjustmentOf extends AreaSchemeYear {
  version: number;
}
interface AdjustmentSubmission extends AdjustmentOf {
  operator: string; // of the area's security bureau
  /** The business date of a run; in a live year it is today. */
  on?: string;
  proof?: Proof;
  /** Of the rows that were signed. */
  rowsHash?: string;
}
type AdjustmentDecided = { state: 'approved' | 'returned' } | { state: 'in force'; from: string };
/** How an adjustment stands at its deadline. */
type AdjustmentLapse = { state: 'lapsed' | 'returned' } | { state: 'in force'; from: string };

const keyOf = ({ year, scheme, area, version }: AdjustmentOf) => [year, scheme, area, version] as const;
const columnsOfVersion = (of: AdjustmentOf) => ({ ...columnsOf(of), version: of.version });

const askedOf = ({ scheme, area, version }: AdjustmentOf): object => ({ scheme, area, version });

/** What whoever submits it signs. */
export async function adjustmentToSign(db: Queryable, of: AdjustmentSubmission): Promise<SignedAct> {
  const { year, operator, version } = of;
  const chain = chainKey.budgetAdjustment(adjustedBudgetId(...keyOf(of)));
  return { year, operator, version, rowsHash: await rowsHash(db, of, version), ...submissionOf(chain, askedOf(of)) };
}

/**
 * 报送: accepts an adjustment, once, and checks it at once. One that passes goes up the chain of approvals; one that fails has
 * no effect. The workflow that waits for the approvals is named after the version; in a live year whoever submits starts it.
 */
export async function submitAdjustment(
  database: Database,
  { on, proof, rowsHash, ...submission }: AdjustmentSubmission,
): Promise<SubmissionReceipt> {
  const { year, version, operator } = submission;
  const key = actKey.adjustmentSubmitted(...keyOf(submission));
  return once(database, { key, input: submission }, async (trx) => {
    await lockYear(trx, year);
    await holdFigures(trx, year);
    const adjustment = await judgedAdjustment(trx, submission);
    const signed = { ...(proof && { proof }), ...(rowsHash !== undefined && { rowsHash }) };
    const today = on ?? (await businessDate(trx, year, cycleStartOf(year)));
    const workflowId = adjustedBudgetId(...keyOf(submission));
    const chain = chainKey.budgetAdjustment(workflowId);
    const request = { date: adjustment.date, submitted_on: today, workflow_id: workflowId, chain };
    await insertRows(trx, 'adjustment_request', [{ ...columnsOfVersion(submission), ...request }]);
    await recordChecks(trx, adjustment);
    const question = questionOf(submission, request, adjustment);
    const submitted = { operator, version, asked: askedOf(submission), ...signed };
    await recordSubmission(trx, question, { ...submitted, businessDate: today });
    if (adjustment.receipt.approvable) await openChain(trx, question);
    return adjustment.receipt;
  });
}

/** An adjustment as it is judged now, and what its approvers are shown. */
async function judgedAdjustment(
  trx: Transaction,
  of: AdjustmentOf,
): Promise<Judged & { date: string; figures: object }> {
  const { date, ...facts } = await adjustmentFacts(trx, of);
  const found = judged(facts, await lawOf(trx, of.year));
  return { ...found, date, figures: { rows: facts.rows, checks: found.shown } };
}

/** 所依数字已变: an adjustment is judged again; one that no longer passes has no effect. */
export async function renewAdjustment(trx: Transaction, bound: BoundChain): Promise<Renewal> {
  const { year, area, scheme, workflowId } = bound;
  const request = await adjustmentRequestOf(trx, bound.chain);
  if (request === undefined || area === null || scheme === null) throw new Error(`${bound.chain} is no adjustment.`);
  const of = { year, area, scheme, version: request.version };
  const found = await judgedAdjustment(trx, of);
  const chain = chainKey.renewed(bound.chain);
  const { approvable } = found.receipt;
  return {
    ...{ figures: found.figures, chain: approvable ? chain : null, receipt: found.receipt },
    ask: async () => {
      await recordChecksAnew(trx, found);
      if (approvable) await openChain(trx, questionOf(of, { ...found, workflow_id: workflowId, chain }, found));
    },
  };
}

/** The rows of an adjustment beside the budget in force on its date. */
async function adjustmentFacts(trx: Transaction, of: AdjustmentOf): Promise<VersionFacts & { date: string }> {
  const rows = await adjustmentRows(trx, of, of.version);
  const [first] = rows;
  if (first === undefined) throw new RangeError(`没有预算调整第 ${of.version} 版：请先导入 budget_adjustments.csv`);
  const { adjustment, items } = await budgetOn(trx, of, first.date);
  return {
    ...fundOf(of),
    version: of.version,
    date: first.date,
    rows: rows.map(({ part, item, amount, reason }) => ({ part, item, amount, reason })),
    estimate: items,
    adjusts: { adjustment },
    prepaid: await prepaidLevy(trx, fundOf(of), of.area),
    targetInsured: await targetInsured(trx, fundOf(of)),
  };
}

/** What the offices are asked. */
const questionOf = (
  { year, scheme, area, version }: AdjustmentOf,
  { chain, workflow_id: workflowId, date }: Pick<AdjustmentRequest, 'chain' | 'workflow_id' | 'date'>,
  { receipt: { surplus }, figures }: { receipt: SubmissionReceipt; figures: object },
): Chain => ({
  fundYear: year,
  chain,
  workflowId,
  area,
  scheme,
  kind: 'approve',
  subject: `${area} ${SCHEME_NAMES[scheme]} ${year} 年度预算调整第 ${version} 版（${date}），当年结余 ${inYuan(surplus)}`,
  figures,
  dueOn: calendarOf(year).adjustmentDeadline,
  roles: APPROVALS.budget.approvers,
});

/**
 * Records an approver's decision. The last approval brings the adjusted budget into force in the same transaction, so that what
 * cannot come into force is not approved; a return ends it.
 */
export async function decideAdjustment(
  database: Database,
  of: AdjustmentOf & { act: Act },
): Promise<AdjustmentDecided> {
  const { year, act } = of;
  const input = { ...of, act: identityOf(act) };
  return once(database, { key: actKey.decided(act.task), input }, async (trx): Promise<AdjustmentDecided> => {
    await lockYear(trx, year);
    const request = await requestOf(trx, of);
    await recordAct(trx, year, act);
    if (act.decision === 'return') {
      await voidChain(trx, request.chain);
      return { state: 'returned' };
    }
    if (!(await isDecided(trx, request.chain))) return { state: 'approved' };
    return { state: 'in force', from: await adopt(trx, of, request) };
  });
}

async function requestOf(trx: Transaction, of: AdjustmentOf): Promise<AdjustmentRequest> {
  const request = await adjustmentRequest(trx, of, of.version);
  if (request === undefined) throw new RangeError(`预算调整第 ${of.version} 版尚未报送`);
  return request;
}

/** 生效: from the first day of a month, in place of the budget in force before it. */
async function adopt(trx: Transaction, of: AdjustmentOf, { chain, date }: AdjustmentRequest): Promise<string> {
  const approvedOn = await lastDecision(trx, chain);
  const from = adjustedFrom({ date, approvedOn });
  const { items, because } = adjustedItems(of, await adjustmentRows(trx, of, of.version), { date, approvedOn, from });
  await insertRows(trx, 'adjusted_budget', [{ ...columnsOfVersion(of), in_force_from: from, because }]);
  await insertRows(
    trx,
    'adjusted_budget_item',
    items.map(({ part, item, amount, because: reason }) => ({
      ...columnsOfVersion(of),
      part,
      item,
      amount: yuanText(amount),
      because: { amount: reason },
    })),
  );
  return from;
}

/**
 * 逾期作废: no month is left in which it could be in force, and what is still open is void. A decision that was under way when the
 * deadline passed stands: its outcome is the answer.
 */
export async function lapseAdjustment(database: Database, of: AdjustmentOf): Promise<AdjustmentLapse> {
  const key = actKey.adjustmentLapsed(...keyOf(of));
  return once(database, { key, input: of }, async (trx): Promise<AdjustmentLapse> => {
    // Decisions lock the year too, so that no decision is half recorded during this check.
    await lockYear(trx, of.year);
    const request = await requestOf(trx, of);
    const from = await inForceFrom(trx, of, of.version);
    if (from !== null) return { state: 'in force', from };
    if (await isReturned(trx, request.chain)) return { state: 'returned' };
    await voidChain(trx, request.chain);
    return { state: 'lapsed' };
  });
}

export const createAdjustmentActivities = (database: Database) =>
  bind(database, { submitAdjustment, decideAdjustment, lapseAdjustment });
