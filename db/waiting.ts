/** 待办: what waits for a person, as the person is shown it: on which figures, since when, until when, and who may act. */
import type { Decision, TaskKind } from '../rules/decisions';
import type { Role, Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select, selectOne } from './rows';

export interface WaitingTask {
  fund_year: number;
  task: string;
  chain: string;
  workflow_id: string;
  kind: TaskKind;
  role: Role;
  area: string | null; // whose office
  of_area: string | null; // what it is about
  of_area_name: string | null;
  of_scheme: Scheme | null;
  subject: string;
  figures: unknown; // null: asked before figures were kept
  figures_hash: string;
  since: string; // RFC 3339: when it was asked, or the link before it decided
  due_on: string;
  overdue: boolean;
  days_over: number;
  operators: { operator: string; name: string }[]; // who may act
}

/**
 * The business date of a year: in a live one the date in Shanghai, in a run the last date that anything is known of. Without
 * Temporal, so that it can be told while Temporal is down.
 */
export async function businessDate(db: Queryable, year: number): Promise<string> {
  const row = await selectOne<{ today: string }>(
    db,
    `select case mode
       when 'live' then (now() at time zone 'Asia/Shanghai')::date
       else greatest(make_date(year - 1, 9, 1),
         (select max(business_date) from fund.decision d where d.fund_year = year),
         (select max(date) from fund.journal_entry e where e.fund_year = year))
     end as today from fund.fund_year where year = $1`,
    [year],
  );
  return row?.today ?? `${year - 1}-09-01`;
}

/** Everything that a person can act on now: open, in an open year, and nothing before it in its chain is. Oldest deadline first. */
export async function waitingTasks(db: Queryable, year?: number): Promise<WaitingTask[]> {
  const years = await select<{ year: number }>(
    db,
    `select year from fund.fund_year where status = 'open' and ($1::int is null or year = $1) order by year`,
    [year ?? null],
  );
  const found = await Promise.all(years.map(async (one) => waitingOf(db, one.year, await businessDate(db, one.year))));
  return found.flat();
}

const waitingOf = (db: Queryable, year: number, today: string): Promise<WaitingTask[]> =>
  select<WaitingTask>(
    db,
    `select t.fund_year, t.task, t.chain, t.workflow_id, t.kind, t.role, t.area, t.of_area, a.name_zh as of_area_name, t.of_scheme, t.subject,
       t.figures, t.figures_hash, t.due_on, t.due_on < $2::date as overdue, greatest($2::date - t.due_on, 0) as days_over,
       to_char(greatest(t.opened_at, (select max(d.decided_at) from fund.decision d where d.chain = t.chain)),
         'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as since,
       coalesce((select jsonb_agg(jsonb_build_object('operator', o.operator, 'name', o.name) order by o.operator collate "C")
                 from fund.operator o
                 where o.fund_year = t.fund_year and o.role = t.role and o.area is not distinct from t.area
                   and not exists (select from fund.decision d where d.chain = t.chain and d.operator = o.operator)), '[]') as operators
     from (select distinct on (chain) * from fund.task where fund_year = $1 and state = 'open' order by chain, position) t
     left join fund.area a on (a.fund_year, a.area) = (t.fund_year, t.of_area)
     order by t.due_on, t.of_area collate "C", t.of_scheme, t.chain collate "C"`,
    [year, today],
  );

export interface KnownOperator {
  fund_year: number;
  operator: string;
  name: string;
  role: Role;
  area: string | null;
}
/** Everyone who may act in an open year, or in the one that is named. */
export const knownOperators = (db: Queryable, year?: number): Promise<KnownOperator[]> =>
  select<KnownOperator>(
    db,
    `select o.fund_year, o.operator, o.name, o.role, o.area from fund.operator o join fund.fund_year y on y.year = o.fund_year
     where ($1::int is null and y.status = 'open') or o.fund_year = $1 order by o.fund_year, o.operator collate "C"`,
    [year ?? null],
  );

export interface Decided {
  fund_year: number;
  task: string;
  kind: TaskKind;
  subject: string;
  workflow_id: string;
  of_area: string | null;
  of_scheme: Scheme | null;
  operator: string;
  decision: Decision;
  version: number | null;
  document: string | null;
  note: string | null;
  business_date: string;
}
/** What an operator has decided, the last first. */
export const decisionsOf = (db: Queryable, operator: string, year?: number): Promise<Decided[]> =>
  select<Decided>(
    db,
    `select d.fund_year, d.task, t.kind, t.subject, t.workflow_id, t.of_area, t.of_scheme, d.operator, d.decision, d.version,
       d.document, d.note, d.business_date
     from fund.decision d join fund.task t using (task)
     where d.operator = $1 and ($2::int is null or d.fund_year = $2) order by d.decided_at desc`,
    [operator, year ?? null],
  );

/** The task of a name, whatever became of it. */
export const taskNamed = (
  db: Queryable,
  task: string,
): Promise<{ task: string; state: string; subject: string } | undefined> =>
  selectOne(db, 'select task, state, subject from fund.task where task = $1', [task]);

/** The versions of a budget that were imported, and whether the checks have seen each. */
export const versionsOf = (
  db: Queryable,
  year: number,
  scheme: string,
  area: string,
): Promise<{ version: number; isChecked: boolean }[]> =>
  select(
    db,
    `select s.version, exists (select from fund.budget_check c
       where (c.fund_year, c.area, c.scheme, c.version) = (s.fund_year, s.area, s.scheme, s.version)) as "isChecked"
     from fund.budget_submission s where fund_year = $1 and scheme = $2 and area = $3
     group by s.fund_year, s.area, s.scheme, s.version order by s.version`,
    [year, scheme, area],
  );
