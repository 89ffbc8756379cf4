/**
 * 总额预算与清算: what an area sets aside for each unit that gives care, and what the fund owes it after the year.
 *
 * Law: A(4) “完善总额预算管理……推进紧密型县域医共体总额付费，落实结余留用、合理超支分担机制。” RULES 11, READINGS 66 and 67.
 * Units: yuan; shares 0–1. A list holds the units of one area and scheme in the order of their codes, which also breaks ties.
 * Care elsewhere (异地就医) is paid at cost: its budget is a share of the total like the others, but nothing is kept of it or borne.
 */
import { type Decimal, atLeastZero, roundToFen, smaller, splitByLargestRemainder, sum, zero } from './money';
import { rule } from './rule';

const TOTAL = 'A(四)“完善总额预算管理，科学确定预算、结算管理办法”';
const KEPT = 'A(四)“落实结余留用、合理超支分担机制”';

/** T: what the budget in force on 1 January has for care that units are paid for. */
export const totalBudget = rule({ article: TOTAL, formula: 'sum(items)' }, ({ items }: { items: readonly Decimal[] }) =>
  sum(items),
);
/** 预留: held back from the units, and the most that the fund bears of what they overspend. */
export const reserve = rule(
  { article: TOTAL, formula: 'round(reserve_rate * total)' },
  ({ reserve_rate, total }: { reserve_rate: Decimal; total: Decimal }) => roundToFen(reserve_rate.times(total)),
);
/** B of every unit: what is not held back, split by the weights that were agreed beforehand. */
export const unitBudgets = (total: Decimal, held: Decimal, weight: readonly Decimal[]): Decimal[] =>
  splitByLargestRemainder(total.minus(held), weight);
export const unitBudget = rule(
  { article: TOTAL, formula: 'split(total - held, weight, place)' },
  ({ total, held, weight, place }: Allotment): Decimal => unitBudgets(total, held, weight)[place - 1] as Decimal,
);
interface Allotment {
  total: Decimal;
  held: Decimal;
  weight: readonly Decimal[];
  place: number;
}

/** What each unit is and weighs, as the area has agreed with it. */
export const AGREED = 'RULES 11“agreed beforehand”';
/** Why the row of the reserve has no other cells. */
export const RESERVE_ROW = 'READINGS 66：预留一行只填预算数和基金分担数';
/** C and P of a unit: what the fund came to owe it for the year's care, and what it was paid of that within the year. */
export const UNIT_ACCOUNTS = 'RULES 11“C = Σ incurred”';

interface Spent {
  budget: Decimal;
  incurred: Decimal;
}

/** 结余留用: what a unit keeps of what it saved, unless it spent so little that care may have been withheld. */
export const retained = rule(
  {
    article: KEPT,
    formula: 'incurred > budget or incurred < retain_from * budget ? 0 : round(retain * (budget - incurred))',
  },
  ({ budget, incurred, retain_from, retain }: Spent & { retain_from: Decimal; retain: Decimal }): Decimal =>
    incurred.gt(budget) || incurred.lt(retain_from.times(budget))
      ? zero
      : roundToFen(retain.times(budget.minus(incurred))),
);

/** 合理超支分担: what the fund owes of overspending within reason, while its reserve lasts. */
export const entitled = rule(
  {
    article: KEPT,
    formula: 'incurred <= budget ? 0 : round(over_share * min(incurred - budget, over_limit * budget))',
  },
  ({ budget, incurred, over_limit, over_share }: Spent & { over_limit: Decimal; over_share: Decimal }): Decimal =>
    incurred.lte(budget)
      ? zero
      : roundToFen(over_share.times(smaller(incurred.minus(budget), over_limit.times(budget)))),
);

/** The fund's part of every unit's overspending: as entitled, or the whole reserve in proportion where it runs short. */
export const fundParts = (due: readonly Decimal[], held: Decimal): Decimal[] =>
  sum(due).gt(held) ? splitByLargestRemainder(held, due) : [...due];
export const fundPart = rule(
  {
    article: `${KEPT}；RULES 11“The fund's part of all overspending of an area and scheme is at most its reserve”`,
    formula: 'sum(entitled) > held ? split(held, entitled, place) : at(entitled, place)',
  },
  ({ entitled: due, held, place }: { entitled: readonly Decimal[]; held: Decimal; place: number }) =>
    fundParts(due, held)[place - 1] as Decimal,
);
/** What the fund bears of all units together: never more than the reserve. */
export const reserveUsed = rule(
  { article: KEPT, formula: 'sum(fund_share)' },
  ({ fund_share }: { fund_share: readonly Decimal[] }) => sum(fund_share),
);

/** What the fund owes a unit for the year. */
export const payable = rule(
  { article: KEPT, formula: 'incurred <= budget ? incurred + retained : budget + fund_share' },
  ({ budget, incurred, retained: kept, fund_share }: Spent & { retained: Decimal; fund_share: Decimal }) =>
    incurred.lte(budget) ? incurred.plus(kept) : budget.plus(fund_share),
);

/** 异地就医: paid at cost, with nothing to keep and nothing to bear. */
const AT_COST_ARTICLE = 'RULES 11“elsewhere is paid at cost”：异地就医';
export const AT_COST = {
  payable: rule({ article: AT_COST_ARTICLE, formula: 'incurred' }, ({ incurred }: { incurred: Decimal }) => incurred),
  no_part: rule({ article: AT_COST_ARTICLE, formula: '0' }, () => zero),
} as const;

/** 清算款: signed; paid in the year after, or taken back. */
export const clearing = rule(
  { article: TOTAL, formula: 'payable - paid' },
  ({ payable: owed, paid }: { payable: Decimal; paid: Decimal }) => owed.minus(paid),
);

// --- Findings -----------------------------------------------------------------------------------------------------------------

interface Units {
  budget: readonly Decimal[];
  incurred: readonly Decimal[];
}
const above = (list: readonly Decimal[], limits: readonly Decimal[]): Decimal =>
  sum(list.map((amount, place) => atLeastZero(amount.minus(limits[place] as Decimal))));

const OVER = { article: KEPT, formula: 'sum(map(incurred, budget, each(c, b) = max(0, c - b)))' };
/** What the units but care elsewhere have spent above their budgets. */
export const overspent = rule(OVER, ({ incurred, budget }: Units) => above(incurred, budget));
export const isOverspent = rule({ article: KEPT, formula: `${OVER.formula} > 0` }, (units: Units): boolean =>
  overspent(units).gt(0),
);

const PAID = { article: TOTAL, formula: 'paid_to_units + paid_earlier_years - booked_care' };
interface PaidAndBooked {
  paid_to_units: Decimal;
  paid_earlier_years: Decimal;
  booked_care: Decimal;
}
/** What units say they were paid within the year, for whatever year's care, less what the area booked. */
export const paidDifference = rule(PAID, ({ paid_to_units, paid_earlier_years, booked_care }: PaidAndBooked) =>
  paid_to_units.plus(paid_earlier_years).minus(booked_care),
);
export const doesPaidDiffer = rule(
  { article: PAID.article, formula: `${PAID.formula} != 0` },
  (amounts: PaidAndBooked): boolean => !paidDifference(amounts).isZero(),
);

const OPEN = {
  article: `${KEPT}；RULES 11“paying hospitals late or early moves a gap between years”`,
  formula: 'sum(clearing)',
};
interface OpenClearing {
  clearing: readonly Decimal[];
  gap: Decimal;
}
/** What is still to be paid to the units, or taken back, of the year's care. */
export const openClearing = rule(OPEN, ({ clearing: owed }: { clearing: readonly Decimal[] }) => sum(owed));
export const isClearingOpen = rule(
  { article: OPEN.article, formula: `gap > 0 and ${OPEN.formula} != 0` },
  ({ clearing: owed, gap }: OpenClearing): boolean => gap.gt(0) && !sum(owed).isZero(),
);

const OWED = { article: TOTAL, formula: 'sum(map(incurred, paid, each(c, p) = max(0, c - p)))' };
interface OwedToUnits {
  incurred: readonly Decimal[];
  paid: readonly Decimal[];
}
/** What units had not been paid of the year's care when it ended. */
export const owedToUnits = rule(OWED, ({ incurred, paid }: OwedToUnits) => above(incurred, paid));
/** It is a finding above one month's expenditure. */
export const isMuchOwed = rule(
  { article: OWED.article, formula: `${OWED.formula} * 12 > expenditure` },
  ({ expenditure, ...units }: OwedToUnits & { expenditure: Decimal }): boolean =>
    owedToUnits(units).times(12).gt(expenditure),
);
