/**
 * Plain lines of the payment files (缴费流水): those that are in order, paid at a second of Beijing time. All others, malformed ones
 * among them, are left to `readPaymentLine`.
 */
import { type InstantOfPayment, readInstant } from './instant';
import { LONGEST_IDENTIFIER, PAYMENT_COLUMNS, type PaymentContext, type PaymentPlaces } from './payment-row';
import { PlainCells, type PlainLines, PlainWords } from './plain-line';

/** One plain row of the coverage year: its cells, and what was read from them. */
export interface PlainPayment {
  cells: PlainCells;
  places: PaymentPlaces;
  line: number;
  /** The named area has the resident scheme. */
  isKnownArea: boolean;
  paidInstant: number; // seconds since 1970
  paidOn: string; // the date in China
}

/** A day in China: its date, and the second at which it begins. */
interface Day {
  date: string;
  begins: number;
}

const PAYMENT = Buffer.from('payment');
const REFUND = Buffer.from('refund');
const NO_PLACES = Object.fromEntries(PAYMENT_COLUMNS.map((column) => [column, 0])) as PaymentPlaces;

export class PlainPayments implements PlainLines {
  readonly #row: PlainPayment = {
    cells: new PlainCells(PAYMENT_COLUMNS.length),
    places: NO_PLACES,
    line: 0,
    isKnownArea: false,
    paidInstant: 0,
    paidOn: '',
  };
  readonly #year: number;
  readonly #areas: PlainWords;
  readonly #days = new Days();

  /** `placesOf` reads the header, which was in order when the pack was judged. */
  constructor(
    { year, residentAreas }: Omit<PaymentContext, 'places'>,
    private readonly placesOf: (header: string) => PaymentPlaces,
    private readonly onRow: (row: PlainPayment) => void,
  ) {
    this.#year = year;
    this.#areas = new PlainWords(residentAreas);
  }

  header(text: string): void {
    this.#row.places = this.placesOf(text);
  }

  get places(): PaymentPlaces {
    return this.#row.places;
  }

  take(bytes: Buffer, start: number, end: number, line: number): boolean {
    const row = this.#row;
    const { cells, places } = row;
    if (!cells.cut(bytes, start, end)) return false;
    const year = cells.year(places.coverage_year);
    // Another coverage year is of another cycle, whatever else the row says.
    if (year !== this.#year) return year >= 0;
    if (!this.#isNamed() || !this.#isOfKind() || !cells.isAmount(places.amount)) return false;
    const day = this.#days.of(cells, places.paid_at);
    const second = secondOfDay(cells, places.paid_at);
    if (day === null || second === null) return false;
    row.line = line;
    row.isKnownArea = this.#areas.have(cells, places.area);
    row.paidInstant = day.begins + second;
    row.paidOn = day.date;
    this.onRow(row);
    return true;
  }

  #isNamed(): boolean {
    const { cells, places } = this.#row;
    return (
      cells.isText(places.receipt, LONGEST_IDENTIFIER) &&
      cells.isText(places.person, LONGEST_IDENTIFIER) &&
      cells.isText(places.area, LONGEST_IDENTIFIER)
    );
  }

  #isOfKind(): boolean {
    const { cells, places } = this.#row;
    if (cells.equals(places.kind, PAYMENT)) return cells.length(places.original_receipt) <= LONGEST_IDENTIFIER;
    return cells.equals(places.kind, REFUND) && cells.isText(places.original_receipt, LONGEST_IDENTIFIER);
  }
}

const TIME = { length: 'YYYY-MM-DDThh:mm:ss+08:00'.length, offset: Buffer.from('+08:00') };
const [DASH, T, COLON] = [Buffer.from('-'), Buffer.from('T'), Buffer.from(':')] as const;
const MOST_DAYS = 10_000;

/** The days on which rows were paid; many rows share one. */
class Days {
  readonly #known = new Map<number, Day | null>();

  /** The day of a time; null where there is no such day, or no time in this form. */
  of(cells: PlainCells, cell: number): Day | null {
    if (cells.length(cell) !== TIME.length || !cells.has(cell, DASH, 4) || !cells.has(cell, DASH, 7)) return null;
    const number = 10_000 * cells.digits(cell, 0, 4) + 100 * cells.digits(cell, 5, 2) + cells.digits(cell, 8, 2);
    const known = this.#known.get(number);
    if (known !== undefined) return known;
    if (this.#known.size === MOST_DAYS) this.#known.clear();
    const day = dayOf(readInstant(`${cells.text(cell).slice(0, 10)}T00:00:00+08:00`));
    this.#known.set(number, day);
    return day;
  }
}

// A number of seconds, not of yuan.
const dayOf = (begins: InstantOfPayment | null): Day | null =>
  begins && { date: begins.paid_on, begins: Number(begins.paid_instant) };

/** The second within its day of a time in this form. */
function secondOfDay(cells: PlainCells, cell: number): number | null {
  const isTime =
    cells.has(cell, T, 10) &&
    cells.has(cell, COLON, 13) &&
    cells.has(cell, COLON, 16) &&
    cells.has(cell, TIME.offset, 19);
  const [hour, minute, second] = [cells.digits(cell, 11, 2), cells.digits(cell, 14, 2), cells.digits(cell, 17, 2)];
  return isTime && hour < 24 && minute < 60 && second < 60 ? 3600 * hour + 60 * minute + second : null;
}
