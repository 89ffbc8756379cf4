/** 待核对: the quarantined payment rows of an area, by reason. A person's id never leaves the database. */
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

/** The rows that name an area; those that name no known one where `area` is null. */
export const quarantinedByReason = (db: Queryable, year: number, area: string | null): Promise<QuarantinedReason[]> =>
  select<QuarantinedReason>(
    db,
    `select reason, count(*) as rows, count(distinct nullif(receipt, '')) as receipts,
       coalesce(sum(amount) filter (where kind = 'payment'), 0.00) as payments,
       coalesce(sum(amount) filter (where kind = 'refund'), 0.00) as refunds
     from fund.resident_payment
     where fund_year = $1 and outcome = 'quarantined' and area is not distinct from $2
     group by reason order by reason`,
    [year, area],
  );

/** Row by row, in the order of the files, at most `most`. */
export const quarantinedRows = (
  db: Queryable,
  year: number,
  area: string | null,
  reason: string | null,
  most: number,
): Promise<QuarantinedRow[]> =>
  select<QuarantinedRow>(
    db,
    `select file, line, receipt, kind, paid_on, amount, reason from fund.resident_payment
     where fund_year = $1 and outcome = 'quarantined' and area is not distinct from $2 and ($3::text is null or reason = $3)
     order by reason, file collate "C", line limit $4`,
    [year, area, reason, most],
  );
