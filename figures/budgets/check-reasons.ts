/** What the figure and the result of a budget check rest on: the version's lines, the estimate and the limits of law. */
import type { Law } from '../../parameters/law';
import {
  CHECKS,
  DEVIATION_FROM_BUDGET,
  type InputsOfCheck,
  TOTAL_ROWS,
  type TotalRow,
  comparedRows,
  isTotal,
  itemsOfTotals,
} from '../../rules/budget-checks';
import { type Because, type Cells, type Source, reasonOf } from '../../rules/rule';
import { type CheckName, type Item, OWN_EXPENDITURE, OWN_INCOME, type Part, itemsOf } from '../../rules/vocabulary';
import { prepaidInput } from './estimate';
import { type InForce, type VersionFacts, inForceRows } from './facts';

type Inputs = Because['inputs'];

export function checkReasons(check: CheckName, facts: VersionFacts, law: Law): Record<'figure' | 'result', Because> {
  const adjusts = check === 'deviation' ? facts.adjusts : undefined;
  const { figure, result } = adjusts ? DEVIATION_FROM_BUDGET : CHECKS[check];
  const inputs = adjusts ? fromBudgetInputs(facts, adjusts, law) : INPUTS[check](facts, law);
  return { figure: reasonOf(figure, inputs), result: reasonOf(result, inputs) };
}

/** Amounts of the pooled part as they were submitted. */
const pooled = (facts: VersionFacts, item: Item | readonly Item[]) => ({
  from: submitted(facts, { part: 'pooled', item }),
});
const balance = (facts: VersionFacts) => ({
  income: pooled(facts, OWN_INCOME),
  expenditure: pooled(facts, OWN_EXPENDITURE),
  levy_to_superior: pooled(facts, 'levy_to_superior'),
});

/** The sources of what each check looks at; the compiler demands exactly one for each input of the check. */
const INPUTS: {
  [Name in CheckName]: (facts: VersionFacts, law: Law) => Record<keyof InputsOfCheck<Name>, Inputs[string]>;
} = {
  identity: identityInputs,
  no_deficit: balance,
  slight_surplus: (facts, law) => ({ ...balance(facts), slight_surplus: law.stated('budget.slight_surplus') }),
  subsidy_equals_due: (facts, law) => {
    const { area, scheme, year } = facts;
    return {
      fiscal_subsidy: pooled(facts, 'fiscal_subsidy'),
      target_insured: { from: { rows: 'insured.csv', of: { area, scheme, year, column: 'target_insured' } } },
      standard: law.stated(`subsidy.standard.${year}`),
    };
  },
  major_illness_floor: (facts, law) => ({
    income: pooled(facts, OWN_INCOME),
    major_illness: pooled(facts, 'major_illness'),
    major_illness_floor: law.stated('budget.major_illness_floor'),
  }),
  levy_included: (facts) => ({ levy_to_superior: pooled(facts, 'levy_to_superior'), prepaid: prepaidInput(facts) }),
  deviation: (facts, law) => {
    const { area, scheme } = facts;
    const byItem = comparedItems(facts);
    const estimate: Source = { figure: 'budget_estimate.amount', of: { area, scheme, ...byItem } };
    return { ...deviationInputs(facts, byItem, law), estimate: { from: estimate } };
  },
  negative_amount: (facts) => ({
    amount: { from: { ...submitted(facts, { by: 'line' }), not: { item: TOTAL_ROWS } } },
  }),
  unknown_item: (facts) => {
    const known = [...itemsOf(facts.scheme), ...TOTAL_ROWS];
    return { unknown: { from: { ...submitted(facts, { column: 'count' }), not: { item: known } } } };
  },
};

const submitted = ({ area, scheme, version, adjusts }: VersionFacts, cells: Cells): Source => ({
  rows: adjusts ? 'budget_adjustments.csv' : 'budget_submissions.csv',
  of: { area, scheme, version, ...cells },
});

const fromBudgetInputs = (facts: VersionFacts, adjusts: InForce, law: Law) => {
  const { area, scheme } = facts;
  const byItem = comparedItems(facts);
  return {
    ...deviationInputs(facts, byItem, law),
    in_force: { from: inForceRows(adjusts, { area, scheme, ...byItem }) },
  };
};

const comparedItems = ({ rows, scheme }: VersionFacts): Cells => {
  const item = comparedRows(rows, scheme).map((row) => row.item);
  return { part: 'pooled', item: item.sort(), by: 'item' };
};
const deviationInputs = (facts: VersionFacts, byItem: Cells, law: Law) => ({
  amount: { from: submitted(facts, byItem) },
  reason: { from: submitted(facts, { ...byItem, column: 'reason' }) },
  deviation: law.stated('budget.deviation'),
});

/** Each stated total beside the items that it adds up, level items included. */
function identityInputs(facts: VersionFacts) {
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
