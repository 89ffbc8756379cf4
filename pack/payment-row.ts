/**
 * One line of `resident_payments.csv` (缴费流水). A bad row is never refused: it is kept as malformed, with whatever can be read
 * of it, and quarantined (CONTRACT 2, READINGS 9–13).
 */
import { withoutCarriageReturn } from './lines';
import { type InstantOfPayment, readInstant } from './instant';
import { splitRecord } from './record';

export const PAYMENT_COLUMNS = [
  'receipt',
  'person',
  'area',
  'coverage_year',
  'amount',
  'paid_at',
  'kind',
  'original_receipt',
] as const;
type PaymentColumn = (typeof PAYMENT_COLUMNS)[number];
/** The place of each column in the file. */
export type PaymentPlaces = Readonly<Record<PaymentColumn, number>>;

export interface PaymentRow {
  line: number;
  receipt: string;
  person: string;
  named_area: string;
  area: string | null; // the named area, if it has the resident scheme
  amount: string | null; // null: unreadable
  paid_instant: string | null; // seconds since 1970, exact
  paid_on: string | null; // the date in China at that instant
  kind: 'payment' | 'refund' | null;
  original_receipt: string;
  malformed: boolean;
}

export interface PaymentContext {
  year: number; // the coverage year of the cycle
  places: PaymentPlaces;
  residentAreas: ReadonlySet<string>;
}

/** Reads a physical line; null for an empty line, and for a row of another coverage year, which belongs to another cycle. */
export function readPaymentLine(physicalLine: string, line: number, context: PaymentContext): PaymentRow | null {
  const text = withoutCarriageReturn(physicalLine);
  if (text === '') return null;
  const { fields } = splitRecord(text);
  // With a wrong number of fields nobody knows which is which: the whole row is unreadable.
  if (fields?.length !== PAYMENT_COLUMNS.length) return unreadable(line);

  const cell = (column: PaymentColumn): string => fields[context.places[column]] as string;
  const year = cell('coverage_year');
  const isYear = /^\d{4}$/.test(year);
  if (isYear && Number(year) !== context.year) return null;

  const [receipt, person] = [identifier(cell('receipt')), identifier(cell('person'))];
  const [named_area, original_receipt] = [identifier(cell('area')), identifier(cell('original_receipt'))];
  const kind = kindOf(cell('kind'));
  const amount = amountOf(cell('amount'));
  const instant = readInstant(cell('paid_at'));
  const isNamed = receipt !== '' && person !== '' && named_area !== '';
  const isComplete = isYear && kind !== null && amount !== null && instant !== null;
  const hasOriginal = kind !== 'refund' || original_receipt !== '';
  return {
    line,
    receipt,
    person,
    named_area,
    area: context.residentAreas.has(named_area) ? named_area : null,
    amount,
    ...(instant ?? NO_INSTANT),
    kind,
    original_receipt,
    malformed: !(isNamed && isComplete && hasOriginal),
  };
}

const NO_INSTANT: Record<keyof InstantOfPayment, null> = { paid_instant: null, paid_on: null };

const unreadable = (line: number): PaymentRow => ({
  line,
  receipt: '',
  person: '',
  named_area: '',
  area: null,
  amount: null,
  ...NO_INSTANT,
  kind: null,
  original_receipt: '',
  malformed: true,
});

/** No receipt or person id is as long, and the database could not index a longer one: such a text is read as empty. */
export const LONGEST_IDENTIFIER = 500;
const identifier = (text: string): string => (text.length <= LONGEST_IDENTIFIER ? text : '');

const kindOf = (text: string): PaymentRow['kind'] => (text === 'payment' || text === 'refund' ? text : null);

/** Above 0, with at most 16 digits before the point and one or two behind it. */
const amountOf = (text: string): string | null =>
  /^\d{1,16}(\.\d{1,2})?$/.test(text) && /[1-9]/.test(text) ? text : null;
