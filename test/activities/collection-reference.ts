/**
 * The rows of a collection decided on paper, one after the other, from RULES 4 and READINGS 8–17 alone: neither the rule of one row
 * nor the database has a part in it. The acts are held to it (`collection-order.test.ts`).
 */

export type Columns =
  'receipt' | 'person' | 'area' | 'coverage_year' | 'amount' | 'paid_at' | 'kind' | 'original_receipt';
export type Cells = Record<Columns, string>;

/** A line of a payment file. */
export interface Line {
  file: string;
  line: number;
  cells: Cells | null; // null: no record of eight fields
}
export interface Member {
  person: string;
  area: string;
  group: string;
}
/** What a member of a group owes in an area, what aid pays for it, and from when to when it may be paid. */
export interface Terms {
  due: number; // fen, as all amounts here
  aid: number;
  opens: string;
  closes: string;
}
export interface Law {
  year: number;
  /** The areas with residents. */
  areas: readonly string[];
  terms: (area: string, group: string) => Terms;
}

export type Outcome = string; // 'accepted', 'left out', or the reason of the quarantine

export interface Counts {
  registered: number;
  paid: number;
  due: number;
  collected: number;
  aid: number;
  accepted_rows: number;
  quarantined_rows: number;
  quarantined_amount: number;
}
export const nothing = (): Counts => ({
  ...{ registered: 0, paid: 0, due: 0, collected: 0, aid: 0 },
  ...{ accepted_rows: 0, quarantined_rows: 0, quarantined_amount: 0 },
});

/** A row as far as it can be read. */
interface Read {
  line: Line;
  cells: Cells;
  area: string; // 'unknown' where no known area is named
  amount: number | null;
  instant: number; // microseconds
  day: string; // in Shanghai
  malformed: boolean;
}
interface Payment {
  row: Read;
  outcome: Outcome;
  aid: number;
  refunded: boolean;
}

const NO_CELLS: Cells = {
  ...{ receipt: '', person: '', area: '', coverage_year: '', amount: '', paid_at: '', kind: '', original_receipt: '' },
};
const UNKNOWN = 'unknown';
/** What a quarantined payment must have been quarantined for if a refund is to name it. */
const CASH_TO_RETURN = ['amount_mismatch', 'out_of_window', 'duplicate_enrolment'];

const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

function fenOf(text: string): number | null {
  const [, whole, fraction = ''] = /^([0-9]{1,16})(?:\.([0-9]{1,2}))?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  const fen = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return fen > 0 ? fen : null;
}

/** RFC 3339 with seconds and an offset; null for anything else. */
function timeOf(text: string): { instant: number; day: string } | null {
  const parts = /^(\d{4}-\d\d-\d\d)(T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  const [, date = '', time = '', fraction = '', offset = ''] = parts ?? [];
  const milliseconds = Date.parse(`${date}${time}${offset}`);
  if (Number.isNaN(milliseconds) || !new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)) return null;
  const inShanghai = new Date(milliseconds + 8 * 3_600_000);
  return { instant: milliseconds * 1000 + Number(fraction.padEnd(6, '0')), day: inShanghai.toISOString().slice(0, 10) };
}

/** Null for a row of another coverage year. */
function read(line: Line, { year, areas }: Law): Read | null {
  const cells = line.cells ?? NO_CELLS;
  const isYear = /^[0-9]{4}$/.test(cells.coverage_year);
  if (isYear && cells.coverage_year !== String(year)) return null;
  const [amount, time] = [fenOf(cells.amount), timeOf(cells.paid_at)];
  const isNamed = cells.receipt !== '' && cells.person !== '' && cells.area !== '';
  const isKind = cells.kind === 'payment' || (cells.kind === 'refund' && cells.original_receipt !== '');
  return {
    line,
    cells,
    area: areas.includes(cells.area) ? cells.area : UNKNOWN,
    amount,
    ...(time ?? { instant: 0, day: '' }),
    malformed: !(isYear && isNamed && isKind && amount !== null && time !== null),
  };
}

const inOrder = (a: Read, b: Read): number =>
  a.instant - b.instant ||
  byCodePoint(a.cells.receipt, b.cells.receipt) ||
  byCodePoint(a.line.file, b.line.file) ||
  a.line.line - b.line.line;

/** One reading of some persons and their rows. What it comes to is added to the counts of the areas. */
export class Reading {
  readonly outcomes = new Map<Line, Outcome>();
  readonly #payments: Payment[] = [];
  readonly #receipts = new Set<string>(); // of accepted rows
  readonly #fullAid = new Map<string, string>(); // the area of each person who needs no payment

  constructor(
    private readonly law: Law,
    private readonly roll: readonly Member[],
    private readonly countsOf: (area: string) => Counts,
  ) {
    for (const { person, area, group } of roll) {
      const { due } = law.terms(area, group);
      this.#add(area, { registered: 1, due });
      const lowest = this.#fullAid.get(person);
      if (due === 0 && (lowest === undefined || byCodePoint(area, lowest) < 0)) this.#fullAid.set(person, area);
    }
    for (const [person, area] of this.#fullAid)
      this.#add(area, { paid: 1, aid: this.#termsOf(person, area)?.aid ?? 0 });
  }

  decide(lines: readonly Line[]): void {
    const rows: Read[] = [];
    for (const line of lines) {
      const row = read(line, this.law);
      if (row === null) this.outcomes.set(line, 'left out');
      else rows.push(row);
    }
    for (const row of rows.sort(inOrder)) {
      const outcome = row.cells.kind === 'refund' ? this.#refund(row) : this.#payment(row);
      this.outcomes.set(row.line, outcome);
      if (outcome === 'accepted') this.#receipts.add(row.cells.receipt);
      this.#count(row, outcome);
    }
  }

  #payment(row: Read): Outcome {
    const outcome = this.#outcomeOfPayment(row);
    const accepted = outcome === 'accepted';
    const aid = accepted ? (this.#termsOf(row.cells.person, row.area)?.aid ?? 0) : 0;
    if (!row.malformed) this.#payments.push({ row, outcome, aid, refunded: false });
    if (accepted) this.#add(row.area, { paid: 1, collected: row.amount ?? 0, aid });
    return outcome;
  }

  #outcomeOfPayment({ malformed, area, day, amount, cells: { receipt, person } }: Read): Outcome {
    if (malformed) return 'malformed';
    if (area === UNKNOWN) return 'unknown_area';
    const terms = this.#termsOf(person, area);
    if (terms === undefined) return 'unknown_person';
    if (day < terms.opens || day > terms.closes) return 'out_of_window';
    if (amount !== terms.due) return 'amount_mismatch';
    if (this.#receipts.has(receipt)) return 'duplicate_receipt';
    const holds = this.#payments.some(
      ({ row, outcome, refunded }) => row.cells.person === person && outcome === 'accepted' && !refunded,
    );
    return holds || this.#fullAid.has(person) ? 'duplicate_enrolment' : 'accepted';
  }

  #refund(row: Read): Outcome {
    const { malformed, area, day, amount, cells } = row;
    if (malformed) return 'malformed';
    if (area === UNKNOWN) return 'unknown_area';
    const named = this.#payments.filter(
      ({ row: paid, refunded }) =>
        !refunded &&
        paid.cells.receipt === cells.original_receipt &&
        paid.cells.person === cells.person &&
        paid.area === area,
    );
    const payment =
      named.find(({ outcome }) => outcome === 'accepted') ??
      named.find(({ outcome }) => CASH_TO_RETURN.includes(outcome));
    if (payment === undefined) return 'refund_without_payment';
    if (day >= `${this.law.year}-01-01`) return 'refund_after_period_start';
    if (amount !== payment.row.amount) return 'amount_mismatch';
    if (this.#receipts.has(cells.receipt)) return 'duplicate_receipt';
    payment.refunded = true;
    if (payment.outcome === 'accepted') this.#add(area, { paid: -1, collected: -(amount ?? 0), aid: -payment.aid });
    else this.#add(area, { quarantined_amount: -(amount ?? 0) });
    return 'accepted';
  }

  #count({ area, amount, cells: { kind } }: Read, outcome: Outcome): void {
    if (outcome === 'accepted') return this.#add(area, { accepted_rows: 1 });
    const sign = kind === 'payment' ? 1 : kind === 'refund' ? -1 : 0;
    this.#add(area, { quarantined_rows: 1, quarantined_amount: sign * (amount ?? 0) });
  }

  #termsOf(person: string, area: string): Terms | undefined {
    const member = this.roll.find((registered) => registered.person === person && registered.area === area);
    return member && this.law.terms(area, member.group);
  }

  #add(area: string, more: Partial<Counts>): void {
    const counts = this.countsOf(area);
    for (const [name, by] of Object.entries(more) as [keyof Counts, number][]) counts[name] += by;
  }
}
