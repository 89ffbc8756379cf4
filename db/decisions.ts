/** Decisions of persons on tasks. The database itself checks who may act. */
import type { Decision, TaskKind } from '../rules/decisions';
import type { Scheme } from '../rules/vocabulary';
import type { Proof } from '../signing/act-text';
import type { Queryable, Transaction } from './connect';
import { insertRows, select, selectOne } from './rows';

export interface Act {
  task: string;
  operator: string;
  decision: Decision;
  version?: number; // submit
  /** Of the rows of that version, as whoever submits it has seen them. */
  rowsHash?: string;
  document?: string; // 文号
  note?: string; // the reason of a return
  figuresHash: string;
  businessDate: string;
  /** Its author's signature; in a live year the database asks for one. */
  proof?: Proof;
}

/**
 * What makes a repeated act the same act: everything but its date, which the system adds, and its signature. Both differ the second
 * time.
 */
export const identityOf = (act: Act): object => ({ ...act, businessDate: undefined, proof: undefined });

/**
 * Records a person's act, whose signature is recorded already, and closes its task. What the database refuses is thrown in the words
 * of its trigger.
 */
export async function recordDecision(trx: Transaction, fundYear: number, act: Act): Promise<void> {
  const task = await trx('task').where({ task: act.task }).forUpdate().first('chain');
  await insertRows(trx, 'decision', [
    {
      fund_year: fundYear,
      task: act.task,
      chain: task?.chain ?? '',
      operator: act.operator,
      decision: act.decision,
      version: act.version ?? null,
      rows_hash: act.rowsHash ?? null,
      document: act.document ?? null,
      note: act.note ?? null,
      figures_hash: act.figuresHash,
      business_date: act.businessDate,
      proof: act.proof?.nonce ?? null,
    },
  ]);
  await trx('task').where({ task: act.task }).update({ state: 'done' });
}

/** The business date of the last decision on a chain. */
export async function lastDecision(db: Queryable, chain: string): Promise<string> {
  const row = await selectOne<{ last: string }>(
    db,
    'select max(business_date) as last from fund.decision where chain = :chain',
    { chain },
  );
  if (row === undefined) throw new Error(`Nothing was decided on ${chain}.`);
  return row.last;
}

/** Whether somebody has returned what a chain asks for. */
export async function isReturned(db: Queryable, chain: string): Promise<boolean> {
  return (await db('decision').where({ chain, decision: 'return' }).first('task')) !== undefined;
}

export interface RecordedAct extends Omit<Act, 'businessDate' | 'proof'> {
  workflow_id: string; // the workflow that waited for it
}

/**
 * The acts of a year in the order in which persons did them, for the workflows that waited for them. Acts on file tasks are left
 * out: no workflow waits for those.
 */
export async function recordedActs(db: Queryable, fundYear: number): Promise<RecordedAct[]> {
  const rows = await select<Record<keyof RecordedAct, unknown>>(
    db,
    `select t.workflow_id, d.task, d.operator, d.decision, d.version, d.rows_hash as "rowsHash", d.document, d.note,
       d.figures_hash as "figuresHash"
     from fund.decision d join fund.task t using (task)
     where d.fund_year = :fundYear and t.kind <> 'import' order by d.decided_at, d.task collate "C"`,
    { fundYear },
  );
  // An empty cell was not part of the act.
  return rows.map(
    (row) => Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== null)) as unknown as RecordedAct,
  );
}

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

/** A decision that counts for nothing any more, while what asks anew is still open. */
export type VoidDecision = Pick<Decided, 'fund_year' | 'task' | 'subject' | 'decision' | 'business_date'> & {
  why: string;
};

/** What an operator decided in open years on figures that have changed since. */
export const voidDecisionsOf = (db: Queryable, operator: string): Promise<VoidDecision[]> =>
  select(
    db,
    `select d.fund_year, d.task, t.subject, d.decision, d.business_date, r.why
     from fund.decision d join fund.task t using (task) join fund.reopened_chain r on r.voided = d.chain
     join fund.fund_year y on y.year = d.fund_year and y.status = 'open'
     where d.operator = :operator and exists (select from fund.task n where n.chain = fund.asks_now(d.chain) and n.state = 'open')
     order by r.reopened_at desc`,
    { operator },
  );

/** What an operator has decided, the latest first. */
export const decisionsOf = (db: Queryable, operator: string, year?: number): Promise<Decided[]> =>
  select<Decided>(
    db,
    `select d.fund_year, d.task, t.kind, t.subject, t.workflow_id, t.of_area, t.of_scheme, d.operator, d.decision, d.version,
       d.document, d.note, d.business_date
     from fund.decision d join fund.task t using (task)
     where d.operator = :operator and (:year::int is null or d.fund_year = :year) order by d.decided_at desc`,
    { operator, year: year ?? null },
  );
