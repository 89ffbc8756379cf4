/** 所依数字已变: chains that are void because a figure behind them has changed, and those that ask anew. */
import type { TaskKind } from '../rules/decisions';
import type { Scheme } from '../rules/vocabulary';
import type { Queryable, Transaction } from './connect';
import { execute, select } from './rows';

/** A chain that waits for a person, and the figures that he is shown. */
export interface BoundChain {
  year: number;
  chain: string;
  workflowId: string;
  kind: TaskKind;
  area: string | null;
  scheme: Scheme | null;
  figures: object | null;
  dueOn: string;
}

/** Lets nobody open a chain on figures that are about to change, until the transaction ends. */
export const changeFigures = (trx: Transaction, year: number): Promise<unknown> =>
  execute(trx, `select pg_advisory_xact_lock(hashtext('fund.bound_figures'), :year)`, { year });

/** Waits for figures that are about to change, so that the chain that this transaction opens is on those of after. */
export const holdFigures = (trx: Transaction, year: number): Promise<unknown> =>
  execute(trx, `select pg_advisory_xact_lock_shared(hashtext('fund.bound_figures'), :year)`, { year });

/** The chains that wait for an approval, a report or the method. Nobody decides on them until the transaction ends. */
export async function lockBoundChains(trx: Transaction, year: number): Promise<BoundChain[]> {
  const rows = await select<BoundChain>(
    trx,
    `select fund_year as year, chain, workflow_id as "workflowId", kind, of_area as area, of_scheme as scheme, figures, due_on as "dueOn"
     from fund.task where fund_year = :year and state = 'open' and kind in ('approve', 'report', 'record_method')
     order by chain collate "C", position for no key update`,
    { year },
  );
  return [...new Map(rows.map((row) => [row.chain, row])).values()];
}

export interface Reopened {
  /** The chain that asks now; null when nothing is left to ask. */
  chain: string | null;
  /** What has changed, in Chinese. */
  why: string;
  /** What the page of the workflow shows of the new question. */
  receipt: object | null;
}

/** How a chain was renewed, one renewal after the other; empty while its figures hold. */
export const renewalsOf = (db: Queryable, chain: string): Promise<Reopened[]> =>
  select(
    db,
    `with recursive renewal (voided, chain, why, receipt, place) as (
       select voided, chain, why, receipt, 1 from fund.reopened_chain where voided = :chain
       union all
       select r.voided, r.chain, r.why, r.receipt, place + 1 from renewal n join fund.reopened_chain r on r.voided = n.chain)
     select chain, why, receipt from renewal order by place`,
    { chain },
  );

/** The workflows of a year that have to ask anew: those that have not been told yet, or whichever ever had to. */
export async function workflowsReopened(db: Queryable, year: number, which: 'untold' | 'ever'): Promise<string[]> {
  const rows = await select<{ id: string }>(
    db,
    `select distinct t.workflow_id as id
     from fund.reopened_chain r join fund.task t on t.chain = r.voided join fund.fund_year y on y.year = r.fund_year
     where r.fund_year = :year and (:ever or y.told_at is null or r.reopened_at > y.told_at) order by id`,
    { year, ever: which === 'ever' },
  );
  return rows.map(({ id }) => id);
}
