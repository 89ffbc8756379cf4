/** 以收定支: the directed budget, from the last version or from the estimate. */
import { lawOf } from '../../audit/law';
import { type BudgetOf, estimateItems, lastVersion, submittedRows } from '../../db/budgets';
import type { Queryable } from '../../db/connect';
import { type SubmittedRow } from '../../rules/budget-checks';
import { type DirectedBudget, directBudget } from '../../rules/directed-budget';
import { prepaidOf } from './estimate';
/** The directed budget of the version with the highest number; of the estimate, version 0, where there is none. */
export async function directedBudget(
  db: Queryable,
  of: BudgetOf,
): Promise<{ version: number; directed: DirectedBudget }> {
  const law = await lawOf(db, of.year);
  const version = await lastVersion(db, of);
  const rows: SubmittedRow[] = version === 0 ? await estimateItems(db, of) : await submittedRows(db, of, version);
  const directed = directBudget({
    scheme: of.scheme,
    rows,
    prepaid: (await prepaidOf(db, of)).value,
    slightSurplus: law.given('budget.slight_surplus').value,
    majorIllnessFloor: law.given('budget.major_illness_floor').value,
  });
  return { version, directed };
}
