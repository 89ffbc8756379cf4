/**
 * 高额医疗费用负担监测: who is flagged at a month's end, and what the departments answered, in sets. A person's id stays in the tables;
 * only the list for the departments contains it.
 */
import type { Decimal } from '../rules/money';
import type { BurdenClass } from '../rules/vocabulary';
import { BURDEN_CLASSES, LOW_INCOME_GROUPS, POVERTY_RELIEVED_GROUPS } from '../rules/vocabulary';
import type { Queryable, Transaction } from './connect';
import { execute, select, selectOne } from './rows';

const listed = (groups: readonly string[]): string => groups.map((group) => `'${group}'`).join(', ');
/** The class of a row by its group (`burdenClassOf` of rules/burden.ts). */
export const CLASS_OF_ROW = `case when b."group" in (${listed(LOW_INCOME_GROUPS)}) then 'low_income'
    when b."group" in (${listed(POVERTY_RELIEVED_GROUPS)}) then 'poverty_relieved' else 'ordinary' end`;

export type Thresholds = Record<BurdenClass, Decimal>;

/**
 * The first month in which each person's sum exceeds the threshold of the row's class. Only a month with a row can be the first: without
 * one neither sum nor class changes.
 */
const DUE_FLAGS = `
  select distinct on (person, area) person, area, month, class, self_paid, threshold
  from (select person, area, month, class, self_paid, (:thresholds::jsonb ->> class)::numeric as threshold
        from (select b.person, b.area, b.month, ${CLASS_OF_ROW} as class,
                sum(b.self_paid) over (partition by b.person, b.area order by b.month) as self_paid
              from fund.burden b
              where b.fund_year = :year and b.month <= :through
                and (:touched::int is null or exists (
                  select from fund.burden t
                  where (t.fund_year, t.person, t.area, t.month) = (b.fund_year, b.person, b.area, :touched::int)))) to_date) judged
  where self_paid > threshold
  order by person, area, month`;

/**
 * Flags whoever is due by the end of a month. At that month's end only persons with a row of the month are looked at; after
 * late rows, everybody, and flags that those rows have moved or undone are withdrawn.
 */
export async function flagBurdens(
  trx: Transaction,
  year: number,
  through: number,
  thresholds: Thresholds,
  { late }: { late: boolean },
): Promise<void> {
  const texts = Object.fromEntries(BURDEN_CLASSES.map((of) => [of, thresholds[of].toFixed()]));
  const bindings = { year, through, thresholds: JSON.stringify(texts), touched: late ? null : through };
  if (late) {
    await execute(
      trx,
      `with due as (${DUE_FLAGS})
       update fund.burden_flag f set withdrawn = true
       where f.fund_year = :year and not f.withdrawn and not exists (
         select from due d where (d.person, d.area, d.month, d.class, d.self_paid, d.threshold)
           = (f.person, f.area, f.month, f.class, f.self_paid, f.threshold))`,
      bindings,
    );
  }
  await execute(
    trx,
    `with due as (${DUE_FLAGS})
     insert into fund.burden_flag (fund_year, person, area, month, class, self_paid, threshold)
     select :year, d.person, d.area, d.month, d.class, d.self_paid, d.threshold from due d
     where not exists (select from fund.burden_flag f
                       where (f.fund_year, f.person, f.area) = (:year, d.person, d.area) and not f.withdrawn)`,
    bindings,
  );
}

/** The flags that stand, each with the day of its push and the answer that counts: the first on that day or later. */
export const FLAGS = `
  select f.*, p.pushed_on, a.date as answered_on, a.outcome, a.help, a.line as answer_line
  from (select *, (make_date(fund_year, month, 1) + interval '1 month - 1 day')::date as day from fund.burden_flag
        where fund_year = :year and not withdrawn) f
  cross join lateral (select f.day as pushed_on) p
  left join lateral (
    select r.date, r.outcome, r.help, r.line from fund.recognition r
    where (r.fund_year, r.person, r.area) = (f.fund_year, f.person, f.area) and r.date >= f.day
    order by r.date limit 1
  ) a on true`;

export interface MonitoringCounts {
  area: string;
  class: BurdenClass;
  persons: string;
  flagged: string;
  flagged_to_date: string;
  answered: string;
  recognised: string;
  help: string; // yuan
  overdue: string;
}

/** What is counted of every area and class at a month's end, in the order of areas (READINGS 68, 69). */
export const monitoringCounts = (
  db: Queryable,
  year: number,
  month: number,
  answerDays: Decimal,
): Promise<MonitoringCounts[]> =>
  select<MonitoringCounts>(
    db,
    `with ending as (select make_date(:year, :month, 1) as first, (make_date(:year, :month, 1) + interval '1 month - 1 day')::date as last),
     known as (
       select area, class, count(*) as persons
       from (select distinct on (b.person, b.area) b.area, ${CLASS_OF_ROW} as class from fund.burden b
             where b.fund_year = :year and b.month <= :month order by b.person, b.area, b.month desc) latest
       group by area, class
     ), flags as (
       select area, class, count(*) filter (where month = :month) as flagged, count(*) as flagged_to_date,
         count(*) filter (where answered_on between first and last) as answered,
         count(*) filter (where answered_on between first and last and outcome = 'recognised') as recognised,
         coalesce(sum(help) filter (where answered_on between first and last), 0.00) as help,
         count(*) filter (where pushed_on + :answerDays::int < last and (answered_on is null or answered_on > last)) as overdue
       from (${FLAGS}) flag cross join ending where month <= :month
       group by area, class
     )
     select area, class, coalesce(persons, 0) as persons, coalesce(flagged, 0) as flagged, coalesce(flagged_to_date, 0) as flagged_to_date,
       coalesce(answered, 0) as answered, coalesce(recognised, 0) as recognised, coalesce(help, 0.00) as help, coalesce(overdue, 0) as overdue
     from known full join flags using (area, class) order by area collate "C", class`,
    { year, month, answerDays: answerDays.toFixed() },
  );

/** Whether a year has any burdens: without them nothing is monitored. */
export const hasBurdens = async (db: Queryable, year: number): Promise<boolean> =>
  (await db('burden').where({ fund_year: year }).first('month')) !== undefined;

interface LastMonitoring {
  reckoning: number;
  counts: MonitoringCounts[];
}

/** The last counts of a month, by area. */
export async function lastMonitoring(db: Queryable, year: number, month: number): Promise<Map<string, LastMonitoring>> {
  const rows = await select<MonitoringCounts & { reckoning: number }>(
    db,
    `select area, class, persons, flagged, flagged_to_date, answered, recognised, help, overdue, reckoning
     from fund.monitoring where fund_year = :year and month = :month order by area collate "C", class`,
    { year, month },
  );
  const byArea = new Map<string, LastMonitoring>();
  for (const { reckoning, ...counts } of rows) {
    const before = byArea.get(counts.area)?.counts ?? [];
    byArea.set(counts.area, { reckoning, counts: [...before, counts] });
  }
  return byArea;
}

/** The pushes of a year by area and month: how many persons, and how many of them have had no answer. */
export const pushes = (
  db: Queryable,
  year: number,
): Promise<{ area: string; name: string; month: number; flagged: string; open: string }[]> =>
  select(
    db,
    `select f.area, a.name_zh as name, f.month, count(*) as flagged, count(*) filter (where f.answered_on is null) as open
     from (${FLAGS}) f join fund.area a on (a.fund_year, a.area) = (f.fund_year, f.area)
     group by f.area, a.name_zh, f.month order by f.month, f.area collate "C"`,
    { year },
  );

export interface FlaggedPerson {
  person: string;
  group: string;
  class: BurdenClass;
  month: number;
  self_paid: string;
  threshold: string;
}

/** The persons flagged in a month, for the departments: the one query that answers with persons. */
export const flaggedPersons = (db: Queryable, year: number, area: string, month: number): Promise<FlaggedPerson[]> =>
  select<FlaggedPerson>(
    db,
    `select f.person, b."group", f.class, f.month, f.self_paid, trim_scale(f.threshold) as threshold
     from fund.burden_flag f
     join fund.burden b on (b.fund_year, b.person, b.area, b.month) = (f.fund_year, f.person, f.area, f.month)
     where f.fund_year = :year and f.area = :area and f.month = :month and not f.withdrawn
     order by f.person collate "C"`,
    { year, area, month },
  );

/** Whether a month's end has been monitored: its check is done. */
export async function lastMonitoredMonth(db: Queryable, year: number): Promise<number> {
  const row = await selectOne<{ month: number | null }>(
    db,
    'select max(month) as month from fund.risk_reckoned where fund_year = :year',
    { year },
  );
  return row?.month ?? 0;
}
