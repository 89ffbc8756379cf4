/** What the figure and the result of a budget check rest on: the version's lines, the estimate and the limits of law. */
import type { Law } from '../../parameters/law';
import {
  CHECKS,
  DEVIATION_FROM_BUDGET,
  TOTAL_ROWS,
  type TotalRow,
  comparedRows,
  isTotal,
  itemsOfTotals,
} from '../../rules/budget-checks';
import { type Because, type Cells, type Source, reasonOf } from '../../rules/rule';
import { type CheckName, type Item, OWN_EXPENDITURE, OWN_INCOME, type Part, itemsOf } from '../../rules/vocabulary';
import { prepaidInput } from './estimate';
import { type VersionFacts, inForceRows } from './facts';

type Inputs = Because['inputs'];

export function checkReasons(check: CheckName, facts: VersionFacts, law: Law): Record<'figure' | 'result', Because> {
  const inputs = inputsOf(check, facts, law);
  const { figure, result } = check === 'deviation' && facts.adjusts ? DEVIATION_FROM_BUDGET : CHECKS[check];
  return { figure: reasonOf(figure, inputs), result: reasonOf(result, inputs) };
}

function inputsOf(check: CheckName, facts: VersionFacts, law: Law): Inputs {
  const { area, scheme, year } = facts;
  const pooled = (item: Item | readonly Item[]) => ({ from: submitted(facts, { part: 'pooled', item }) });
  const income = pooled(OWN_INCOME);
  const levy_to_superior = pooled('levy_to_superior');
  const surplus = { income, expenditure: pooled(OWN_EXPENDITURE), levy_to_superior };
  switch (check) {
    case 'identity':
      return identityInputs(facts);
    case 'no_deficit':
      return surplus;
    case 'slight_surplus':
      return { ...surplus, slight_surplus: law.stated('budget.slight_surplus') };
    case 'subsidy_equals_due':
      return {
        fiscal_subsidy: pooled('fiscal_subsidy'),
        target_insured: { from: { rows: 'insured.csv', of: { area, scheme, year, column: 'target_insured' } } },
        standard: law.stated(`subsidy.standard.${year}`),
      };
    case 'major_illness_floor':
      return {
        income,
        major_illness: pooled('major_illness'),
        major_illness_floor: law.stated('budget.major_illness_floor'),
      };
    case 'levy_included':
      return { levy_to_superior, prepaid: prepaidInput(facts) };
    case 'deviation':
      return deviationInputs(facts, law);
    case 'negative_amount':
      return { amount: { from: { ...submitted(facts, { by: 'line' }), not: { item: TOTAL_ROWS } } } };
    case 'unknown_item': {
      const known = [...itemsOf(scheme), ...TOTAL_ROWS];
      return { unknown: { from: { ...submitted(facts, { column: 'count' }), not: { item: known } } } };
    }
  }
}

const submitted = ({ area, scheme, version, adjusts }: VersionFacts, cells: Cells): Source => ({
  rows: adjusts ? 'budget_adjustments.csv' : 'budget_submissions.csv',
  of: { area, scheme, version, ...cells },
});

function deviationInputs(facts: VersionFacts, law: Law): Inputs {
  const { area, scheme, rows } = facts;
  const item = comparedRows(rows, scheme)
    .map((row) => row.item)
    .sort();
  const byItem = { part: 'pooled', item, by: 'item' };
  return {
    amount: { from: submitted(facts, byItem) },
    ...(facts.adjusts
      ? { in_force: { from: inForceRows(facts.adjusts, { area, scheme, ...byItem }) } }
      : { estimate: { from: { figure: 'budget_estimate.amount', of: { area, scheme, ...byItem } } } }),
    reason: { from: submitted(facts, { ...byItem, column: 'reason' }) },
    deviation: law.stated('budget.deviation'),
  };
}

/** Each stated total beside the items that it adds up, level items included. */
function identityInputs(facts: VersionFacts): Inputs {
  const totals = facts.rows.flatMap(({ part, item }) => (isTotal(item) ? [{ part, item }] : []));
  const itemsOfTotal = itemsOfTotals(facts.scheme);
  const counted = (part: Part, total: TotalRow): Source =>
    submitted(facts, {
      part,
      item: itemsOfTotal[total],
      ...(total === 'surplus' ? { column: 'income_less_expenditure' } : {}),
    });
  return {
    stated: { from: totals.map(({ part, item }) => submitted(facts, { part, item })) },
    counted: { from: totals.map(({ part, item }) => counted(part, item)) },
  };
}
