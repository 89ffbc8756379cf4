/** The checks of one version of a budget, recorded, and their result. */
import type { Transaction } from '../../db/connect';
import { columnsOf } from '../../db/levies';
import { insertRows } from '../../db/rows';
import { checksOf, waysOutOf } from '../../figures/budgets/checks';
import type { VersionFacts } from '../../figures/budgets/facts';
import type { Law } from '../../parameters/law';
import { type BudgetCheck, REMEDIES, isApprovable, pooledTotals } from '../../rules/budget-checks';
import { yuanText } from '../../rules/money';
import type { CheckName } from '../../rules/vocabulary';
import type { WayOut } from '../../rules/way-out';

export interface SubmissionReceipt {
  approvable: boolean;
  version: number;
  surplus: string; // yuan; negative: the gap that a returned version must close
  failed: CheckName[];
  remedies: readonly string[];
  /** 单项调整: empty where the version is balanced. Receipts of years in flight may lack it. */
  ways?: WayOut[];
  /** What moved its lines away from the estimate. Receipts of years in flight may lack it, and an adjustment has none. */
  deviations?: string[];
  /** 绩效目标: shown to those who approve the budget. Receipts of years in flight may lack it. */
  targets?: string[];
  /** The versions that can still be submitted. Receipts of years in flight may lack it, and an adjustment has none. */
  unsubmitted?: number[];
}
/** A version as its facts and the law of the year judge it. */
export interface Judged {
  facts: VersionFacts;
  checks: ReturnType<typeof checksOf>;
  receipt: SubmissionReceipt;
  /** The checks as the approvers are shown them. */
  shown: BudgetCheck[];
}

export function judged(facts: VersionFacts, law: Law): Judged {
  const checks = checksOf(facts, law);
  const surplus = yuanText(pooledTotals(facts.rows, facts.scheme).surplus);
  const failed = checks.filter(({ result }) => result === 'fail').map(({ check }) => check);
  const remedies = surplus.startsWith('-') ? REMEDIES : [];
  const { version } = facts;
  return {
    facts,
    checks,
    receipt: { approvable: isApprovable(checks), version, surplus, failed, remedies, ways: waysOutOf(facts, law) },
    shown: checks.map(({ check, result, figure }) => ({ check, result, figure })),
  };
}

export const recordChecks = (trx: Transaction, { facts, checks }: Judged): Promise<void> =>
  insertRows(
    trx,
    'budget_check',
    checks.map((check) => ({ ...columnsOf(facts), version: facts.version, ...check })),
  );

/** 重新审核: the database asks for a chain that has become void in this transaction; the figures it was shown stay with its tasks. */
export async function recordChecksAnew(trx: Transaction, { facts, checks }: Judged): Promise<void> {
  for (const { check, result, figure, because } of checks) {
    await trx('budget_check')
      .where({ ...columnsOf(facts), version: facts.version, check })
      .update({ result, figure, because });
  }
}
