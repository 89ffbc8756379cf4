/** 总额预算分配: the reserve of an area and scheme, and the budget of each of its units. */
import type { PaidFund } from '../../db/total-budgets';
import type { Law } from '../../parameters/law';
import { type Decimal, yuanText } from '../../rules/money';
import { type Because, type Given, type Source, explain, intermediate, reasonOf, taken } from '../../rules/rule';
import { AGREED, RESERVE_ROW, reserve, totalBudget, unitBudget, unitBudgets } from '../../rules/total-budget';
import { CARE_ITEMS, RESERVE, type UnitKind } from '../../rules/vocabulary';
import { PLACE, fundOf, unitFigure } from './sources';

interface AllotmentFacts extends PaidFund {
  /** What the budget in force on 1 January has for care, in the order of CARE_ITEMS. */
  items: readonly Decimal[];
  /** In the order of their codes. */
  units: readonly { unit: string; kind: UnitKind; weight: Decimal }[];
}
/** Columns that only units have: in the row of the reserve these cells are empty. */
const OF_UNITS_ALONE = ['kind', 'weight', 'incurred', 'paid', 'retained', 'entitled', 'payable', 'clearing'] as const;
type ReasonsOfUnit = Record<'kind' | 'weight' | 'budget', Because>;
export interface Allotment {
  total: string;
  reserve: string;
  because: Record<'total' | 'reserve' | (typeof OF_UNITS_ALONE)[number], Because>;
  units: { unit: string; kind: UnitKind; weight: string; budget: string; because: ReasonsOfUnit }[];
}

const notOfReserve = Object.fromEntries(
  OF_UNITS_ALONE.map((column) => [column, taken(RESERVE_ROW, null, { stated: '预留不是单位，没有此项' })]),
) as Record<(typeof OF_UNITS_ALONE)[number], Because>;

export function allotmentOf(facts: AllotmentFacts, law: Law): Allotment {
  const { items, units } = facts;
  const total = explain(totalBudget, {
    items: {
      value: items,
      from: { rows: 'budgets.csv', of: { ...fundOf(facts), part: 'pooled', item: CARE_ITEMS, by: 'item' } },
    },
  });
  const whole: Given<Decimal> = { value: total.value, from: unitFigure(facts, RESERVE, 'total') };
  const held = explain(reserve, { reserve_rate: law.given('payment.reserve'), total: whole });
  const budgets = unitBudgets(
    total.value,
    held.value,
    units.map(({ weight }) => weight),
  );
  return {
    total: yuanText(total.value),
    reserve: yuanText(held.value),
    because: {
      ...notOfReserve,
      ...{ total: intermediate(total), reserve: held.because },
    },
    units: units.map((unit, at) => ({
      unit: unit.unit,
      kind: unit.kind,
      weight: unit.weight.toFixed(),
      budget: yuanText(budgets[at] as Decimal),
      because: reasonsOf(facts, unit, at + 1, { total: total.value, held: held.value }),
    })),
  };
}

/** `place` is the unit's in the order of their codes, from 1. */
function reasonsOf(
  fund: PaidFund,
  { unit, kind, weight }: AllotmentFacts['units'][number],
  place: number,
  { total, held }: { total: Decimal; held: Decimal },
): ReasonsOfUnit {
  const cells = (column: string): Source => ({ rows: 'payment_units.csv', of: { ...fundOf(fund), unit, column } });
  const weights: Source = { rows: 'payment_units.csv', of: { ...fundOf(fund), column: 'weight', by: 'unit' } };
  return {
    kind: taken(AGREED, kind, cells('kind')),
    weight: taken(AGREED, weight.toFixed(), cells('weight')),
    budget: reasonOf(unitBudget, {
      total: { value: yuanText(total), from: unitFigure(fund, RESERVE, 'total') },
      held: { value: yuanText(held), from: unitFigure(fund, RESERVE, 'budget') },
      weight: { from: weights },
      place: { value: place, from: PLACE },
    }),
  };
}
