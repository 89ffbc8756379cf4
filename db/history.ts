/** Final accounts (决算) of earlier years. */
import { type Decimal, decimal, zero } from '../rules/money';
import type { Item, Part, Scheme } from '../rules/vocabulary';
import { AreaItems } from '../rules/item-amounts';
import type { Queryable } from './connect';

/** Final accounts (决算) of one closed year, pooled, of every area. */
export async function historyItems(db: Queryable, fundYear: number, scheme: Scheme, year: number) {
  return new AreaItems(
    await db('history').where({ fund_year: fundYear, scheme, part: 'pooled', year }).select('area', 'item', 'amount'),
  );
}

/** Final accounts of one area and part: amount of an item in a year. */
export async function areaHistory(db: Queryable, fundYear: number, scheme: Scheme, area: string, part: Part) {
  const rows = await db('history').where({ fund_year: fundYear, area, scheme, part }).select('year', 'item', 'amount');
  const amounts = new Map(rows.map(({ year, item, amount }) => [`${year}/${item}`, decimal(amount)]));
  return (year: number, item: string): Decimal => amounts.get(`${year}/${item}`) ?? zero;
}

interface ItemAmount {
  area: string;
  scheme: Scheme;
  part: Part;
  item: Item;
  amount: string;
}

/** 上年执行数: what `history.csv` gives for a year. */
export const executedItems = (db: Queryable, year: number, historyYear: number): Promise<ItemAmount[]> =>
  db('history').where({ fund_year: year, year: historyYear }).select('area', 'scheme', 'part', 'item', 'amount');
