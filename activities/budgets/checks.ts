/** 预算审核: one version checked and its checks stored. */
import { type Law, lawOf } from '../../audit/law';
import { yardstickOf } from '../../audit/yardstick';
import { type BudgetOf, submittedRows } from '../../db/budgets';
import type { Transaction } from '../../db/connect';
import { insertRows } from '../../db/rows';
import { type BudgetCheck, CHECKS, checkBudget } from '../../rules/budget-checks';
import { type Because } from '../../rules/rule';
/** What a check's figure rests on: the version's lines, the estimate, and the limits of law. */
function checkBecause({ check }: BudgetCheck, of: BudgetOf, version: number, law: Law): Because {
  const { scheme, area, year } = of;
  const limits = {
    slight_surplus: 'budget.slight_surplus',
    deviation: 'budget.deviation',
    major_illness_floor: 'budget.major_illness_floor',
    subsidy_equals_due: `subsidy.standard.${year}`,
  } as Partial<Record<typeof check, string>>;
  const limit = limits[check];
  return {
    ...CHECKS[check],
    inputs: {
      rows: { from: { rows: 'budget_submissions.csv', of: { area, scheme, year, version } } },
      estimate: { from: { figure: 'budget_estimate.amount', of: { scheme, area } } },
      ...(limit === undefined ? {} : { limit: { value: law.given(limit).value.toFixed(), from: law.source(limit) } }),
    },
  };
}

/** Runs the checks of a version, stores them and says whether it may be approved. */
export async function checkVersion(trx: Transaction, of: BudgetOf, version: number) {
  const law = await lawOf(trx, of.year);
  const rows = await submittedRows(trx, of, version);
  const checks = checkBudget(rows, await yardstickOf(trx, law, of));
  await insertRows(
    trx,
    'budget_check',
    checks.map((one) => ({
      fund_year: of.year,
      area: of.area,
      scheme: of.scheme,
      version,
      ...one,
      because: checkBecause(one, of, version, law),
    })),
  );
  return { rows, checks };
}
