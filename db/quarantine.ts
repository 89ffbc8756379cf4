/** Payment rows in quarantine (待核对). A person's id never leaves the database. */
import type { QuarantineReason } from '../rules/payment-row';
import type { Queryable } from './connect';
import { select } from './rows';

export interface QuarantinedReason {
  reason: QuarantineReason;
  rows: string;
  receipts: string; // different ones
  payments: string; // yuan
  refunds: string; // yuan
}

export interface QuarantinedRow {
  file: string;
  line: number;
  receipt: string;
  kind: 'payment' | 'refund' | null;
  paid_on: string | null;
  amount: string | null;
  reason: QuarantineReason;
}

/** The rows that name an area; when `area` is null, those that name no known one. */
export const quarantinedByReason = (db: Queryable, year: number, area: string | null): Promise<QuarantinedReason[]> =>
  select<QuarantinedReason>(
    db,
    `select reason, count(*) as rows, count(distinct nullif(receipt, '')) as receipts,
       coalesce(sum(amount) filter (where kind = 'payment'), 0.00) as payments,
       coalesce(sum(amount) filter (where kind = 'refund'), 0.00) as refunds
     from fund.resident_payment
     where fund_year = :year and outcome = 'quarantined' and area is not distinct from :area
     group by reason order by reason`,
    { year, area },
  );

const ROWS = `
  select file, line, receipt, kind, paid_on, amount, reason from fund.resident_payment
  where fund_year = :year and outcome = 'quarantined' and area is not distinct from :area
    and (:reason::text is null or reason = :reason)`;

/** Row by row, in the order of the files, at most `most`. */
export const quarantinedRows = (
  db: Queryable,
  year: number,
  area: string | null,
  reason: string | null,
  most: number,
): Promise<QuarantinedRow[]> =>
  select<QuarantinedRow>(db, `${ROWS} order by reason, file collate "C", line limit :most`, {
    year,
    area,
    reason,
    most,
  });

const PAGE = 5000;

/** All rows, some thousands at a time, in the order of file and line: they are never all held in memory. */
export async function* quarantinedPages(
  db: Queryable,
  year: number,
  area: string | null,
  reason: string | null,
): AsyncGenerator<QuarantinedRow[]> {
  let after: Place = { file: '', line: 0 };
  for (;;) {
    const rows = await select<QuarantinedRow>(
      db,
      `${ROWS} and (file collate "C", line) > (:file, :line) order by file collate "C", line limit ${PAGE}`,
      { year, area, reason, file: after.file, line: after.line },
    );
    if (rows.length > 0) yield rows;
    const last = rows[PAGE - 1];
    if (last === undefined) return;
    after = last;
  }
}
export interface Place {
  file: string;
  line: number;
}

export interface QuarantineCase extends Place {
  receipt: string;
  reason: string;
  named_area: string;
  area: string | null;
  kind: 'payment' | 'refund' | null;
  amount: string | null;
  paid_on: string | null;
  malformed: boolean;
  group: string | null;
  /** The roll row of this person, area and year. */
  roll: Place | null;
  due: string | null;
  opens: string | null;
  closes: string | null;
  exempt: boolean | null;
  /** The accepted row before it with the same receipt. */
  same_receipt: Place | null;
  /** What the person was enrolled by when the row came: an accepted payment not refunded by then, or full aid. */
  enrolment: Place | null;
  /** For a refund: the payment it names, and its amount. */
  payment: (Place & { amount: string }) | null;
}

/** Rows in quarantine, in the order of file and line; each fact as it was when the row was decided. */
export const quarantineCases = (
  db: Queryable,
  year: number,
  { file, line, area }: { file?: string; line?: string; area?: string },
): Promise<QuarantineCase[]> =>
  select<QuarantineCase>(
    db,
    `select p.file, p.line, p.receipt, p.reason, p.named_area, p.area, p.kind, p.amount, p.paid_on, p.reason = 'malformed' as malformed,
       r."group", t.due, t.opens, t.closes, t.exempt,
       case when r.line is not null then jsonb_build_object('file', r.file, 'line', r.line) end as roll,
       same_receipt.place as same_receipt, coalesce(paid_before.place, full_aid.place) as enrolment, named.place as payment
     from fund.resident_payment p
     left join fund.resident_roll r on (r.fund_year, r.person, r.area) = (p.fund_year, p.person, p.area::text)
     left join fund.collection_term t on (t.fund_year, t.area, t."group") = (r.fund_year, r.area, r."group")
     left join lateral (
       select jsonb_build_object('file', o.file, 'line', o.line) as place from fund.resident_payment o
       where o.fund_year = p.fund_year and o.receipt = p.receipt and o.outcome = 'accepted' and (o.file, o.line) <> (p.file, p.line)
         and (o.paid_instant, o.file collate "C", o.line) < (p.paid_instant, p.file collate "C", p.line)
       order by o.paid_instant, o.file collate "C", o.line limit 1
     ) same_receipt on true
     left join lateral (
       select jsonb_build_object('file', o.file, 'line', o.line) as place from fund.resident_payment o
       left join fund.resident_payment back
         on (back.fund_year, back.refund_file, back.refund_line) = (o.fund_year, o.file, o.line)
       where o.fund_year = p.fund_year and o.person = p.person and o.outcome = 'accepted' and o.kind = 'payment'
         and (o.paid_instant, o.receipt collate "C", o.file collate "C", o.line)
           < (p.paid_instant, p.receipt collate "C", p.file collate "C", p.line)
         and (back.line is null or (back.paid_instant, back.receipt collate "C", back.file collate "C", back.line)
           > (p.paid_instant, p.receipt collate "C", p.file collate "C", p.line))
       limit 1
     ) paid_before on true
     left join lateral (
       select jsonb_build_object('file', l.file, 'line', l.line) as place
       from fund.full_aid_enrolment e
       join fund.resident_roll l on (l.fund_year, l.person, l.area) = (e.fund_year, e.person, e.area)
       where e.fund_year = p.fund_year and e.person = p.person
     ) full_aid on true
     left join lateral (
       select jsonb_build_object('file', o.file, 'line', o.line, 'amount', o.amount::text) as place
       from fund.resident_payment o
       left join fund.resident_payment back
         on (back.fund_year, back.refund_file, back.refund_line) = (o.fund_year, o.file, o.line)
       where p.kind = 'refund' and o.fund_year = p.fund_year and o.kind = 'payment' and o.receipt = p.original_receipt
         and o.person = p.person and o.area = p.area
         and (o.outcome = 'accepted' or o.reason in ('amount_mismatch', 'out_of_window', 'duplicate_enrolment'))
         and (o.paid_instant, o.receipt collate "C", o.file collate "C", o.line)
           < (p.paid_instant, p.receipt collate "C", p.file collate "C", p.line)
         and (back.line is null or (back.paid_instant, back.receipt collate "C", back.file collate "C", back.line)
           > (p.paid_instant, p.receipt collate "C", p.file collate "C", p.line))
       order by o.outcome = 'accepted' desc, o.paid_instant, o.receipt collate "C", o.file collate "C", o.line limit 1
     ) named on true
     where p.fund_year = :year and p.outcome = 'quarantined'
       and (:file::text is null or p.file = :file) and (:line::int is null or p.line = :line)
       and (:area::text is null or coalesce(p.area, 'unknown') = :area)
     order by p.file collate "C", p.line limit 1000`,
    { year, file: file ?? null, line: line ?? null, area: area ?? null },
  );
