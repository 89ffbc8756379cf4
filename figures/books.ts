/** 记账: the entries of openings, premiums received in advance, interest and actuals, each with the reason of its amount. */
import type { Posting } from '../db/journal';
import type { HeldAdvance } from '../db/opening';
import { daysAfter, monthEnd } from '../rules/calendar-day';
import { journalKey } from '../rules/keys';
import { type Decimal, yuanText } from '../rules/money';
import {
  FUND_BALANCE,
  RECEIVED_IN_ADVANCE,
  SPECIAL_ACCOUNT,
  advanceBecomesIncome,
  itemSides,
  lateAdvanceBecomesIncome,
} from '../rules/posting';
import { heldAdvanceBecomesIncome } from '../rules/recognition';
import { type Because, type Explained, type Source, explain, reasonOf, taken } from '../rules/rule';
import { ITEM_NAMES, type Item, type Part, REGION, type Scheme } from '../rules/vocabulary';

interface Fund {
  entity: string;
  scheme: Scheme;
  part: Part;
}

/** `correction` is the number of a correction that changes the opening after the books were opened. */
export function openingPosting(
  { entity, scheme, part }: Fund,
  date: string,
  amount: Decimal,
  correction?: string,
): Posting {
  const from = correction === undefined ? openingRow({ entity, scheme, part }) : { correction };
  return {
    date,
    entity,
    scheme,
    part,
    key: journalKey.opening(entity, scheme, part, correction),
    basis: 'RULES 9(1) 年初余额',
    debit: SPECIAL_ACCOUNT,
    credit: FUND_BALANCE,
    amount,
    because: taken('RULES 9(1) 年初余额', yuanText(amount), from),
  };
}
const openingRow = ({ entity, scheme, part }: Fund): Source =>
  entity === REGION
    ? { rows: 'adjustment_fund.csv', of: { scheme, column: 'opening_balance' } }
    : { rows: 'opening.csv', of: { area: entity, scheme, part, column: 'accumulated_surplus' } };

/** Entries of cash that came after the books were opened, by their keys, and the booking that made them. */
interface LateEntries {
  booking: number;
  keys: readonly string[];
}

/** 预收保费转为收入: what an area collected before the year began becomes income on its first day. */
export function advanceToIncome(area: string, date: string, amount: Decimal, late?: LateEntries): Posting {
  const inputs = { received: advance(area, date, 'credit', late), returned: advance(area, date, 'debit', late) };
  return {
    date,
    entity: area,
    scheme: 'resident',
    part: 'pooled',
    key: `collection/${area}/advance-to-income${late === undefined ? '' : `/${late.booking}`}`,
    basis: '社会保险基金会计制度补充规定（2026年1月1日起施行）；RULES 9(2)',
    debit: RECEIVED_IN_ADVANCE,
    credit: ITEM_NAMES.premium,
    amount,
    because: reasonOf(late === undefined ? advanceBecomesIncome : lateAdvanceBecomesIncome, inputs),
  };
}

/**
 * The advance premiums that an opening on receipts holds are income of the first day, as far as they are not booked yet (RULES
 * 9).
 */
export function heldAdvanceToIncome(date: string, { area, advance, booked, entries }: HeldAdvance): Posting {
  const before = Array.from({ length: entries }, (_, i) => journalKey.heldAdvance(area, i === 0 ? undefined : i + 1));
  const { value, because } = explain(heldAdvanceBecomesIncome, {
    advance: { value: advance, from: { figure: 'opening_surplus.advance', of: { scheme: 'resident', area } } },
    booked_before: {
      value: booked,
      from:
        entries === 0
          ? { stated: '尚未入账' }
          : {
              rows: 'journal.csv',
              of: { entity: area, account: FUND_BALANCE, key: before, column: 'debit_less_credit' },
            },
    },
  });
  return {
    date,
    entity: area,
    scheme: 'resident',
    part: 'pooled',
    key: journalKey.heldAdvance(area, entries === 0 ? undefined : entries + 1),
    basis: '社会保险基金会计制度补充规定（2026年1月1日起施行）；RULES 9 保费确认',
    debit: FUND_BALANCE,
    credit: ITEM_NAMES.premium,
    amount: value,
    because,
  };
}

/** What was booked as received in advance (暂收款) before the year began, or the late entries among it. */
const advance = (
  area: string,
  date: string,
  column: 'debit' | 'credit',
  late?: LateEntries,
): Because['inputs'][string] => ({
  from: {
    rows: 'journal.csv',
    of: {
      entity: area,
      scheme: 'resident',
      part: 'pooled',
      account: RECEIVED_IN_ADVANCE,
      until: daysAfter(date, -1),
      ...(late === undefined ? {} : { key: late.keys }),
      column,
    },
  },
});

/** 调剂金利息. */
export const interestPosting = (scheme: Scheme, year: number, date: string, interest: Decimal): Posting => ({
  date,
  entity: REGION,
  scheme,
  part: 'pooled',
  key: `interest/${REGION}/${scheme}`,
  basis: 'A(六)“独立核算”；RULES 9(4) 利息',
  debit: SPECIAL_ACCOUNT,
  credit: ITEM_NAMES.interest,
  amount: interest,
  because: taken('A(六)“专款专用，独立核算”', yuanText(interest), {
    rows: 'adjustment_fund.csv',
    of: { scheme, year, column: 'interest' },
  }),
});

/** An actual of one month: an item of one part of an area's fund. */
export interface Actual {
  area: string;
  scheme: Scheme;
  part: Part;
  month: number;
  item: Item;
}
/** A correction after the month was booked: what its entry is called beside the first one, and its number. */
interface CorrectedEntry {
  suffix: string;
  correction: string;
}

/** An actual is booked on its month's last day (RULES 9(3)). */
export function actualPosting(
  year: number,
  { area, scheme, part, month, item }: Actual,
  amount: Decimal,
  corrected?: CorrectedEntry,
): Posting {
  const from: Source = corrected
    ? { correction: corrected.correction }
    : { rows: 'actuals.csv', of: { area, scheme, part, year, month, item } };
  return {
    date: monthEnd(year, month),
    entity: area,
    scheme,
    part,
    key: `actual/${area}/${scheme}/${part}/${String(month).padStart(2, '0')}/${item}${corrected?.suffix ?? ''}`,
    basis: 'A(五) 预算执行；RULES 9(3)',
    ...itemSides(item),
    amount,
    because: taken('A(五)“强化医保基金预算执行监督”', yuanText(amount), from),
  };
}

/** A levy in both books: the area's side and the region's side are two entries (RULES 9(4)). */
export function levyPostings(
  scheme: Scheme,
  area: string,
  { value: amount, because }: Explained<Decimal>,
  date: string,
  step: string,
): Posting[] {
  const common = { date, scheme, part: 'pooled' as const, basis: 'A(六) 上解；RULES 9(4)', amount, because };
  const [key, keyOfRegion] = [journalKey.levy(scheme, area, step), journalKey.levyOfRegion(scheme, area, step)];
  return [
    { ...common, entity: area, key, debit: ITEM_NAMES.levy_to_superior, credit: SPECIAL_ACCOUNT },
    { ...common, entity: REGION, key: keyOfRegion, debit: SPECIAL_ACCOUNT, credit: ITEM_NAMES.subordinate_levy },
  ];
}
