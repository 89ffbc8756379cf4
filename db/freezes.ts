/** 冻结期: days on which nothing is booked and nobody decides. The database begins and lifts one. */
import type { Queryable } from './connect';
import { execute, select, selectOne } from './rows';

export interface FreezeDays {
  year: number;
  from: string;
  until: string;
}

/** Whether it holds now: false before two have signed for it, and once it was lifted. */
export async function beginFreeze(db: Queryable, { year, from, until }: FreezeDays): Promise<boolean> {
  const row = await selectOne<{ holds: boolean }>(db, 'select fund.freeze_year(:year, :from, :until) as holds', {
    year,
    from,
    until,
  });
  return row?.holds === true;
}

export const liftFreeze = (db: Queryable, { year, from, until }: FreezeDays) =>
  execute(db, 'select fund.lift_freeze(:year, :from, :until)', { year, from, until });

/** Why nothing is booked and nobody decides today; null when things go on. */
export async function frozenBecause(db: Queryable, year: number): Promise<string | null> {
  const row = await selectOne<{ why: string | null }>(db, 'select fund.frozen(:year) as why', { year });
  return row?.why ?? null;
}

/** The freezes of a year that are not over, with their reasons. */
export const freezesAhead = (db: Queryable, year: number): Promise<(FreezeDays & { reason: string })[]> =>
  select(
    db,
    `select fund_year as year, from_day as "from", until_day as until, reason from fund.freeze
     where fund_year = :year and lifted_at is null and until_day >= (now() at time zone 'Asia/Shanghai')::date order by from_day`,
    { year },
  );
