/** 预算编制: estimate, submission and checks, approvals, the directed budget, and coming into force. */
import { estimateSides, itemsInForce, returnedVersion, submittedRows, unsubmittedVersions } from '../../db/budgets';
import type { Database, Queryable, Transaction } from '../../db/connect';
import { type Act, identityOf } from '../../db/decisions';
import { type AreaSchemeYear, columnsOf, fundOf } from '../../db/levies';
import { hashOf, once } from '../../db/once';
import { insertRows } from '../../db/rows';
import { ownTargets } from '../../db/targets';
import { openChain, voidChain, voidChainsOf } from '../../db/tasks';
import { deviationsOf } from '../../figures/budgets/deviations';
import { directedBudget } from '../../figures/budgets/directed';
import { type EstimatedItem, besideTrend, estimateOf } from '../../figures/budgets/estimate';
import { directedItems, submittedItems } from '../../figures/budgets/in-force';
import { summaryOf } from '../../figures/budgets/region-summary';
import type { Law } from '../../parameters/law';
import { targetTexts } from '../../parameters/targets';
import { pooledTotals } from '../../rules/budget-checks';
import { APPROVALS } from '../../rules/decisions';
import { actKey, chainKey } from '../../rules/keys';
import { yuanText } from '../../rules/money';
import { gapOf } from '../../rules/returned-version';
import { inYuan } from '../../rules/thousands';
import { BUDGET_CHECKS, ROLE_NAMES, SCHEME_NAMES } from '../../rules/vocabulary';
import { bind } from '../bind';
import { recordFindings } from '../findings';
import { lawOf } from '../law';
import { directedFacts, estimateFacts, versionFacts } from './facts';
import { type SubmissionReceipt, judgeVersion } from './versions';
import { recordAct } from '../signed-act';

/** A budget and the workflow that compiles it. */
interface Compilation extends AreaSchemeYear {
  workflowId: string;
  deadline: string; // 31 December of Y−1
}
const titleOf = ({ year, scheme, area }: AreaSchemeYear): string => `${area} ${SCHEME_NAMES[scheme]} ${year} 年度预算`;

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
    await recordAct(trx, year, act);
    const facts = await versionFacts(trx, fundOf(submission), version);
    const { receipt, shown } = await judgeVersion(trx, facts);
    const { approvable, surplus, failed, remedies, ways } = receipt;
    const law = await lawOf(trx, year);
    const deviations = deviationsOf(facts, await estimateSides(trx, facts), law);
    const targets = await targetsOf(trx, submission, law);
    if (approvable) {
      const figures = { rows: facts.rows, checks: shown, deviations, targets };
      await openApproval(trx, submission, { version, surplus, figures });
    } else {
      const figures = { version, surplus, gap: gapOf(surplus), failed, deviations, remedies, ways };
      const names = failed.map((check) => BUDGET_CHECKS[check].failed).join('、');
      const why = `第 ${version} 版未通过审核（${names}），请修改后重新报送`;
      await openSubmission(trx, { ...submission, attempt: attempt + 1 }, why, figures);
    }
    return { ...receipt, deviations, targets, unsubmitted: await unsubmittedVersions(trx, submission) };
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
): Promise<{ version: number; shortBy: string | null; targets?: string[] }> {
  const { year, scheme, area } = input;
  return once(database, { key: actKey.budgetDirected(year, scheme, area), input }, async (trx) => {
    await voidChainsOf(trx, input.workflowId);
    const facts = await directedFacts(trx, fundOf(input));
    const law = await lawOf(trx, year);
    const targets = await targetsOf(trx, input, law);
    const { version, directed, shortBecause } = directedBudget(facts, law);
    const shortBy = directed.shortBy === null ? null : yuanText(directed.shortBy);
    await openChain(trx, {
      ...chainOf(input),
      chain: chainKey.directedBudget(input.workflowId),
      kind: 'approve',
      subject: `${titleOf(input)}：逾期未有可批预算，按以收定支编制${shortBy === null ? '' : `，仍缺 ${inYuan(shortBy)}`}`,
      figures: { ...directed, targets },
      roles: APPROVALS.directed_budget.approvers,
    });
    if (shortBy !== null) {
      const text = '可控支出压减为 0 后仍有当年赤字，须由自治区人民政府批准';
      await recordFindings(trx, year, [
        { code: 'directed_budget_short', area, scheme, figure: shortBy, text, ...shortBecause },
      ]);
    }
    return { version, shortBy, targets };
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
        ? directedItems(of, directedBudget(await directedFacts(trx, of), await lawOf(trx, year)))
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

/** The targets of the area and scheme, in words. */
async function targetsOf(db: Queryable, { year, scheme, area }: AreaSchemeYear, law: Law): Promise<string[]> {
  const own = (await ownTargets(db, year, scheme))(area);
  return targetTexts(law, { year, scheme, area, own });
}

/** What every chain of a budget has in common. */
const chainOf = ({ year, area, scheme, workflowId, deadline }: Compilation) => ({
  fundYear: year,
  workflowId,
  area,
  scheme,
  dueOn: deadline,
});

/** Opens the wait for the area's next version; the attempt's chain keeps maker and checkers apart. */
const openSubmission = (
  trx: Transaction,
  budget: Compilation & { attempt: number },
  why: string,
  figures: object,
): Promise<void> =>
  openChain(trx, {
    ...chainOf(budget),
    chain: chainKey.budgetAttempt(budget.workflowId, budget.attempt),
    kind: 'submit',
    subject: `${titleOf(budget)}：${why}`,
    figures,
    roles: ['area_security'],
    position: 0,
  });

/** Opens the chain of approvals of a version that no check has failed. */
const openApproval = (
  trx: Transaction,
  budget: Compilation & { attempt: number },
  { version, surplus, figures }: { version: number; surplus: string; figures: object },
): Promise<void> =>
  openChain(trx, {
    ...chainOf(budget),
    chain: chainKey.budgetAttempt(budget.workflowId, budget.attempt),
    kind: 'approve',
    subject: `${titleOf(budget)}第 ${version} 版，当年结余 ${inYuan(surplus)}`,
    figures,
    roles: APPROVALS.budget.approvers,
    position: 1,
  });

export const createBudgetActivities = (database: Database) =>
  bind(database, {
    estimateBudget,
    submitBudget,
    returnBudget,
    proposeDirectedBudget,
    adoptBudget,
    summariseRegionBudget,
  });
