/**
 * 保费收入确认口径: in whose books the premium that was received before the year began is income, and what an opening on
 * receipts holds of it.
 *
 * Law: RULES 9 “Premium recognition”, READINGS 65; 社会保险基金会计制度补充规定（2026年1月1日起施行）. Units: yuan.
 */
import { collectedByPerson, collectedInTotal } from './collection';
import { type Decimal, yuanText, zero } from './money';
import { type Because, type Explained, type Source, explain, reasonOf, rule } from './rule';
import type { Scheme } from './vocabulary';

const RECEIPTS = 'RULES 9“payments, refunds, aid and quarantined cash dated before 1 Jan Y are in the books of Y−1”';
const HELD = 'RULES 9“the opening holds the advance premium P”';

/** By receipts, the tax bureau's total is of the year before: it is dated 31 December (READINGS 20). */
export const nothingReceived = rule({ article: RECEIPTS, formula: '0' }, () => zero);

/** S on 1 January where the opening stands on receipts and the area recognises by coverage year. */
export const surplusWithoutAdvance = rule(
  { article: HELD, formula: 'opening - advance' },
  ({ opening, advance }: { opening: Decimal; advance: Decimal }) => opening.minus(advance),
);
/** What an opening holds becomes income on 1 January: P, less what is booked of it. */
export const heldAdvanceBecomesIncome = rule(
  { article: HELD, formula: 'advance - booked_before' },
  ({ advance, booked_before }: { advance: Decimal; booked_before: Decimal }) => advance.minus(booked_before),
);

/** The surplus of one area's pooled fund on 1 January, and what it rests on. */
export interface OpeningFacts {
  year: number;
  scheme: Scheme;
  area: string;
  opening: Decimal; // as it stands in opening.csv
  /** The advance premium P that it holds; null where it holds none. */
  held: { amount: Decimal; byPerson: boolean } | null;
}
export interface OpeningFigure {
  surplus: Explained<Decimal>;
  advance: Explained<Decimal> | null;
}

export function openingFigure({ year, scheme, area, opening, held }: OpeningFacts): OpeningFigure {
  const from: Source = {
    rows: 'opening.csv',
    of: { area, scheme, part: 'pooled', year, column: 'accumulated_surplus' },
  };
  if (held === null) return { surplus: { value: opening, because: asGiven(opening, from) }, advance: null };
  return {
    surplus: explain(surplusWithoutAdvance, {
      opening: { value: opening, from },
      advance: { value: held.amount, from: { figure: 'opening_surplus.advance', of: { scheme, area } } },
    }),
    advance: {
      value: held.amount,
      because: receivedBecause(area, held.byPerson, { until: `${year - 1}-12-31` }),
    },
  };
}

const asGiven = (value: Decimal, from: Source): Because => ({
  article: 'RULES 7“opening”',
  formula: 'value',
  inputs: { value: { value: yuanText(value), from } },
});

/** What the collection brought on some days: accepted payments with their aid, less refunds; or the tax bureau's total. */
export function receivedBecause(area: string, byPerson: boolean, days: { since?: string; until?: string }): Because {
  if (!byPerson) {
    // The total is dated the last day of the year before.
    if (days.since !== undefined) {
      return reasonOf(nothingReceived, { total: { from: { stated: '税务合计记为上年12月31日收到' } } });
    }
    return reasonOf(collectedInTotal, {
      total: { from: { rows: 'collection_totals.csv', of: { area, column: 'amount' } } },
    });
  }
  return reasonOf(collectedByPerson, {
    paid: { from: { rows: 'resident_payments.csv', of: { area, ...days, column: 'premium' } } },
    enrolled: { from: { rows: 'resident_roll.csv', of: { area, enrolled: true, ...days, column: 'aid' } } },
  });
}
