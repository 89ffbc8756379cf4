/** 预算编制: estimate, submission and checks, approvals, the directed budget, and coming into force. */
import { itemsInForce, lastVersion, returnedVersion, submittedRows, unsubmittedVersions } from '../../db/budgets';
import type { Database } from '../../db/connect';
import { type Act, identityOf } from '../../db/decisions';
import { type AreaSchemeYear, columnsOf, fundOf } from '../../db/levies';
import { hashOf, once } from '../../db/once';
import { holdFigures } from '../../db/reopened';
import { insertRows } from '../../db/rows';
import { openChain, voidChain, voidChainsOf } from '../../db/tasks';
import { directedBudget } from '../../figures/budgets/directed';
import { type EstimatedItem, besideTrend, estimateOf } from '../../figures/budgets/estimate';
import { directedItems, submittedItems } from '../../figures/budgets/in-force';
import { summaryOf } from '../../figures/budgets/region-summary';
import { pooledTotals } from '../../rules/budget-checks';
import { actKey, chainKey } from '../../rules/keys';
import { yuanText } from '../../rules/money';
import { ROLE_NAMES } from '../../rules/vocabulary';
import { bind } from '../bind';
import { recordFindings } from '../findings';
import { lawOf } from '../law';
import { recordAct } from '../signed-act';
import { directedFacts, estimateFacts } from './facts';
import {
  type Compilation,
  type DirectedReceipt,
  directedQuestion,
  judgedBudget,
  openApproval,
  openSubmission,
  returnFailed,
} from './questions';
import { type SubmissionReceipt, recordChecks } from './versions';

interface EstimateReceipt {
  income: string;
  expenditure: string;
  levy: string;
  /** The estimate by factors beside the trend, item by item. Receipts of years in flight may lack it. */
  byFactors?: string[];
  /** The versions imported so far that can be submitted. Receipts of years in flight may lack it. */
  unsubmitted?: number[];
}
/** 系统测算: version 0, with the reason of every item; opens the wait for the area's submission. */
export async function estimateBudget(database: Database, input: Compilation): Promise<EstimateReceipt> {
  const { year, scheme, area } = input;
  return once(database, { key: actKey.budgetEstimated(year, scheme, area), input }, async (trx) => {
    const law = await lawOf(trx, year);
    const estimated = estimateOf(await estimateFacts(trx, fundOf(input), law), law);
    await insertRows(
      trx,
      'budget_estimate',
      estimated.map(({ part, item, trend, factors, estimate, income }) => ({
        ...columnsOf(input),
        part,
        item,
        trend: trend.value && yuanText(trend.value),
        factors: factors.value && yuanText(factors.value),
        amount: yuanText(estimate.value),
        because: {
          trend: trend.because,
          factors: factors.because,
          amount: estimate.because,
          ...(income && { income }),
        },
      })),
    );
    const totals = totalsOf(estimated, input);
    await openSubmission(trx, { ...input, attempt: 1 }, '请报送', totals);
    return { ...totals, unsubmitted: await unsubmittedVersions(trx, input) };
  });
}

function totalsOf(estimated: readonly EstimatedItem[], { scheme }: AreaSchemeYear): EstimateReceipt {
  const rows = estimated.map(({ part, item, estimate }) => ({ part, item, amount: estimate.value, reason: '' }));
  const { income, expenditure, levy } = pooledTotals(rows, scheme);
  const sums = { income: yuanText(income), expenditure: yuanText(expenditure), levy: yuanText(levy) };
  return { ...sums, byFactors: besideTrend(estimated) };
}

/**
 * 报送: the area submits one of its imported versions; the checks run at once. An approvable version goes up the chain of
 * approvals; a failing one comes back with its gap and the remedies open to the area.
 */
export async function submitBudget(
  database: Database,
  submission: Compilation & { attempt: number; act: Act & { version: number } },
): Promise<SubmissionReceipt> {
  const { year, scheme, area, act, attempt } = submission;
  const { version } = act;
  const input = { ...submission, act: identityOf(act) };
  return once(database, { key: actKey.budgetSubmitted(year, scheme, area, version), input }, async (trx) => {
    await holdFigures(trx, year);
    await recordAct(trx, year, act);
    const budget = await judgedBudget(trx, fundOf(submission), version);
    await recordChecks(trx, budget);
    if (budget.receipt.approvable) await openApproval(trx, submission, budget);
    else await returnFailed(trx, { ...submission, attempt: attempt + 1 }, budget);
    return { ...budget.receipt, unsubmitted: await unsubmittedVersions(trx, submission) };
  });
}

/** 退回: an approver returns the version; its chain ends and the area may submit again. */
export async function returnBudget(
  database: Database,
  returned: Compilation & { attempt: number; act: Act },
): Promise<{ returned: true; unsubmitted?: number[] }> {
  const { act, attempt } = returned;
  const input = { ...returned, act: identityOf(act) };
  return once(database, { key: actKey.budgetReturned(act.task), input }, async (trx) => {
    await recordAct(trx, returned.year, act);
    await voidChain(trx, chainKey.budgetAttempt(returned.workflowId, attempt));
    const { version, role, name } = await returnedVersion(trx, act.task);
    const by = `${ROLE_NAMES[role]}（${act.operator} ${name}）`;
    const why = `第 ${version} 版被${by}退回，请按退回原因修改后重新报送`;
    const figures = { version, returned: act.task, by, reason: act.note ?? '' };
    await openSubmission(trx, { ...returned, attempt: attempt + 1 }, why, figures);
    return { returned: true, unsubmitted: await unsubmittedVersions(trx, returned) };
  });
}

/**
 * 以收定支: what the deadline leaves in force, proposed to the region's government, which alone may approve it. Nothing else is
 * waited for any longer: a submission that was under way at the deadline may have opened an attempt that the workflow never saw.
 */
export async function proposeDirectedBudget(
  database: Database,
  input: Compilation & { attempt: number },
): Promise<DirectedReceipt> {
  const { year, scheme, area } = input;
  return once(database, { key: actKey.budgetDirected(year, scheme, area), input }, async (trx) => {
    await holdFigures(trx, year);
    await voidChainsOf(trx, input.workflowId);
    const version = await lastVersion(trx, fundOf(input));
    const question = await directedQuestion(trx, input, { chain: chainKey.directedBudget(input.workflowId), version });
    await openChain(trx, question.chain);
    await recordFindings(trx, year, question.findings);
    return question.receipt;
  });
}

/**
 * 批复生效: the approved version, or the directed budget, is the budget in force on 1 January. `last` is the approval that completes
 * the others; years in flight have recorded it before.
 */
export async function adoptBudget(
  database: Database,
  { last, ...of }: AreaSchemeYear & { origin: 'submitted' | 'directed'; version: number; from: string; last?: Act },
): Promise<{ items: number; figuresHash: string }> {
  const { year, scheme, area, origin, version, from } = of;
  const input = last === undefined ? of : { ...of, last: identityOf(last) };
  return once(database, { key: actKey.budgetInForce(year, scheme, area), input }, async (trx) => {
    if (last !== undefined) await recordAct(trx, year, last);
    const { items, because } =
      origin === 'directed'
        ? directedItems(of, directedBudget(await directedFacts(trx, of, version), await lawOf(trx, year)))
        : submittedItems(of, await submittedRows(trx, of, version));
    await insertRows(trx, 'budget', [{ ...columnsOf(of), origin, version, in_force_from: from, because }]);
    const rows = items.map(({ part, item, amount }) => ({
      ...columnsOf(of),
      part,
      item,
      amount: yuanText(amount),
    }));
    await insertRows(
      trx,
      'budget_item',
      rows.map((row, place) => ({ ...row, because: { amount: items[place]?.because } })),
    );
    return { items: rows.length, figuresHash: hashOf(rows) };
  });
}

/** 自治区汇总: the sum of the budgets in force, without what areas and region pay each other. */
export async function summariseRegionBudget(
  database: Database,
  { year }: { year: number },
): Promise<{ items: number }> {
  return once(database, { key: actKey.regionBudget(year), input: { year } }, async (trx) => {
    const summary = summaryOf(await itemsInForce(trx, year));
    await insertRows(
      trx,
      'region_budget',
      summary.map(({ scheme, part, item, amount, because }) => ({
        fund_year: year,
        scheme,
        part,
        item,
        amount: yuanText(amount),
        because: { amount: because },
      })),
    );
    return { items: summary.length };
  });
}

export const createBudgetActivities = (database: Database) =>
  bind(database, {
    estimateBudget,
    submitBudget,
    returnBudget,
    proposeDirectedBudget,
    adoptBudget,
    summariseRegionBudget,
  });
