/** What the evaluation of one scheme reads. */
import { lowIncomePersons } from '../../db/collection';
import type { Queryable } from '../../db/connect';
import { actualItems, budgetItems, collectedPremium, conductRows, insuredRows } from '../../db/inputs';
import { decemberRisk } from '../../db/risk';
import { localSubsidies } from '../../db/subsidy';
import { zero } from '../../rules/money';
import type { Scheme } from '../../rules/vocabulary';

/** Everything that the evaluation of one scheme reads. */
export async function factsOf(db: Queryable, year: number, scheme: Scheme) {
  const collected = scheme === 'resident' ? await collectedPremium(db, year, `${year}-12-31`) : () => zero;
  return {
    year,
    scheme,
    actuals: await actualItems(db, year, scheme),
    budgets: await budgetItems(db, year, scheme),
    collected,
    insured: await insuredRows(db, year, scheme),
    conduct: await conductRows(db, year, scheme),
    lowIncome: await lowIncomePersons(db, year),
    december: await decemberRisk(db, year, scheme),
    local: await localSubsidies(db, year),
  };
}
export type Facts = Awaited<ReturnType<typeof factsOf>>;
