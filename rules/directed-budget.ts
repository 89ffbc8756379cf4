/**
 * The directed budget (以收定支): what stands in force when an area has no approvable version at the deadline.
 *
 * Law: A(5) “以收定支、收支平衡、略有结余”; RULES 6, READINGS 30, 31. Units: yuan.
 * Order: drop unknown items and total rows; negative → 0; levy := prepaid; resident major illness raised to its floor;
 * then the pooled controllable expenditure is cut to what income leaves, by largest remainder.
 */
import { isKnown, type SubmittedRow } from './budget-checks';
import { type Decimal, atLeastZero, ceilToFen, smaller, splitByLargestRemainder, sum, zero } from './money';
import { CONTROLLABLE_ITEMS, type Item, OWN_EXPENDITURE, OWN_INCOME, type Part, type Scheme } from './vocabulary';

/**
 * How an auditor follows `directBudget`: the sums of the version on the way (`C` controllable, `I` income, `X` the rest with
 * the levy), then each item. `submitted` is an item of the version, `C` the controllable ones in the order of ties.
 */
export const DIRECTED = {
  article: 'A(五)“以收定支、收支平衡、略有结余”',
  income: 'sum(positive(items))',
  other: 'sum(positive(items)) + prepaid + major_illness',
  allowed: 'max(0, min(sum(positive(C)), I - ceil(slight_surplus * I) - X))',
  controllable: 'split(allowed, positive(C), place)',
  major_illness: 'max(max(0, submitted), ceil(floor_rate * I))',
  levy_to_superior: 'prepaid',
  as_submitted: 'max(0, submitted)',
  short_by: 'I - X',
} as const;

export interface DirectedInputs {
  scheme: Scheme;
  rows: readonly SubmittedRow[];
  prepaid: Decimal;
  slightSurplus: Decimal;
  majorIllnessFloor: Decimal;
}
export interface DirectedBudget {
  items: { part: Part; item: Item; amount: Decimal }[];
  income: Decimal; // I
  other: Decimal; // X
  allowed: Decimal; // what the controllable items come to
  /** I − X where even no controllable expenditure leaves a deficit; else null. */
  shortBy: Decimal | null;
}

export function directBudget({
  scheme,
  rows,
  prepaid,
  slightSurplus,
  majorIllnessFloor,
}: DirectedInputs): DirectedBudget {
  const personal: DirectedBudget['items'] = [];
  const pooled = new Map<Item, Decimal>();
  for (const row of rows) {
    if (!isKnown(row.item, scheme)) continue;
    const amount = atLeastZero(row.amount);
    if (row.part === 'pooled') pooled.set(row.item, amount);
    else personal.push({ part: row.part, item: row.item, amount });
  }
  const amountOf = (item: Item): Decimal => pooled.get(item) ?? zero;

  pooled.set('levy_to_superior', prepaid);
  const income = sum(OWN_INCOME.map(amountOf));
  if (scheme === 'resident') {
    const floor = ceilToFen(majorIllnessFloor.times(income));
    if (floor.gt(amountOf('major_illness'))) pooled.set('major_illness', floor);
  }
  const controllable = CONTROLLABLE_ITEMS.map(amountOf);
  const fixedItems = OWN_EXPENDITURE.filter((item) => !(CONTROLLABLE_ITEMS as readonly Item[]).includes(item));
  const other = sum(fixedItems.map(amountOf)).plus(prepaid);
  const affordable = income.minus(ceilToFen(slightSurplus.times(income))).minus(other);
  const allowed = atLeastZero(smaller(sum(controllable), affordable));
  splitByLargestRemainder(allowed, controllable).forEach((amount, i) => {
    const item = CONTROLLABLE_ITEMS[i] as Item;
    if (pooled.has(item)) pooled.set(item, amount);
  });

  const items = [...pooled].map(([item, amount]) => ({ part: 'pooled' as const, item, amount }));
  const short = income.minus(other);
  const shortBy = allowed.isZero() && short.lt(0) ? short : null;
  return { items: [...personal, ...items], income, other, allowed, shortBy };
}
