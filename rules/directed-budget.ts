/**
 * The directed budget (以收定支): what stands in force when an area has no approvable version at the deadline.
 *
 * Law: A(5) “以收定支、收支平衡、略有结余”; RULES 6, READINGS 30, 31. Units: yuan.
 * Order: drop unknown items and total rows; negative → 0; levy := prepaid; resident major illness raised to its floor;
 * then the pooled controllable expenditure is cut to what income leaves, by largest remainder.
 */
import { isKnown, type SubmittedRow } from './budget-checks';
import { type Decimal, atLeastZero, ceilToFen, larger, smaller, splitByLargestRemainder, sum, zero } from './money';
import { rule } from './rule';
import { CONTROLLABLE_ITEMS, type Item, OWN_EXPENDITURE, OWN_INCOME, type Part, type Scheme } from './vocabulary';

const article = 'A(五)“以收定支、收支平衡、略有结余”';

/** Expenditure that is neither controllable nor the residents' major illness, which has a floor. */
export const FIXED_ITEMS = OWN_EXPENDITURE.filter(
  (item) => item !== 'major_illness' && !(CONTROLLABLE_ITEMS as readonly Item[]).includes(item),
);

/**
 * The steps of a directed budget. `I` is the income of the version, `C` its controllable items in the order of ties, `X` the
 * other items with the levy; `submitted` is one item of the version.
 */
export const DIRECTED = {
  income: rule({ article, formula: 'sum(positive(items))' }, ({ items }: { items: readonly Decimal[] }) =>
    sum(items.map(atLeastZero)),
  ),
  major_illness: rule(
    { article, formula: 'max(max(0, submitted), ceil(floor_rate * I))' },
    ({ submitted, floor_rate, I }: { submitted: Decimal; floor_rate: Decimal; I: Decimal }) =>
      larger(atLeastZero(submitted), ceilToFen(floor_rate.times(I))),
  ),
  no_major_illness: rule({ article, formula: '0' }, () => zero),
  other: rule(
    { article, formula: 'sum(positive(items)) + prepaid + major_illness' },
    ({ items, prepaid, major_illness }: { items: readonly Decimal[]; prepaid: Decimal; major_illness: Decimal }) =>
      sum(items.map(atLeastZero)).plus(prepaid).plus(major_illness),
  ),
  allowed: rule(
    { article, formula: 'max(0, min(sum(positive(C)), I - ceil(slight_surplus * I) - X))' },
    ({ C, I, X, slight_surplus }: { C: readonly Decimal[]; I: Decimal; X: Decimal; slight_surplus: Decimal }) =>
      atLeastZero(smaller(sum(C.map(atLeastZero)), I.minus(ceilToFen(slight_surplus.times(I))).minus(X))),
  ),
  controllable: rule(
    { article, formula: 'split(allowed, positive(C), place)' },
    ({ allowed, C, place }: { allowed: Decimal; C: readonly Decimal[]; place: number }) =>
      splitByLargestRemainder(allowed, C.map(atLeastZero))[place - 1] as Decimal,
  ),
  as_submitted: rule({ article, formula: 'max(0, submitted)' }, ({ submitted }: { submitted: Decimal }) =>
    atLeastZero(submitted),
  ),
  short_by: rule({ article, formula: 'I - X' }, ({ I, X }: { I: Decimal; X: Decimal }) => I.minus(X)),
  is_short: rule({ article, formula: 'I - X < 0' }, ({ I, X }: { I: Decimal; X: Decimal }) => I.lt(X)),
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
  majorIllness: Decimal; // 0 for employees
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
  const known = rows.filter((row) => isKnown(row.item, scheme));
  const pooled = new Map(known.filter(({ part }) => part === 'pooled').map(({ item, amount }) => [item, amount]));
  const submitted = (item: Item): Decimal => pooled.get(item) ?? zero;

  const income = DIRECTED.income({ items: OWN_INCOME.map(submitted) });
  const majorIllness =
    scheme === 'resident'
      ? DIRECTED.major_illness({ submitted: submitted('major_illness'), floor_rate: majorIllnessFloor, I: income })
      : DIRECTED.no_major_illness({});
  const other = DIRECTED.other({ items: FIXED_ITEMS.map(submitted), prepaid, major_illness: majorIllness });
  const C = CONTROLLABLE_ITEMS.map(submitted);
  const allowed = DIRECTED.allowed({ C, I: income, X: other, slight_surplus: slightSurplus });

  const directed = (item: Item, amount: Decimal): Decimal => {
    if (item === 'levy_to_superior') return prepaid;
    if (item === 'major_illness') return majorIllness;
    const place = (CONTROLLABLE_ITEMS as readonly Item[]).indexOf(item) + 1;
    return place > 0 ? DIRECTED.controllable({ allowed, C, place }) : DIRECTED.as_submitted({ submitted: amount });
  };
  // The levy has a line whether it was submitted or not; so has major illness where its floor is above 0.
  if (!pooled.has('levy_to_superior')) pooled.set('levy_to_superior', zero);
  if (!majorIllness.isZero() && !pooled.has('major_illness')) pooled.set('major_illness', zero);
  const isShort = allowed.isZero() && DIRECTED.is_short({ I: income, X: other });
  return {
    items: [
      ...known
        .filter(({ part }) => part === 'personal_account')
        .map(({ part, item, amount }) => ({
          part,
          item: item as Item,
          amount: DIRECTED.as_submitted({ submitted: amount }),
        })),
      ...[...pooled].map(([item, amount]) => ({
        part: 'pooled' as const,
        item: item as Item,
        amount: directed(item as Item, amount),
      })),
    ],
    income,
    majorIllness,
    other,
    allowed,
    shortBy: isShort ? DIRECTED.short_by({ I: income, X: other }) : null,
  };
}
