/** Reads the facts from which the evaluation of one scheme is computed, for every area. */
import { actualItems } from '../../db/actuals';
import { areasOf } from '../../db/areas';
import { budgetItems, estimatedItems } from '../../db/budgets';
import { collectedPremium } from '../../db/collection-days';
import { conductRows } from '../../db/conduct';
import type { Queryable } from '../../db/connect';
import { insuredRows } from '../../db/insured';
import { lowIncomePersons } from '../../db/residents';
import { decemberRisk } from '../../db/risk';
import { localSubsidies } from '../../db/subsidy';
import { ownTargets } from '../../db/targets';
import type { EvaluationFacts } from '../../figures/evaluation/facts';
import { zero } from '../../rules/money';
import type { Scheme } from '../../rules/vocabulary';

export async function evaluationFacts(
  db: Queryable,
  { year, scheme, inPhase }: { year: number; scheme: Scheme; inPhase: boolean },
): Promise<EvaluationFacts[]> {
  const actuals = await actualItems(db, year, scheme);
  const budgets = await budgetItems(db, year, scheme);
  const estimates = await estimatedItems(db, year, scheme);
  const collectedIn = scheme === 'resident' ? await collectedPremium(db, year, `${year}-12-31`) : () => zero;
  const insuredIn = await insuredRows(db, year, scheme);
  const conductOf = await conductRows(db, year, scheme);
  const lowIncomeIn = await lowIncomePersons(db, year);
  const decemberOf = await decemberRisk(db, year, scheme);
  const targetsOf = await ownTargets(db, year, scheme);
  const localSubsidyOf = await localSubsidies(db, year);
  return (await areasOf(db, year, scheme)).map((area) => {
    const actual = actuals.area(area);
    const budget = budgets.area(area);
    const collected = collectedIn(area);
    return {
      year,
      scheme,
      area,
      inPhase,
      actual: {
        income: actual.income.plus(collected),
        expenditure: actual.expenditure,
        premium: actual.of('premium').plus(collected),
      },
      budget: { income: budget.income, expenditure: budget.expenditure, premium: budget.of('premium') },
      estimatedPremium: estimates.area(area).of('premium'),
      insured: insuredIn(area),
      lowIncomePersons: lowIncomeIn(area) ?? null,
      targets: targetsOf(area),
      localSubsidy: localSubsidyOf(area),
      december: decemberOf(area) ?? null,
      conduct: conductOf(area),
    };
  });
}
