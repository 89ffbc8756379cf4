/** What waits for a person, and what persons decided. The database itself checks who may act (0002). */
import { Decimal, yuanText } from '../rules/money';
import { ROLE_NAMES, type Role, type Scheme, taskOf } from '../rules/vocabulary';
import type { Queryable, Transaction } from './connect';
import { hashOf } from './once';
import { insertRows, select, selectOne } from './rows';

export type TaskKind = 'submit' | 'approve' | 'accept_finding' | 'record_method' | 'import';

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
     from fund.task where fund_year = $1 and state = 'open' order by chain, position`,
    [fundYear],
  );

/** The link of a chain that is waited for now, or null when all are done. */
export async function waitingLink(db: Queryable, chain: string): Promise<OpenTask | null> {
  const task = await selectOne<OpenTask>(
    db,
    `select task, chain, workflow_id, kind, role, area, subject, figures_hash, due_on
     from fund.task where chain = $1 and state = 'open' order by position limit 1`,
    [chain],
  );
  return task ?? null;
}

/** Voids what is still open of a chain: its figures are no longer those a person was asked about. */
export const voidChain = (trx: Transaction, chain: string): Promise<unknown> =>
  trx.query(`update fund.task set state = 'void' where chain = $1 and state = 'open'`, [chain]);

/** Voids whatever a workflow still waits for. */
export const voidChainsOf = (trx: Transaction, workflowId: string): Promise<unknown> =>
  trx.query(`update fund.task set state = 'void' where workflow_id = $1 and state = 'open'`, [workflowId]);

export interface Act {
  task: string;
  operator: string;
  decision: 'submit' | 'approve' | 'return' | 'accept' | 'record';
  version?: number; // submit
  document?: string; // 文号
  note?: string; // why: the reason of a return
  figuresHash: string;
  businessDate: string;
}

/** What an act is known by when it comes again: not the day, which the system notes of it and which is another one then. */
export const identityOf = (act: Act): object => ({ ...act, businessDate: undefined });

/** Records a person's act and closes its task. Throws what the database refuses, in the words of the trigger. */
export async function recordDecision(trx: Transaction, fundYear: number, act: Act): Promise<void> {
  const task = await selectOne<{ chain: string }>(trx, 'select chain from fund.task where task = $1 for update', [
    act.task,
  ]);
  await insertRows(trx, 'decision', [
    {
      fund_year: fundYear,
      task: act.task,
      chain: task?.chain ?? '',
      operator: act.operator,
      decision: act.decision,
      version: act.version ?? null,
      document: act.document ?? null,
      note: act.note ?? null,
      figures_hash: act.figuresHash,
      business_date: act.businessDate,
    },
  ]);
  await trx.query(`update fund.task set state = 'done' where task = $1`, [act.task]);
}

export interface RecordedAct extends Omit<Act, 'businessDate'> {
  workflow_id: string; // the one that waited for it
}
/** The acts of a year in the order in which persons did them. That a file has nothing to report is asked of the database alone. */
export async function recordedActs(db: Queryable, fundYear: number): Promise<RecordedAct[]> {
  const rows = await select<Record<keyof RecordedAct, unknown>>(
    db,
    `select t.workflow_id, d.task, d.operator, d.decision, d.version, d.document, d.note, d.figures_hash as "figuresHash"
     from fund.decision d join fund.task t using (task)
     where d.fund_year = $1 and t.kind <> 'import' order by d.decided_at, d.task collate "C"`,
    [fundYear],
  );
  // What a person left out is not part of the act.
  return rows.map(
    (row) => Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== null)) as unknown as RecordedAct,
  );
}

export interface PackOperator {
  operator: string;
  name: string;
  role: Role;
  area: string | null;
}
/** Operators of a year, in the order of their ids. */
export const operatorsOf = (db: Queryable, fundYear: number): Promise<PackOperator[]> =>
  select<PackOperator>(
    db,
    'select operator, name, role, area from fund.operator where fund_year = $1 order by operator collate "C"',
    [fundYear],
  );

/** For a person: whom a task waits for. */
export const waitsFor = ({ role, area }: Pick<OpenTask, 'role' | 'area'>): string =>
  area === null ? ROLE_NAMES[role] : `${area} ${ROLE_NAMES[role]}`;
