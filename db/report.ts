/** What the report and the forms show beside the result files: names, days of the collection, openings, history. */
import type { Item, Part, Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select } from './rows';

export interface NamedArea {
  area: string;
  name_zh: string;
  name_en: string;
  schemes: Scheme[];
}
/** The pooling areas of a fund year, in order of their codes. */
export const namedAreas = (db: Queryable, year: number): Promise<NamedArea[]> =>
  select(
    db,
    `select area, name_zh, name_en, to_jsonb(schemes) as schemes from fund.area
     where fund_year = $1 order by area collate "C"`,
    [year],
  );

export interface CollectionDay {
  day: string; // YYYY-MM-DD
  area: string;
  amount: string; // yuan: accepted payments and aid less refunds
}
/** 居民征缴 by day, of the areas whose collection is counted person by person. No row speaks of a person. */
export const collectionDays = (db: Queryable, year: number): Promise<CollectionDay[]> =>
  select(
    db,
    `select day, area, sum(case kind when 'payments' then amount else -amount end) as amount
     from fund.collection_day where fund_year = $1 and kind in ('payments', 'refunds')
     group by day, area order by day, area collate "C"`,
    [year],
  );

/** 调剂金规模上限: what the fund could still take in, as stored with the levies; null without a cap. */
export const levyRooms = (db: Queryable, year: number): Promise<{ scheme: Scheme; room: string | null }[]> =>
  select(
    db,
    `select distinct scheme, because->'room'->>'value' as room from fund.levy_estimate where fund_year = $1 order by scheme`,
    [year],
  );

/** The inputs of each α as stored with it: base, factors d, c, k, and what may disqualify. */
export interface AlphaInputs {
  scheme: Scheme;
  area: string;
  inputs: Record<string, { value?: string | boolean | null }>;
}
export const alphaInputs = (db: Queryable, year: number): Promise<AlphaInputs[]> =>
  select(db, `select scheme, area, because->'alpha'->'inputs' as inputs from fund.sharing where fund_year = $1`, [
    year,
  ]);

export interface ItemAmount {
  area: string;
  scheme: Scheme;
  part: Part;
  item: Item;
  amount: string;
}
/** 上年执行数: what `history.csv` says of a year. */
export const executedItems = (db: Queryable, year: number, of: number): Promise<ItemAmount[]> =>
  select(db, 'select area, scheme, part, item, amount from fund.history where fund_year = $1 and year = $2', [
    year,
    of,
  ]);

export interface SurplusOfPart {
  area: string;
  scheme: Scheme;
  part: Part;
  opening: string; // yuan, 1 January
  closing: string | null; // yuan, after the settlement; null before the books are open
}
/** 上年结余 and 年末滚存结余 of each fund. */
export const surpluses = (db: Queryable, year: number): Promise<SurplusOfPart[]> =>
  select(
    db,
    `select area, scheme, part, coalesce(o.accumulated_surplus, 0.00) as opening, c.amount as closing
     from fund.opening o
     full join (select fund_year, entity as area, scheme, part, amount from fund.closing where entity <> 'region') c
       using (fund_year, area, scheme, part)
     where fund_year = $1`,
    [year],
  );
