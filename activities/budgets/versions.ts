/** The checks of one version of a budget, recorded, and their result. */
import type { Transaction } from '../../db/connect';
import { insertRows } from '../../db/rows';
import { checksOf, waysOutOf } from '../../figures/budgets/checks';
import type { VersionFacts } from '../../figures/budgets/facts';
import { type BudgetCheck, REMEDIES, isApprovable, pooledTotals } from '../../rules/budget-checks';
import { yuanText } from '../../rules/money';
import type { CheckName } from '../../rules/vocabulary';
import type { WayOut } from '../../rules/way-out';
import { lawOf } from '../law';

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
interface Judged {
  receipt: SubmissionReceipt;
  /** The checks as the approvers are shown them. */
  shown: BudgetCheck[];
}

export async function judgeVersion(trx: Transaction, facts: VersionFacts): Promise<Judged> {
  const { year, scheme, area, version } = facts;
  const law = await lawOf(trx, year);
  const checks = checksOf(facts, law);
  await insertRows(
    trx,
    'budget_check',
    checks.map((check) => ({ fund_year: year, area, scheme, version, ...check })),
  );
  const surplus = yuanText(pooledTotals(facts.rows, scheme).surplus);
  const failed = checks.filter(({ result }) => result === 'fail').map(({ check }) => check);
  const remedies = surplus.startsWith('-') ? REMEDIES : [];
  return {
    receipt: { approvable: isApprovable(checks), version, surplus, failed, remedies, ways: waysOutOf(facts, law) },
    shown: checks.map(({ check, result, figure }) => ({ check, result, figure })),
  };
}
