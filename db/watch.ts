/** What the watchdog asks of the database: live years, their overdue tasks and dates, waits that nobody can answer. */
import type { Role, Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select, selectOne } from './rows';

/** Whether the database belongs to compressed runs: then no year is expected to be started in it. */
export async function isForRunsOnly(db: Queryable): Promise<boolean> {
  const row = await selectOne<{ runs: boolean }>(
    db,
    `select count(*) > 0 and bool_and(mode = 'run') as runs from fund.fund_year`,
  );
  return row?.runs === true;
}

export interface LiveYear {
  year: number;
  workflow_id: string | null; // null: no cycle has claimed it
}
/** The live years that are not closed. */
export const openLiveYears = (db: Queryable): Promise<LiveYear[]> =>
  select(db, `select year, workflow_id from fund.fund_year where mode = 'live' and status = 'open' order by year`);

/** Whether a year has a cycle, or had one. */
export async function hasCycle(db: Queryable, year: number): Promise<boolean> {
  return (
    (await selectOne(db, 'select from fund.fund_year where year = $1 and workflow_id is not null', [year])) !==
    undefined
  );
}

export interface WatchedTask {
  fund_year: number;
  task: string;
  role: Role;
  area: string | null;
  subject: string;
  due_on: string;
}
const TASK = 't.fund_year, t.task, t.role, t.area, t.subject, t.due_on';
const OF_OPEN_LIVE_YEARS = `fund.task t join fund.fund_year y on y.year = t.fund_year and y.mode = 'live' and y.status = 'open'`;

/** Tasks whose last day has passed by a date. */
export const overdueTasks = (db: Queryable, today: string): Promise<WatchedTask[]> =>
  select(
    db,
    `select ${TASK} from ${OF_OPEN_LIVE_YEARS}
     where t.state = 'open' and t.due_on < $1 order by t.due_on, t.task collate "C"`,
    [today],
  );

/** Open tasks that no operator can act on: nobody holds the role there, or everyone who does has acted on another link. */
export const unanswerableTasks = (db: Queryable): Promise<WatchedTask[]> =>
  select(
    db,
    `select ${TASK} from ${OF_OPEN_LIVE_YEARS}
     where t.state = 'open' and not exists (
       select from fund.operator o
       where o.fund_year = t.fund_year and o.role = t.role and o.area is not distinct from t.area
         and not exists (select from fund.decision d where d.chain = t.chain and d.operator = o.operator))
     order by t.task collate "C"`,
  );

export interface Missing {
  area: string;
  name: string;
  scheme: Scheme;
}
/** Results that the calendar sets a date for, each with the table that holds it. */
export const RESULTS = {
  collection_term: { scheme: 'resident', inPhase: false },
  budget: { scheme: null, inPhase: false },
  collection: { scheme: 'resident', inPhase: false },
  subsidy: { scheme: 'resident', inPhase: false },
  levy_estimate: { scheme: null, inPhase: true },
  sharing: { scheme: null, inPhase: true },
} as const;
export type ResultTable = keyof typeof RESULTS;

/** The areas and schemes of a year that a result is missing of. What the adjustment fund does is asked of `schemes` only. */
export function missingResults(
  db: Queryable,
  year: number,
  table: ResultTable,
  schemes: readonly Scheme[],
): Promise<Missing[]> {
  const { scheme } = RESULTS[table];
  const ofScheme = scheme === null ? 'and r.scheme = s' : '';
  return select<Missing>(
    db,
    `select a.area, a.name_zh as name, s as scheme from fund.area a, unnest(a.schemes) s
     where a.fund_year = $1 and s = any ($2)
       and not exists (select from fund.${table} r where (r.fund_year, r.area) = (a.fund_year, a.area) ${ofScheme})
     order by s, a.area collate "C"`,
    [year, scheme === null ? schemes : schemes.filter((one) => one === scheme)],
  );
}

/** The areas and schemes of a year without the check of a month. */
export const missingChecks = (db: Queryable, year: number, month: number): Promise<Missing[]> =>
  select<Missing>(
    db,
    `select a.area, a.name_zh as name, s as scheme from fund.area a, unnest(a.schemes) s
     where a.fund_year = $1
       and not exists (select from fund.risk r where (r.fund_year, r.area, r.scheme, r.month) = (a.fund_year, a.area, s, $2))
     order by s, a.area collate "C"`,
    [year, month],
  );

/** How many areas a year has. */
export async function areaCount(db: Queryable, year: number): Promise<number> {
  const row = await selectOne<{ areas: number }>(
    db,
    'select count(*)::int as areas from fund.area where fund_year = $1',
    [year],
  );
  return row?.areas ?? 0;
}
