/** The adjustment funds (调剂金) of the region. */
import { type Decimal, decimal } from '../rules/money';
import { SCHEMES, type Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import type { SchemeYear } from './levies';
import { select, selectOne } from './rows';

/** The adjustment fund on 1 January and its interest of the year; null where the file has no row. */
export async function adjustmentFund(db: Queryable, fundYear: number, scheme: Scheme) {
  const [row] = await select<{ opening_balance: string; interest: string }>(
    db,
    'select opening_balance, interest from fund.adjustment_fund where fund_year = $1 and scheme = $2',
    [fundYear, scheme],
  );
  return row ? { opening: decimal(row.opening_balance), interest: decimal(row.interest) } : null;
}

/** The adjustment funds that the pack knows of. */
export async function adjustmentFunds(db: Queryable, fundYear: number) {
  const funds = await Promise.all(
    SCHEMES.map(async (scheme) => ({ scheme, fund: await adjustmentFund(db, fundYear, scheme) })),
  );
  return funds.flatMap(({ scheme, fund }) => (fund === null ? [] : [{ scheme, ...fund }]));
}

/** What a scheme's adjustment fund holds at the end of a day. */
export async function fundMoney(db: Queryable, { year, scheme }: SchemeYear, day: string): Promise<Decimal> {
  const row = await selectOne<{ money: string }>(db, 'select fund.adjustment_money($1, $2, $3) as money', [
    year,
    scheme,
    day,
  ]);
  return decimal(row?.money ?? '0');
}
