/**
 * The resident collection decided on paper: row after row in their order, as RULES 4 and READINGS 8–17 tell it, with
 * nothing of the database. `fund.decide_payments` is held against it. What a row meets is found here; what follows from it is
 * the rule of one row (`rules/payment-row.ts`).
 */
import { decimal } from '../../rules/money';
import { type QuarantineReason, type RowOutcome, paymentOutcome, refundOutcome } from '../../rules/payment-row';

export interface Member {
  person: string;
  area: string;
  group: string;
}
/** What a member of a group owes in an area, and when it may be paid. */
export interface Term {
  due: string;
  aid: string;
  opens: string;
  closes: string;
  exempt: boolean; // may also pay before the window opens
}
export interface PaymentRow {
  line: number;
  receipt: string;
  person: string;
  area: string | null; // null: not a known one
  amount: string;
  instant: number; // seconds since 1970
  day: string; // its date in Shanghai
  kind: 'payment' | 'refund';
  original: string;
  malformed: boolean;
}
export type Reason = QuarantineReason;
export interface Decision {
  line: number;
  reason: Reason | null; // null: accepted
  aid: string | null; // booked with a payment, or reversed by its refund
  refundOf: number | null; // the line of the payment that a refund gives back
}

/** A quarantined payment is cash, and may be given back, when its reason is one of these. */
const REFUNDABLE: readonly (Reason | null)[] = ['amount_mismatch', 'out_of_window', 'duplicate_enrolment'];

const reasonOf = (outcome: RowOutcome): Reason | null => (outcome === 'accepted' ? null : outcome);

const inOrder = (a: PaymentRow, b: PaymentRow): number =>
  a.instant - b.instant || (a.receipt < b.receipt ? -1 : a.receipt > b.receipt ? 1 : a.line - b.line);

export class Collection {
  readonly #decided: { row: PaymentRow; decision: Decision; refunded: boolean; isEarlier: boolean }[] = [];
  readonly #fullyAided: ReadonlySet<string>;

  constructor(
    private readonly year: number,
    private readonly roll: readonly Member[],
    private readonly termOf: (area: string, group: string) => Term,
  ) {
    this.#fullyAided = new Set(
      roll.filter(({ area, group }) => termOf(area, group).due === '0.00').map(({ person }) => person),
    );
  }

  /** Decides the rows that came together. What was decided before stands, and is earlier than all of them. */
  decide(rows: readonly PaymentRow[]): Decision[] {
    for (const decided of this.#decided) decided.isEarlier = true;
    for (const row of [...rows].sort(inOrder)) {
      const decision = row.kind === 'refund' ? this.#refund(row) : this.#payment(row);
      this.#decided.push({ row, decision, refunded: false, isEarlier: false });
    }
    return this.#decided.map(({ decision }) => decision).sort((a, b) => a.line - b.line);
  }

  #payment(row: PaymentRow): Decision {
    const member = this.roll.find(({ person, area }) => person === row.person && area === row.area);
    const term = member && this.termOf(member.area, member.group);
    const outcome = paymentOutcome({
      ...this.#rowFacts(row),
      on_roll: term !== undefined,
      opens: term?.opens ?? null,
      closes: term?.closes ?? null,
      exempt: term?.exempt ?? null,
      due: term === undefined ? null : decimal(term.due),
      enrolled: this.#isEnrolled(row.person),
    });
    const reason = reasonOf(outcome);
    return { line: row.line, reason, aid: reason === null ? (term as Term).aid : null, refundOf: null };
  }

  #refund(row: PaymentRow): Decision {
    const named = this.#decided.filter(
      ({ row: paid, refunded }) =>
        paid.kind === 'payment' &&
        !refunded &&
        paid.receipt === row.original &&
        paid.person === row.person &&
        paid.area === row.area,
    );
    named.sort((a, b) => Number(b.isEarlier) - Number(a.isEarlier) || inOrder(a.row, b.row));
    const given =
      named.find(({ decision }) => decision.reason === null) ??
      named.find(({ decision }) => REFUNDABLE.includes(decision.reason));
    const outcome = refundOutcome({
      ...this.#rowFacts(row),
      payment_found: given !== undefined,
      paid_amount: given === undefined ? null : decimal(given.row.amount),
      year_start: `${this.year}-01-01`,
    });
    if (outcome !== 'accepted' || given === undefined) {
      return { line: row.line, reason: reasonOf(outcome), aid: null, refundOf: null };
    }
    given.refunded = true;
    return { line: row.line, reason: null, aid: given.decision.aid, refundOf: given.row.line };
  }

  #rowFacts(row: PaymentRow) {
    return {
      malformed: row.malformed,
      known_area: row.area !== null,
      paid_on: row.day,
      amount: decimal(row.amount),
      receipt_taken: this.#isReceiptTaken(row),
    };
  }

  #isReceiptTaken({ receipt }: PaymentRow): boolean {
    return this.#decided.some(({ row, decision }) => row.receipt === receipt && decision.reason === null);
  }

  #isEnrolled(person: string): boolean {
    const holds = this.#decided.some(
      ({ row, decision, refunded }) =>
        row.person === person && row.kind === 'payment' && decision.reason === null && !refunded,
    );
    return holds || this.#fullyAided.has(person);
  }
}
