/** Levies to the adjustment fund (上解): prepaid during the year, settled after it. */
import { quarterOfInstalment } from '../rules/keys';
import { type Decimal, decimal, sum } from '../rules/money';
import { ITEM_NAMES, type Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select } from './rows';

export interface SchemeYear {
  year: number;
  scheme: Scheme;
}

export interface AreaSchemeYear extends SchemeYear {
  area: string;
}
/** The fund that an input names, without the input's other fields. */
export const fundOf = ({ year, scheme, area }: AreaSchemeYear): AreaSchemeYear => ({ year, scheme, area });
/** The columns that name a fund in every table. */
export const columnsOf = ({ year, scheme, area }: AreaSchemeYear) => ({ fund_year: year, area, scheme });

export interface PrepaidLevy {
  area: string;
  prepaid: Decimal;
  unpaid: boolean; // the area withheld it
}

/** What each area prepays, in order of their codes; none before the scheme's phase. */
export async function prepaidLevies(db: Queryable, { year, scheme }: SchemeYear): Promise<PrepaidLevy[]> {
  const rows = await select<{ area: string; prepaid: string; unpaid: boolean }>(
    db,
    `select l.area, l.prepaid, coalesce(c.levy_unpaid, false) as unpaid
     from fund.levy_estimate l left join fund.conduct c using (fund_year, area, scheme)
     where l.fund_year = :year and l.scheme = :scheme order by l.area collate "C"`,
    { year, scheme },
  );
  return rows.map((row) => ({ ...row, prepaid: decimal(row.prepaid) }));
}

/** What one area prepays; 0 before the scheme's phase. */
export async function prepaidLevy(db: Queryable, { year, scheme }: SchemeYear, area: string): Promise<Decimal> {
  const row = await db('levy_estimate').where({ fund_year: year, scheme, area }).first('prepaid');
  return decimal(row?.prepaid ?? '0');
}

/** Whether the levies of a scheme are estimated, which is done for all areas at once. */
export const areLeviesEstimated = async (db: Queryable, { year, scheme }: SchemeYear): Promise<boolean> =>
  (await db('levy_estimate').where({ fund_year: year, scheme }).first('area')) !== undefined;

/** What the books now have of an instalment, and in which entries of the area. */
interface BookedInstalment {
  area: string;
  quarter: number;
  amount: Decimal;
  keys: string[];
}

/** The instalments that are booked, with their corrections (`journalKey.instalment`). */
export async function bookedInstalments(
  db: Queryable,
  { year, scheme }: SchemeYear,
): Promise<(area: string, quarter: number) => BookedInstalment> {
  const rows = await select<{ area: string; key: string; amount: string }>(
    db,
    `select entity as area, key, debit_less_credit as amount from fund.ledger
     where fund_year = :year and scheme = :scheme and account = :account order by key collate "C"`,
    { year, scheme, account: ITEM_NAMES.levy_to_superior },
  );
  return (area, quarter) => {
    const booked = rows.filter((row) => row.area === area && quarterOfInstalment(row.key) === quarter);
    return {
      ...{ area, quarter, keys: booked.map(({ key }) => key) },
      amount: sum(booked.map(({ amount }) => decimal(amount))),
    };
  };
}

/** The levies of a scheme after the year, by area. */
export async function levies(
  db: Queryable,
  { year, scheme }: SchemeYear,
): Promise<{ area: string; levy: Decimal; true_up: Decimal }[]> {
  const rows = await db('levy')
    .where({ fund_year: year, scheme })
    .orderByRaw('area collate "C"')
    .select('area', 'levy', 'true_up');
  return rows.map(({ area, levy, true_up }) => ({ area, levy: decimal(levy), true_up: decimal(true_up) }));
}

/** 调剂金规模上限: what the fund could still take in, as stored with the levies; null without a cap. */
export const levyRooms = (db: Queryable, year: number): Promise<{ scheme: Scheme; room: string | null }[]> =>
  select(
    db,
    `select distinct scheme, because->'room'->>'value' as room from fund.levy_estimate where fund_year = :year order by scheme`,
    { year },
  );
