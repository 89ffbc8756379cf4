/** Tasks (待办): what waits for a person, on which figures, since and until when, and who may act. */
import { Decimal, yuanText } from '../rules/money';
import type { TaskKind } from '../rules/decisions';
import { ROLE_NAMES, type Role, type Scheme } from '../rules/vocabulary';
import { taskOf } from '../rules/keys';
import type { Queryable, Transaction } from './connect';
import { businessDate } from './fund-year';
import { hashOf } from './once';
import { insertRows, select, selectOne } from './rows';

export interface Chain {
  fundYear: number;
  chain: string; // what is decided on; nobody acts on two links of it
  workflowId: string;
  kind: TaskKind;
  area: string | null; // what it is about, and whose area roles act; null: the whole region
  scheme: Scheme | null; // null: no scheme alone
  subject: string; // Chinese
  figures: object; // what the persons see; an act is bound to its hash
  dueOn: string;
  roles: readonly Role[]; // in the order of the links
  position?: number; // of the first link
}

/** Opens the links of a chain; each waits for the one before it. */
export const openChain = (trx: Transaction, chain: Chain): Promise<void> => openChains(trx, [chain]);

/** Opens the links of many chains at once. */
export const openChains = (trx: Transaction, chains: readonly Chain[]): Promise<void> =>
  insertRows(trx, 'task', chains.flatMap(linksOf));

function linksOf(chain: Chain): object[] {
  const start = chain.position ?? 1;
  const figures = shown(chain.figures);
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

/** The figures as a person reads them: money as text, without the reasons, which are stored beside each figure. */
function shown(figures: object): unknown {
  return JSON.parse(
    JSON.stringify(figures, function (this: Record<string, unknown>, name, value: unknown) {
      if (name === 'because') return undefined;
      const amount = this[name];
      return amount instanceof Decimal ? yuanText(amount) : value;
    }),
  );
}

export interface OpenTask {
  task: string;
  chain: string;
  workflow_id: string;
  kind: TaskKind;
  role: Role;
  area: string | null;
  subject: string;
  figures_hash: string;
  due_on: string;
}

/** Tasks that a person can act on now: open, and nothing before them in their chain is. */
export const openTasks = (db: Queryable, fundYear: number): Promise<OpenTask[]> =>
  select<OpenTask>(
    db,
    `select distinct on (chain) task, chain, workflow_id, kind, role, area, subject, figures_hash, due_on
     from fund.task where fund_year = :fundYear and state = 'open' order by chain, position`,
    { fundYear },
  );

/** The link of a chain that is waited for now, or null when all are done. */
export async function waitingLink(db: Queryable, chain: string): Promise<OpenTask | null> {
  const task = await db('task')
    .where({ chain, state: 'open' })
    .orderBy('position')
    .first('task', 'chain', 'workflow_id', 'kind', 'role', 'area', 'subject', 'figures_hash', 'due_on');
  return task ?? null;
}

/** Whether anything of a chain is still open. */
export async function isDecided(db: Queryable, chain: string): Promise<boolean> {
  return (
    (await selectOne(db, `select from fund.task where chain = :chain and state = 'open'`, { chain })) === undefined
  );
}

/** Voids what is still open of a chain: its figures are no longer those a person was asked about. */
export const voidChain = (trx: Transaction, chain: string): Promise<unknown> =>
  trx('task').where({ chain, state: 'open' }).update({ state: 'void' });

/** What chains ask for has come by itself: nobody has to answer any more. */
export async function closeChains(trx: Transaction, chains: readonly string[]): Promise<void> {
  await trx('task').whereIn('chain', chains).update({ state: 'done' });
}

/** Voids whatever a workflow still waits for. */
export const voidChainsOf = (trx: Transaction, workflowId: string): Promise<unknown> =>
  trx('task').where({ workflow_id: workflowId, state: 'open' }).update({ state: 'void' });

/** For a person: whom a task waits for. */
export const waitsFor = ({ role, area }: Pick<OpenTask, 'role' | 'area'>): string =>
  area === null ? ROLE_NAMES[role] : `${area} ${ROLE_NAMES[role]}`;

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

/** Everything that a person can act on now: open, in an open year, and nothing before it in its chain is. Oldest deadline first. */
export async function waitingTasks(db: Queryable, year?: number): Promise<WaitingTask[]> {
  const years = await select<{ year: number }>(
    db,
    `select year from fund.fund_year where status = 'open' and (:year::int is null or year = :year) order by year`,
    { year: year ?? null },
  );
  const found = await Promise.all(years.map(async (one) => waitingOf(db, one.year, await businessDate(db, one.year))));
  return found.flat();
}

const waitingOf = (db: Queryable, year: number, today: string): Promise<WaitingTask[]> =>
  select<WaitingTask>(
    db,
    `select t.fund_year, t.task, t.chain, t.workflow_id, t.kind, t.role, t.area, t.of_area, a.name_zh as of_area_name, t.of_scheme, t.subject,
       t.figures, t.figures_hash, t.due_on, t.due_on < :today::date as overdue, greatest(:today::date - t.due_on, 0) as days_over,
       to_char(greatest(t.opened_at, (select max(d.decided_at) from fund.decision d where d.chain = t.chain)),
         'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as since,
       coalesce((select jsonb_agg(jsonb_build_object('operator', o.operator, 'name', o.name) order by o.operator collate "C")
                 from fund.operator o
                 where o.fund_year = t.fund_year and o.role = t.role and o.area is not distinct from t.area
                   and not exists (select from fund.decision d where d.chain = t.chain and d.operator = o.operator)), '[]') as operators
     from (select distinct on (chain) * from fund.task where fund_year = :year and state = 'open' order by chain, position) t
     left join fund.area a on (a.fund_year, a.area) = (t.fund_year, t.of_area)
     order by t.due_on, t.of_area collate "C", t.of_scheme, t.chain collate "C"`,
    { year, today },
  );

/** The task of a name, whatever became of it. */
export const taskNamed = (
  db: Queryable,
  task: string,
): Promise<{ task: string; state: string; subject: string } | undefined> =>
  db('task').where({ task }).first('task', 'state', 'subject');

/** The tasks of a step that were opened before, whose names begin alike; `decided`: a person has said that there is nothing. */
export const fileTasks = (
  db: Queryable,
  year: number,
  stem: string,
): Promise<{ chain: string; state: string; decided: boolean }[]> =>
  select(
    db,
    `select t.chain, t.state, exists (select from fund.decision d where d.task = t.task) as decided
     from fund.task t where t.fund_year = :year and t.kind = 'import' and starts_with(t.chain, :stem)`,
    { year, stem },
  );

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
     where t.state = 'open' and t.due_on < :today order by t.due_on, t.task collate "C"`,
    { today },
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
