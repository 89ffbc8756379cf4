/**
 * 受理与待核对: whether a payment row is accepted, or why it is quarantined. The facts it is judged by (the roll, the terms of its
 * group, the rows before it) are given. The database decides rows in sets (`fund.decide_payments`); tests compare that with
 * these rules.
 *
 * Law: A(2) “各地原则上要于上年度9月1日至12月31日完成次年居民医保集中征缴”; RULES 4: the reason is the first that applies.
 * Dates are days in China, windows inclusive. Units: yuan.
 */
import type { Decimal } from './money';
import { rule } from './rule';

export const QUARANTINE_REASON_NAMES = {
  malformed: '格式错误',
  unknown_area: '统筹区不明',
  unknown_person: '参保登记中没有此人',
  out_of_window: '不在征缴期内',
  amount_mismatch: '金额与应缴（原缴）不符',
  duplicate_receipt: '票据号重复',
  duplicate_enrolment: '重复参保',
  refund_without_payment: '没有可退的缴费',
  refund_after_period_start: '待遇期开始后退费',
} as const;
export type QuarantineReason = keyof typeof QUARANTINE_REASON_NAMES;
export type RowOutcome = QuarantineReason | 'accepted';

const ARTICLE =
  'A(二)“各地原则上要于上年度9月1日至12月31日完成次年居民医保集中征缴”；RULES 4 受理与待核对“the reason is the first that applies”：按次序取第一个不符合的原因';

/** What every row is judged by. Null: a cell that a malformed row lacks, or a term of a group for a person on no roll. */
interface RowFacts {
  malformed: boolean;
  known_area: boolean;
  paid_on: string | null;
  amount: Decimal | null;
  /** An earlier accepted row has the same receipt. */
  receipt_taken: boolean;
}
export interface PaymentFacts extends RowFacts {
  /** The roll has this person, area and year. */
  on_roll: boolean;
  opens: string | null;
  closes: string | null;
  /** The group may pay before the window opens (READINGS 17). */
  exempt: boolean | null;
  due: Decimal | null;
  /** The person holds an accepted payment that is not refunded, or full aid, in any area. */
  enrolled: boolean;
}
export interface RefundFacts extends RowFacts {
  /** There is a payment with this receipt, person and area that may be refunded (READINGS 16); and its amount. */
  payment_found: boolean;
  paid_amount: Decimal | null;
  /** 1 January of the coverage year. */
  year_start: string;
}

const isBefore = (a: string | null, b: string | null): boolean => a !== null && b !== null && a < b;
const isOther = (a: Decimal | null, b: Decimal | null): boolean => a === null || b === null || !a.equals(b);

/** The first reason whose condition holds. */
const firstOf = (tests: readonly [RowOutcome, boolean][]): RowOutcome =>
  tests.find(([, holds]) => holds)?.[0] ?? 'accepted';

/** A payment (缴费). */
export const paymentOutcome = rule(
  {
    article: ARTICLE,
    formula: [
      'malformed ? "malformed"',
      'not known_area ? "unknown_area"',
      'not on_roll ? "unknown_person"',
      'before(paid_on, opens) and not exempt or before(closes, paid_on) ? "out_of_window"',
      'amount != due ? "amount_mismatch"',
      'receipt_taken ? "duplicate_receipt"',
      'enrolled ? "duplicate_enrolment" : "accepted"',
    ].join(' : '),
  },
  (row: PaymentFacts): RowOutcome =>
    firstOf([
      ['malformed', row.malformed],
      ['unknown_area', !row.known_area],
      ['unknown_person', !row.on_roll],
      ['out_of_window', (isBefore(row.paid_on, row.opens) && row.exempt !== true) || isBefore(row.closes, row.paid_on)],
      ['amount_mismatch', isOther(row.amount, row.due)],
      ['duplicate_receipt', row.receipt_taken],
      ['duplicate_enrolment', row.enrolled],
    ]),
);

/** A refund (退费): positive, of a payment that was made before it. */
export const refundOutcome = rule(
  {
    article: ARTICLE,
    formula: [
      'malformed ? "malformed"',
      'not known_area ? "unknown_area"',
      'not payment_found ? "refund_without_payment"',
      'not before(paid_on, year_start) ? "refund_after_period_start"',
      'amount != paid_amount ? "amount_mismatch"',
      'receipt_taken ? "duplicate_receipt" : "accepted"',
    ].join(' : '),
  },
  (row: RefundFacts): RowOutcome =>
    firstOf([
      ['malformed', row.malformed],
      ['unknown_area', !row.known_area],
      ['refund_without_payment', !row.payment_found],
      ['refund_after_period_start', !isBefore(row.paid_on, row.year_start)],
      ['amount_mismatch', isOther(row.amount, row.paid_amount)],
      ['duplicate_receipt', row.receipt_taken],
    ]),
);
