/** Final accounts (决算) of earlier years. */
import { type Decimal, decimal, zero } from '../rules/money';
import type { Item, Part, Scheme } from '../rules/vocabulary';
import { AreaItems, type ItemRow } from '../rules/item-amounts';
import type { Queryable } from './connect';
import { select } from './rows';

/** Final accounts (决算) of one closed year, pooled, of every area. */
export async function historyItems(db: Queryable, fundYear: number, scheme: Scheme, year: number) {
  return new AreaItems(
    await select<ItemRow>(
      db,
      `select area, item, amount from fund.history where fund_year = $1 and scheme = $2 and part = 'pooled' and year = $3`,
      [fundYear, scheme, year],
    ),
  );
}

/** Final accounts of one area and part: amount of an item in a year. */
export async function areaHistory(db: Queryable, fundYear: number, scheme: Scheme, area: string, part: Part) {
  const rows = await select<{ year: number; item: string; amount: string }>(
    db,
    'select year, item, amount from fund.history where fund_year = $1 and area = $2 and scheme = $3 and part = $4',
    [fundYear, area, scheme, part],
  );
  const amounts = new Map(rows.map(({ year, item, amount }) => [`${year}/${item}`, decimal(amount)]));
  return (year: number, item: string): Decimal => amounts.get(`${year}/${item}`) ?? zero;
}

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
