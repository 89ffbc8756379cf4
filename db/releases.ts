/** 核实受理: payments in quarantine that their area asks to accept all the same, and those it has accepted. */
import type { QuarantineReason } from '../rules/payment-row';
import type { Queryable, Transaction } from './connect';
import { select, selectOne } from './rows';
import type { Row } from './tables';

export interface AreaYear {
  year: number;
  area: string;
}
export type ReleaseRequest = Omit<Row<'release_request'>, 'fund_year' | 'area'>;

export const releaseNumbered = (
  db: Queryable,
  { year, area }: AreaYear,
  number: number,
): Promise<ReleaseRequest | undefined> =>
  db('release_request')
    .where({ fund_year: year, area, number })
    .first('number', 'file', 'line', 'reason', 'requested_on', 'workflow_id', 'chain');

/** The number for the next request of an area in the year. */
export async function nextReleaseNumber(db: Queryable, { year, area }: AreaYear): Promise<number> {
  const row = await selectOne<{ next: number }>(
    db,
    'select coalesce(max(number), 0) + 1 as next from fund.release_request where fund_year = :year and area = :area',
    { year, area },
  );
  return row?.next ?? 1;
}

/** What those who decide are shown of a row: all but its person. */
interface RowToRelease {
  file: string;
  line: number;
  receipt: string;
  paid_on: string | null;
  amount: string | null;
  due: string | null;
  quarantined_as: QuarantineReason | null; // null: it is not in quarantine any more
}
export const rowToRelease = (
  db: Queryable,
  year: number,
  { file, line }: { file: string; line: number },
): Promise<RowToRelease | undefined> =>
  selectOne<RowToRelease>(
    db,
    `select p.file, p.line, p.receipt, p.paid_on, p.amount, t.due, p.reason as quarantined_as
     from fund.resident_payment p
     left join fund.resident_roll r on (r.fund_year, r.person, r.area) = (p.fund_year, p.person, p.area::text)
     left join fund.collection_term t on (t.fund_year, t.area, t."group") = (r.fund_year, r.area, r."group")
     where p.fund_year = :year and p.file = :file and p.line = :line`,
    { year, file, line },
  );

/** Accepts the row of a request that both offices have signed (`fund.release_payment`). Returns the day from which it counts. */
export async function releasePayment(trx: Transaction, { year, area }: AreaYear, number: number): Promise<string> {
  const row = await selectOne<{ day: string }>(trx, 'select fund.release_payment(:year, :area, :number) as day', {
    year,
    area,
    number,
  });
  return row?.day ?? '';
}

/** The day from which a released row counts; null while it is not released. */
export async function releasedOn(db: Queryable, { year, area }: AreaYear, number: number): Promise<string | null> {
  const row = await db('payment_release').where({ fund_year: year, area, number }).first('released_on');
  return row?.released_on ?? null;
}

/** One request with what came of it, and who signed. */
export interface Release extends ReleaseRequest, AreaYear {
  quarantined_as: QuarantineReason | null; // null: not released
  released_on: string | null;
  /** Whether somebody still has to decide. */
  open: boolean;
  asked_by: string; // operator of the area's security bureau
  decided_by: string | null; // operator of its finance office
  decision: 'approve' | 'return' | null;
  note: string | null; // why it was returned
}

const RELEASES = `
  select r.fund_year as year, r.area, r.number, r.file, r.line, r.reason, r.requested_on, r.workflow_id, r.chain,
    p.quarantined_as, p.released_on, exists (select from fund.task t where t.chain = r.chain and t.state = 'open') as open,
    asked.operator as asked_by, decided.operator as decided_by, decided.decision, decided.note
  from fund.release_request r
  join fund.fund_year y on y.year = r.fund_year
  left join fund.payment_release p using (fund_year, area, number)
  join fund.decision asked on asked.chain = r.chain and asked.decision = 'submit'
  left join fund.decision decided on decided.chain = r.chain and decided.decision <> 'submit'`;

/** The requests of an area, in their order. */
export const releasesOf = (db: Queryable, { year, area }: AreaYear): Promise<Release[]> =>
  select<Release>(db, `${RELEASES} where r.fund_year = :year and r.area = :area order by r.number`, { year, area });

/** The requests for one row, the latest last. */
export const releasesOfRow = (
  db: Queryable,
  year: number,
  { file, line }: { file: string; line: number },
): Promise<Release[]> =>
  select<Release>(db, `${RELEASES} where r.fund_year = :year and r.file = :file and r.line = :line order by r.number`, {
    year,
    file,
    line,
  });

/** The requests of open years that are not decided yet. */
export const waitingReleases = (db: Queryable): Promise<Release[]> =>
  select<Release>(
    db,
    `select * from (${RELEASES} where y.status = 'open') r where open order by workflow_id collate "C"`,
  );
