/** The adjustment funds (调剂金) of the region. */
import { type Decimal, decimal } from '../rules/money';
import { SCHEMES, type Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import type { SchemeYear } from './levies';
import { selectOne } from './rows';

/** The adjustment fund on 1 January and its interest for the year; null where the file has no row. */
export async function adjustmentFund(db: Queryable, fundYear: number, scheme: Scheme) {
  const [row] = await db('adjustment_fund')
    .where({ fund_year: fundYear, scheme })
    .select('opening_balance', 'interest');
  return row ? { opening: decimal(row.opening_balance), interest: decimal(row.interest) } : null;
}

/** The adjustment funds that the pack gives. */
export async function adjustmentFunds(db: Queryable, fundYear: number) {
  const funds = await Promise.all(
    SCHEMES.map(async (scheme) => ({ scheme, fund: await adjustmentFund(db, fundYear, scheme) })),
  );
  return funds.flatMap(({ scheme, fund }) => (fund === null ? [] : [{ scheme, ...fund }]));
}

/** 无办法不拨付: why the adjustment funds of a year pay and receive nothing; null where they do. */
export async function whyNotPaid(db: Queryable, year: number): Promise<string | null> {
  return (await selectOne<{ why: string | null }>(db, 'select fund.why_not_paid(:year) as why', { year }))?.why ?? null;
}

/** What a scheme's adjustment fund holds at the end of a day. */
export async function fundMoney(db: Queryable, { year, scheme }: SchemeYear, day: string): Promise<Decimal> {
  const row = await selectOne<{ money: string }>(db, 'select fund.adjustment_money(:year, :scheme, :day) as money', {
    year,
    scheme,
    day,
  });
  return decimal(row?.money ?? '0');
}
