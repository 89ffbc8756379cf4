/** What the figure and the result of a budget check rest on: the version's lines, the estimate and the limits of law. */
import type { Law } from '../../parameters/law';
import type { LawName } from '../../parameters/law-name';
import type { BudgetOf } from '../../db/budgets';
import { CHECKS, type CheckName, type SubmittedRow, TOTAL_ROWS, isKnown } from '../../rules/budget-checks';
import type { Because, Cells, Source } from '../../rules/rule';
import { INCOME_ITEMS, type Item, OWN_EXPENDITURE, OWN_INCOME, type Part, itemsOf } from '../../rules/vocabulary';

type Inputs = Because['inputs'];
interface Checked extends BudgetOf {
  version: number;
  rows: readonly SubmittedRow[];
  prepaid: Inputs[string];
  law: Law;
}

/** The reason of a check's figure and of its result. */
export function checkBecause(check: CheckName, checked: Checked): Record<'figure' | 'result', Because> {
  const { article, formula, result } = CHECKS[check];
  const inputs = inputsOf(check, checked);
  return { figure: { article, formula, inputs }, result: { article, formula: result, inputs } };
}

function inputsOf(check: CheckName, checked: Checked): Inputs {
  const { area, scheme, year, version, rows, law, prepaid } = checked;
  const submitted = (of: Cells): Source => ({ rows: 'budget_submissions.csv', of: { area, scheme, version, ...of } });
  const pooled = (item: Item | readonly Item[]) => ({ from: submitted({ part: 'pooled', item }) });
  const given = (name: LawName) => ({ value: law.given(name).value.toFixed(), from: law.source(name) });
  const income = pooled(OWN_INCOME);
  const surplus = { income, expenditure: pooled(OWN_EXPENDITURE), levy_to_superior: pooled('levy_to_superior') };
  switch (check) {
    case 'identity':
      return identityInputs(checked, submitted);
    case 'no_deficit':
      return surplus;
    case 'slight_surplus':
      return { ...surplus, slight_surplus: given('budget.slight_surplus') };
    case 'subsidy_equals_due':
      return {
        fiscal_subsidy: pooled('fiscal_subsidy'),
        target_insured: { from: { rows: 'insured.csv', of: { area, scheme, year, column: 'target_insured' } } },
        standard: given(`subsidy.standard.${year}`),
      };
    case 'major_illness_floor':
      return {
        income,
        major_illness: pooled('major_illness'),
        major_illness_floor: given('budget.major_illness_floor'),
      };
    case 'levy_included':
      return { levy_to_superior: pooled('levy_to_superior'), prepaid };
    case 'deviation': {
      // Only what was submitted can deviate.
      const item = rows
        .filter((row) => row.part === 'pooled' && isKnown(row.item, scheme))
        .map((row) => row.item)
        .sort();
      const each = { part: 'pooled', item, by: 'item' };
      return {
        amount: { from: submitted(each) },
        estimate: { from: { figure: 'budget_estimate.amount', of: { area, scheme, ...each } } },
        reason: { from: submitted({ ...each, column: 'reason' }) },
        deviation: given('budget.deviation'),
      };
    }
    case 'negative_amount':
      return { amount: { from: { ...submitted({ by: 'line' }), not: { item: TOTAL_ROWS } } } };
    case 'unknown_item':
      return {
        unknown: { from: { ...submitted({ column: 'count' }), not: { item: [...itemsOf(scheme), ...TOTAL_ROWS] } } },
      };
  }
}

/** Each stated total beside the sum of its items, level items included. */
function identityInputs({ rows, scheme }: Checked, submitted: (of: Cells) => Source): Inputs {
  const totals = rows.filter(({ item }) => (TOTAL_ROWS as readonly string[]).includes(item));
  const items = itemsOf(scheme);
  const income = items.filter((item) => item in INCOME_ITEMS);
  const expenditure = items.filter((item) => !(item in INCOME_ITEMS));
  const itemsIn = { total_income: income, total_expenditure: expenditure, surplus: items };
  const counted = (part: Part, item: string): Source =>
    submitted({
      part,
      item: itemsIn[item as keyof typeof itemsIn],
      ...(item === 'surplus' ? { column: 'income_less_expenditure' } : {}),
    });
  return {
    stated: { from: totals.map(({ part, item }) => submitted({ part, item })) },
    counted: { from: totals.map(({ part, item }) => counted(part, item)) },
  };
}
