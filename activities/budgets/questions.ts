/** What persons are asked about the budget of an area and scheme: to submit a version, and to approve it as it is judged now. */
import { estimateSides } from '../../db/budgets';
import type { Queryable, Transaction } from '../../db/connect';
import type { AreaSchemeYear } from '../../db/levies';
import { ownTargets } from '../../db/targets';
import { type Chain, openChain } from '../../db/tasks';
import { deviationsOf } from '../../figures/budgets/deviations';
import { directedBudget } from '../../figures/budgets/directed';
import type { Finding } from '../../figures/finding';
import type { Law } from '../../parameters/law';
import { directedBudgetDueOn } from '../../parameters/files';
import { targetTexts } from '../../parameters/targets';
import { APPROVALS } from '../../rules/decisions';
import { chainKey } from '../../rules/keys';
import { yuanText } from '../../rules/money';
import { gapOf } from '../../rules/returned-version';
import { inYuan } from '../../rules/thousands';
import { BUDGET_CHECKS, SCHEME_NAMES } from '../../rules/vocabulary';
import { lawOf } from '../law';
import { directedFacts, versionFacts } from './facts';
import { type Judged, judged } from './versions';

/** A budget and the workflow that compiles it. */
export interface Compilation extends AreaSchemeYear {
  workflowId: string;
  deadline: string; // 31 December of Y−1
}
const titleOf = ({ year, scheme, area }: AreaSchemeYear): string => `${area} ${SCHEME_NAMES[scheme]} ${year} 年度预算`;

/** The targets of the area and scheme, in words. */
async function targetsOf(db: Queryable, { year, scheme, area }: AreaSchemeYear, law: Law): Promise<string[]> {
  const own = (await ownTargets(db, year, scheme))(area);
  return targetTexts(law, { year, scheme, area, own });
}

/** A version as it is judged now, and what those who approve it are shown. */
interface JudgedBudget extends Judged {
  figures: object;
}

export async function judgedBudget(db: Queryable, budget: AreaSchemeYear, version: number): Promise<JudgedBudget> {
  const facts = await versionFacts(db, budget, version);
  const law = await lawOf(db, budget.year);
  const { receipt, shown, ...found } = judged(facts, law);
  const deviations = deviationsOf(facts, await estimateSides(db, facts), law);
  const targets = await targetsOf(db, budget, law);
  return {
    ...{ ...found, shown },
    receipt: { ...receipt, deviations, targets },
    figures: { rows: facts.rows, checks: shown, deviations, targets },
  };
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
export const openSubmission = (
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
export const openApproval = (
  trx: Transaction,
  budget: Compilation & { attempt: number },
  { receipt: { version, surplus }, figures }: JudgedBudget,
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

/** A version that fails comes back: the area is asked for another one, with its gap and the remedies. */
export const returnFailed = (
  trx: Transaction,
  budget: Compilation & { attempt: number },
  { receipt }: JudgedBudget,
): Promise<void> => {
  const { version, surplus, failed, deviations, remedies, ways } = receipt;
  const figures = { version, surplus, gap: gapOf(surplus), failed, deviations, remedies, ways };
  const names = failed.map((check) => BUDGET_CHECKS[check].failed).join('、');
  return openSubmission(trx, budget, `第 ${version} 版未通过审核（${names}），请修改后重新报送`, figures);
};

export interface DirectedReceipt {
  version: number; // 0: made from the system's estimate
  shortBy: string | null;
  /** Receipts of years in flight may lack these. */
  targets?: string[];
  dueOn?: string;
}
/** 以收定支 from a version, as it would be now: the question to the region's government, and what the budget reveals. */
export async function directedQuestion(
  db: Queryable,
  budget: Compilation,
  { chain, version }: { chain: string; version: number },
): Promise<{ chain: Chain; findings: Finding[]; receipt: DirectedReceipt }> {
  const { year, scheme, area } = budget;
  const law = await lawOf(db, year);
  const targets = await targetsOf(db, budget, law);
  const { directed, shortBecause } = directedBudget(await directedFacts(db, budget, version), law);
  const dueOn = directedBudgetDueOn(budget.deadline);
  const shortBy = directed.shortBy === null ? null : yuanText(directed.shortBy);
  const short = { code: 'directed_budget_short', area, scheme, text: SHORT, ...shortBecause } as const;
  return {
    chain: {
      ...chainOf(budget),
      chain,
      kind: 'approve',
      dueOn,
      subject: `${titleOf(budget)}：逾期未有可批预算，按以收定支编制${shortBy === null ? '' : `，仍缺 ${inYuan(shortBy)}`}`,
      figures: { ...directed, targets },
      roles: APPROVALS.directed_budget.approvers,
    },
    findings: shortBy === null ? [] : [{ ...short, figure: shortBy }],
    receipt: { version, shortBy, targets, dueOn },
  };
}
const SHORT = '可控支出压减为 0 后仍有当年赤字，须由自治区人民政府批准';
