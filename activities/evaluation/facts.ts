/** What the evaluation of one scheme reads. */
import { actualItems } from '../../db/actuals';
import { budgetItems } from '../../db/budgets';
import { collectedPremium } from '../../db/collection-days';
import { conductRows } from '../../db/conduct';
import { insuredRows } from '../../db/insured';
import { lowIncomePersons } from '../../db/residents';
import { decemberRisk } from '../../db/risk';
import { localSubsidies } from '../../db/subsidy';
import type { Queryable } from '../../db/connect';
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
