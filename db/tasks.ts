/** Tasks (待办): what waits for a person, on which figures, since and until when, and who may act. */
import { Decimal, yuanText } from '../rules/money';
import type { TaskKind } from '../rules/decisions';
import type { Role, Scheme } from '../rules/vocabulary';
import { taskOf } from '../rules/keys';
import type { Queryable, Transaction } from './connect';
import { businessDate } from './fund-year';
import { hashOf } from './once';
import { insertRows, select, selectOne } from './rows';
import type { NewRow, Row } from './tables';

export interface Chain {
  fundYear: number;
  chain: string; // what is decided on; no person acts on two links of it
  workflowId: string;
  kind: TaskKind;
  area: string | null; // what it is about, and whose area roles act; null: the whole region
  scheme: Scheme | null; // null: not of one scheme
  subject: string; // Chinese
  figures: object; // what persons are shown; each act quotes their hash
  dueOn: string;
  roles: readonly Role[]; // in the order of the links
  position?: number; // of the first link
}

/** Opens the links of a chain; each waits for the link before it. */
export const openChain = (trx: Transaction, chain: Chain): Promise<void> => openChains(trx, [chain]);

/** Opens the links of many chains at once. */
export const openChains = (trx: Transaction, chains: readonly Chain[]): Promise<void> =>
  insertRows(trx, 'task', chains.flatMap(linksOf));

function linksOf(chain: Chain): NewRow<'task'>[] {
  const start = chain.position ?? 1;
  const figures = displayed(chain.figures);
  return chain.roles.map((role, i) => ({
    fund_year: chain.fundYear,
    task: taskOf(chain.chain, start + i, role),
    chain: chain.chain,
    position: start + i,
    workflow_id: chain.workflowId,
    kind: chain.kind,
    role,
    area: role.startsWith('area_') ? chain.area : null,
    of_area: chain.area,
    of_scheme: chain.scheme,
    subject: chain.subject,
    figures,
    figures_hash: hashOf(chain.figures),
    due_on: chain.dueOn,
  }));
}

/**
 * Whether persons would be shown the same figures now. A task of an earlier release may lack some: what it was never shown does not
 * change it.
 */
export function isAsShown(shown: object | null, now: object): boolean {
  if (shown === null) return false;
  const names = Object.keys(shown);
  const same = Object.fromEntries(Object.entries(displayed(now)).filter(([name]) => names.includes(name)));
  return hashOf(inAnyOrder(shown)) === hashOf(inAnyOrder(same));
}

/** The rows of a list are the same in whatever order the database gave them. */
function inAnyOrder(figures: unknown): unknown {
  if (Array.isArray(figures)) return figures.map(inAnyOrder).map(hashOf).sort();
  if (figures === null || typeof figures !== 'object') return figures;
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, inAnyOrder(value)]));
}

/** The figures as persons read them: money as text, and no reasons, which are stored beside each figure. */
function displayed(figures: object): object {
  return JSON.parse(
    JSON.stringify(figures, function (this: Record<string, unknown>, name, value: unknown) {
      if (name === 'because') return undefined;
      const amount = this[name];
      return amount instanceof Decimal ? yuanText(amount) : value;
    }),
  ) as object;
}

export type OpenTask = Pick<
  Row<'task'>,
  'task' | 'chain' | 'workflow_id' | 'kind' | 'role' | 'area' | 'subject' | 'figures_hash' | 'due_on'
>;

/** Tasks that a person can act on now: the first open link of each chain. */
export const openTasks = (db: Queryable, fundYear: number): Promise<OpenTask[]> =>
  select<OpenTask>(
    db,
    `select distinct on (chain) task, chain, workflow_id, kind, role, area, subject, figures_hash, due_on
     from fund.task where fund_year = :fundYear and state = 'open' order by chain, position`,
    { fundYear },
  );

/** The first open link of a chain, or null when all are done. */
export async function waitingLink(db: Queryable, chain: string): Promise<OpenTask | null> {
  const task = await db('task')
    .where({ chain, state: 'open' })
    .orderBy('position')
    .first('task', 'chain', 'workflow_id', 'kind', 'role', 'area', 'subject', 'figures_hash', 'due_on');
  return task ?? null;
}

/** Whether no link of a chain is open. */
export async function isDecided(db: Queryable, chain: string): Promise<boolean> {
  return (await db('task').where({ chain, state: 'open' }).first('task')) === undefined;
}

/** The hash of the figures that those who decide a chain are shown; undefined without such a chain. */
export async function shownHash(db: Queryable, chain: string): Promise<string | undefined> {
  return (await db('task').where({ chain }).first('figures_hash'))?.figures_hash;
}

/** Voids the open links of a chain: the figures that persons were asked about no longer hold. */
export const voidChain = (trx: Transaction, chain: string): Promise<unknown> =>
  trx('task').where({ chain, state: 'open' }).update({ state: 'void' });

/** Closes the open tasks of chains whose files have arrived: nobody has to act on them any more. */
export async function closeChains(trx: Transaction, chains: readonly string[]): Promise<void> {
  await trx('task').whereIn('chain', chains).update({ state: 'done' });
}

/** Voids every open task of a workflow. */
export const voidChainsOf = (trx: Transaction, workflowId: string): Promise<unknown> =>
  trx('task').where({ workflow_id: workflowId, state: 'open' }).update({ state: 'void' });

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
  figures: unknown; // null: opened before figures were kept
  figures_hash: string;
  since: string; // RFC 3339: when the task was opened, or the link before it was decided
  due_on: string;
  overdue: boolean;
  days_over: number;
  operators: { operator: string; name: string }[]; // who may act
  versions: number[] | null; // of a budget to submit: those that were imported and not submitted yet
  held: string | null; // why what its approval pays may not be paid yet
  /** Where it asks anew: what has changed since the chain before it, and the figures that that one showed. */
  anew: { why: string; figures: object | null } | null;
}

/**
 * Everything that a person can act on now in the open years, or in one year: the earliest deadline first. The calendar says when
 * the cycle of a year starts.
 */
export async function waitingTasks(
  db: Queryable,
  cycleStartOf: (year: number) => string,
  year?: number,
): Promise<WaitingTask[]> {
  const years = await select<{ year: number }>(
    db,
    `select year from fund.fund_year where status = 'open' and (:year::int is null or year = :year) order by year`,
    { year: year ?? null },
  );
  const tasks = await Promise.all(
    years.map(async (open) => waitingOf(db, open.year, await businessDate(db, open.year, cycleStartOf(open.year)))),
  );
  return tasks.flat();
}

const waitingOf = (db: Queryable, year: number, today: string): Promise<WaitingTask[]> =>
  select<WaitingTask>(
    db,
    `select t.fund_year, t.task, t.chain, t.workflow_id, t.kind, t.role, t.area, t.of_area, a.name_zh as of_area_name, t.of_scheme, t.subject,
       t.figures, t.figures_hash, t.due_on, t.due_on < :today::date as overdue, greatest(:today::date - t.due_on, 0) as days_over,
       to_char(greatest(t.opened_at, (select max(d.decided_at) from fund.decision d where d.chain = t.chain)),
         'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as since,
       coalesce((select jsonb_agg(jsonb_build_object('operator', o.operator, 'name', o.name) order by o.operator collate "C")
                 from fund.office_holder o
                 where o.fund_year = t.fund_year and o.role = t.role and o.area is not distinct from t.area
                   and not exists (select from fund.decision d where d.chain = t.chain and d.operator = o.operator)), '[]') as operators,
       case when t.kind = 'submit' then coalesce(
         (select jsonb_agg(distinct s.version order by s.version) from fund.budget_submission s
          where (s.fund_year, s.area, s.scheme) = (t.fund_year, t.of_area, t.of_scheme)
            and not exists (select from fund.budget_check c
                            where (c.fund_year, c.area, c.scheme, c.version) = (s.fund_year, s.area, s.scheme, s.version))), '[]') end as versions,
       case when exists (select from fund.emergency_request e where e.chain = fund.submitted_in(t.chain)) then fund.why_not_paid(t.fund_year) end as held,
       (select jsonb_build_object('why', r.why, 'figures', (select v.figures from fund.task v where v.chain = r.voided and v.state = 'void' limit 1))
        from fund.reopened_chain r where r.chain = t.chain) as anew
     from (select distinct on (chain) * from fund.task where fund_year = :year and state = 'open' order by chain, position) t
     left join fund.area a on (a.fund_year, a.area) = (t.fund_year, t.of_area)
     order by t.due_on, t.of_area collate "C", t.of_scheme, t.chain collate "C"`,
    { year, today },
  );

export type TaskStanding = Pick<
  Row<'task'>,
  'fund_year' | 'task' | 'chain' | 'kind' | 'workflow_id' | 'of_area' | 'of_scheme' | 'subject' | 'figures' | 'state'
> & {
  decided_by: string | null;
};

/** Where a task stands, in whatever state, and who decided it. */
export const taskStanding = (db: Queryable, task: string): Promise<TaskStanding | undefined> =>
  selectOne(
    db,
    `select t.fund_year, t.task, t.chain, t.kind, t.workflow_id, t.of_area, t.of_scheme, t.subject, t.figures, t.state, d.operator as decided_by
     from fund.task t left join fund.decision d using (task) where t.task = :task`,
    { task },
  );

/** The file tasks whose chains begin with a prefix; `decided`: a person has said that there is nothing to report. */
export const fileTasks = (
  db: Queryable,
  year: number,
  prefix: string,
): Promise<{ chain: string; state: string; decided: boolean }[]> =>
  select(
    db,
    `select t.chain, t.state, exists (select from fund.decision d where d.task = t.task) as decided
     from fund.task t where t.fund_year = :year and t.kind = 'import' and starts_with(t.chain, :prefix)`,
    { year, prefix },
  );

/** The reports of areas on a quarter, by the beginning of their chains. */
export const reportTasks = (
  db: Queryable,
  year: number,
  prefix: string,
): Promise<{ chain: string; state: string; area: string; name: string }[]> =>
  select(
    db,
    `select t.chain, t.state, a.area, a.name_zh as name
     from fund.task t join fund.area a on (a.fund_year, a.area) = (t.fund_year, t.of_area)
     where t.fund_year = :year and t.kind = 'report' and starts_with(t.chain, :prefix) order by a.area collate "C"`,
    { year, prefix },
  );

export type WatchedTask = Pick<Row<'task'>, 'fund_year' | 'task' | 'role' | 'area' | 'subject' | 'due_on'>;

const TASK = 't.fund_year, t.task, t.role, t.area, t.subject, t.due_on';

const OF_OPEN_LIVE_YEARS = `fund.task t join fund.fund_year y on y.year = t.fund_year and y.mode = 'live' and y.status = 'open'`;

/** Open tasks that were due before a date. */
export const overdueTasks = (db: Queryable, today: string): Promise<WatchedTask[]> =>
  select(
    db,
    `select ${TASK} from ${OF_OPEN_LIVE_YEARS}
     where t.state = 'open' and t.due_on < :today order by t.due_on, t.task collate "C"`,
    { today },
  );

/** Open tasks that no operator can act on: nobody holds the role there, or all who do have acted on another link. */
export const unanswerableTasks = (db: Queryable): Promise<WatchedTask[]> =>
  select(
    db,
    `select ${TASK} from ${OF_OPEN_LIVE_YEARS}
     where t.state = 'open' and not exists (
       select from fund.office_holder o
       where o.fund_year = t.fund_year and o.role = t.role and o.area is not distinct from t.area
         and not exists (select from fund.decision d where d.chain = t.chain and d.operator = o.operator))
     order by t.task collate "C"`,
  );
