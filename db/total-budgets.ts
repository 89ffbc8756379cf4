/** Total budgets (总额预算): units and their accounts, what was allotted to them, and the clearing of their year. */
import { type Decimal, decimal } from '../rules/money';
import { CARE_ITEMS, type Scheme, type UnitKind } from '../rules/vocabulary';
import type { Queryable } from './connect';
import type { AreaSchemeYear } from './levies';
import { select, selectOne } from './rows';

/** An area and scheme that has units. */
export interface PaidFund {
  area: string;
  scheme: Scheme;
}
interface PaymentUnit {
  unit: string;
  kind: UnitKind;
  weight: Decimal;
}

/** The areas and schemes of a year that have units, in the order of area codes; only those of `areas` where that is given. */
export const fundsWithUnits = (
  db: Queryable,
  year: number,
  areas: readonly string[] | null = null,
): Promise<(PaidFund & { name: string })[]> =>
  select(
    db,
    `select a.area, a.name_zh as name, u.scheme
     from (select distinct fund_year, area, scheme from fund.payment_unit where fund_year = :year) u
     join fund.area a using (fund_year, area)
     where :areas::text[] is null or a.area = any (:areas::text[]) order by a.area collate "C", u.scheme`,
    { year, areas },
  );

export interface NamedUnit extends PaidFund {
  unit: string;
  name_zh: string;
}
export const namedUnits = (db: Queryable, year: number): Promise<NamedUnit[]> =>
  db('payment_unit')
    .where({ fund_year: year })
    .orderByRaw('area collate "C", scheme, unit collate "C"')
    .select('area', 'scheme', 'unit', 'name_zh');

/** The units of a fund in the order of their codes; a remainder of fen is given out in this order. */
export async function unitsOf(db: Queryable, { year, scheme, area }: AreaSchemeYear): Promise<PaymentUnit[]> {
  const rows = await db('payment_unit')
    .where({ fund_year: year, scheme, area })
    .orderByRaw('unit collate "C"')
    .select('unit', 'kind', 'weight');
  return rows.map((row) => ({ ...row, weight: decimal(row.weight) }));
}

/** What the budget in force on 1 January has for care, item by item; 0 for an item that it leaves out. */
export async function careItems(db: Queryable, { year, scheme, area }: AreaSchemeYear): Promise<Decimal[]> {
  const rows = await db('budget_item')
    .where({ fund_year: year, scheme, area, part: 'pooled' })
    .whereIn('item', [...CARE_ITEMS])
    .select('item', 'amount');
  const amounts = new Map(rows.map(({ item, amount }) => [item, decimal(amount)]));
  return CARE_ITEMS.map((item) => amounts.get(item) ?? decimal('0'));
}

/** The number of the last allotment of a fund; 0 before the first. */
export async function lastAllotment(db: Queryable, { year, scheme, area }: AreaSchemeYear): Promise<number> {
  const row = await selectOne<{ last: number | null }>(
    db,
    `select max(allotment) as last from fund.total_budget_allotted
     where fund_year = :year and scheme = :scheme and area = :area`,
    { year, scheme, area },
  );
  return row?.last ?? 0;
}

export interface AllottedUnit {
  unit: string;
  name: string;
  kind: UnitKind;
  budget: Decimal;
  incurred: Decimal; // C
  paid: Decimal; // P
}
export interface AllottedFund {
  allotment: number;
  reserve: Decimal;
  units: AllottedUnit[];
}

/** The last allotment of a fund, with the accounts of its units for the year; a unit without accounts has none to pay. */
export async function allottedFund(db: Queryable, of: AreaSchemeYear): Promise<AllottedFund> {
  const allotment = await lastAllotment(db, of);
  const { year, scheme, area } = of;
  const key = { fund_year: year, scheme, area, allotment };
  const total = await db('total_budget_allotted').where(key).first('reserve');
  if (total === undefined) throw new RangeError(`${area} ${scheme} 没有总额预算，不能清算`);
  const rows = await select<Record<'unit' | 'name' | 'budget' | 'incurred' | 'paid', string> & { kind: UnitKind }>(
    db,
    `select u.unit, p.name_zh as name, u.kind, u.budget, coalesce(sum(a.incurred), 0) as incurred, coalesce(sum(a.paid), 0) as paid
     from fund.unit_budget_allotted u
     join fund.payment_unit p using (fund_year, area, scheme, unit)
     left join fund.unit_account a using (fund_year, area, scheme, unit)
     where u.fund_year = :year and u.area = :area and u.scheme = :scheme and u.allotment = :allotment
     group by u.unit, p.name_zh, u.kind, u.budget order by u.unit collate "C"`,
    { year, scheme, area, allotment },
  );
  return {
    allotment,
    reserve: decimal(total.reserve),
    units: rows.map(({ unit, name, kind, budget, incurred, paid }) => ({
      unit,
      name,
      kind,
      budget: decimal(budget),
      incurred: decimal(incurred),
      paid: decimal(paid),
    })),
  };
}

/** What units were paid within the year for the care of earlier years. */
export async function paidForEarlierYears(db: Queryable, { year, scheme, area }: AreaSchemeYear): Promise<Decimal> {
  const row = await db('unit_account')
    .where({ fund_year: year, scheme, area })
    .sum({ amount: 'paid_earlier_years' })
    .first();
  return decimal(String(row?.amount ?? '0'));
}

/** What the clearings in force leave to be paid to the units of an area, unit by unit; nothing for an area without units. */
export async function clearingsOf(db: Queryable, year: number, scheme: Scheme): Promise<(area: string) => Decimal[]> {
  const rows = await select<{ area: string; clearing: string }>(
    db,
    `select u.area, u.clearing from fund.clearing c join fund.unit_clearing u using (fund_year, area, scheme, attempt)
     where c.fund_year = :year and c.scheme = :scheme order by u.area collate "C", u.unit collate "C"`,
    { year, scheme },
  );
  const byArea = new Map<string, Decimal[]>();
  for (const { area, clearing } of rows) byArea.set(area, [...(byArea.get(area) ?? []), decimal(clearing)]);
  return (area) => byArea.get(area) ?? [];
}

/** The funds whose units and accounts are frozen, because a clearing table is being decided or is in force. */
export const fundsBeingCleared = (db: Queryable, year: number): Promise<PaidFund[]> =>
  select(
    db,
    `select distinct area, scheme from fund.clearing_proposal
     where fund_year = :year and fund.is_being_cleared(fund_year, area, scheme)`,
    { year },
  );

/** Units of these funds whose year so far is below zero. */
export const unitsBelowZero = (
  db: Queryable,
  year: number,
): Promise<(PaidFund & { unit: string; column: 'incurred' | 'paid'; amount: string; line: number })[]> =>
  select(
    db,
    `select area, scheme, unit, column_name as column, amount, line
     from (select area, scheme, unit, sum(incurred) as incurred, sum(paid) as paid, max(line) as line
           from fund.unit_account where fund_year = :year group by area, scheme, unit) years,
       lateral (values ('incurred', incurred), ('paid', paid)) as sums (column_name, amount)
     where amount < 0 order by area collate "C", scheme, unit collate "C", column_name`,
    { year },
  );
