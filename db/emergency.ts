/** Emergency requests (紧急调剂) of areas within the year, and what was advanced on them. */
import { type Decimal, decimal, zero } from '../rules/money';
import type { Queryable } from './connect';
import type { AreaSchemeYear, SchemeYear } from './levies';
import { select, selectOne } from './rows';
import type { Row } from './tables';

export type EmergencyRequest = Omit<Row<'emergency_request'>, 'fund_year' | 'scheme' | 'area'>;

/** With the chain that asks about it now. */
const COLUMNS = 'number, amount, cause, document, requested_on, workflow_id, fund.asks_now(chain) as chain';

/** The request that an area made with a document; undefined when there is none. */
export const requestByDocument = (
  db: Queryable,
  { year, scheme, area }: AreaSchemeYear,
  document: string,
): Promise<EmergencyRequest | undefined> =>
  selectOne(
    db,
    `select ${COLUMNS} from fund.emergency_request where (fund_year, scheme, area, document) = (:year, :scheme, :area, :document)`,
    { year, scheme, area, document },
  );

export const requestNumbered = (
  db: Queryable,
  { year, scheme, area }: AreaSchemeYear,
  number: number,
): Promise<EmergencyRequest | undefined> =>
  selectOne(
    db,
    `select ${COLUMNS} from fund.emergency_request where (fund_year, scheme, area, number) = (:year, :scheme, :area, :number)`,
    { year, scheme, area, number },
  );

/** The request that a chain decides on; undefined where it decides on something else. */
export const requestOf = (db: Queryable, chain: string): Promise<EmergencyRequest | undefined> =>
  selectOne(db, `select ${COLUMNS} from fund.emergency_request where chain = fund.submitted_in(:chain)`, { chain });

/** A request of an open live year that is not decided yet, and who made it. */
export interface WaitingRequest extends EmergencyRequest, AreaSchemeYear {
  operator: string;
}
export const waitingRequests = (db: Queryable): Promise<WaitingRequest[]> =>
  select(
    db,
    `select r.fund_year as year, r.scheme, r.area, r.number, r.amount, r.cause, r.document, r.requested_on, r.workflow_id, r.chain, d.operator
     from fund.emergency_request r
     join fund.fund_year y on y.year = r.fund_year and y.mode = 'live' and y.status = 'open'
     join fund.decision d on d.chain = r.chain and d.decision = 'submit'
     where exists (select from fund.task t where t.chain = fund.asks_now(r.chain) and t.state = 'open')
     order by r.workflow_id collate "C"`,
  );

/** The number for the next request of an area in the year. */
export async function nextNumber(db: Queryable, { year, scheme, area }: AreaSchemeYear): Promise<number> {
  const row = await selectOne<{ next: number }>(
    db,
    `select coalesce(max(number), 0) + 1 as next from fund.emergency_request where fund_year = :year and scheme = :scheme and area = :area`,
    { year, scheme, area },
  );
  return row?.next ?? 1;
}

/** What was advanced to each area of a scheme until the end of a day; 0 where nothing was. */
export async function advancesOf(
  db: Queryable,
  { year, scheme }: SchemeYear,
  through = 'infinity',
): Promise<(area: string) => Decimal> {
  const rows = await select<{ area: string; amount: string }>(
    db,
    `select area, sum(amount) as amount from fund.emergency_advance
     where fund_year = :year and scheme = :scheme and paid_on <= :through::date group by area`,
    { year, scheme, through },
  );
  const byArea = new Map(rows.map(({ area, amount }) => [area, decimal(amount)]));
  return (area) => byArea.get(area) ?? zero;
}

/** The day on which a request was paid; null while it is not. */
export async function paidOn(
  db: Queryable,
  { year, scheme, area }: AreaSchemeYear,
  number: number,
): Promise<string | null> {
  const advance = await selectOne<{ paid_on: string }>(
    db,
    `select paid_on from fund.emergency_advance
     where fund_year = :year and scheme = :scheme and area = :area and number = :number`,
    { year, scheme, area, number },
  );
  return advance?.paid_on ?? null;
}
