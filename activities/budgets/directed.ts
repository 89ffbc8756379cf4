/** 以收定支: the directed budget, from the last version or from the estimate. */
import { lawOf } from '../../audit/law';
import type { Queryable } from '../../db/connect';
import { estimateItems, submittedRows } from '../../db/inputs';
import { selectOne } from '../../db/rows';
import { type SubmittedRow } from '../../rules/budget-checks';
import { type DirectedBudget, directBudget } from '../../rules/directed-budget';
import type { BudgetOf } from './acts';
import { prepaidOf } from './estimate';
/** The directed budget of the version with the highest number; of the estimate, version 0, where there is none. */
export async function directedBudget(
  db: Queryable,
  of: BudgetOf,
): Promise<{ version: number; directed: DirectedBudget }> {
  const law = await lawOf(db, of.year);
  const last = await selectOne<{ version: number | null }>(
    db,
    'select max(version) as version from fund.budget_submission where fund_year = $1 and scheme = $2 and area = $3',
    [of.year, of.scheme, of.area],
  );
  const version = last?.version ?? 0;
  const rows: SubmittedRow[] =
    version === 0
      ? await estimateItems(db, of.year, of.scheme, of.area)
      : await submittedRows(db, of.year, of.scheme, of.area, version);
  const directed = directBudget({
    scheme: of.scheme,
    rows,
    prepaid: (await prepaidOf(db, of)).value,
    slightSurplus: law.given('budget.slight_surplus').value,
    majorIllnessFloor: law.given('budget.major_illness_floor').value,
  });
  return { version, directed };
}
