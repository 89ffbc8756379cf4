/** 预算审核: one version checked and its checks stored. */
import { lawOf } from '../law';
import { yardstickOf } from '../../audit/yardstick';
import { type BudgetOf, submittedRows } from '../../db/budgets';
import type { Transaction } from '../../db/connect';
import { insertRows } from '../../db/rows';
import { checkBudget } from '../../rules/budget-checks';
import type { Because } from '../../rules/rule';
import { checkBecause } from './check-reasons';
import { prepaidOf } from './estimate';
/** Runs the checks of a version, stores them and says whether it may be approved. */
export async function checkVersion(trx: Transaction, of: BudgetOf, version: number) {
  const law = await lawOf(trx, of.year);
  const rows = await submittedRows(trx, of, version);
  const prepaid = (await prepaidOf(trx, of)).because.inputs.prepaid as Because['inputs'][string];
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
      because: checkBecause(one.check, { ...of, version, rows, prepaid, law }),
    })),
  );
  return { rows, checks };
}
