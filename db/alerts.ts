/** Alerts (异常): what is wrong, told once and then daily until it is solved. Times are RFC 3339; they come from the caller. */
import type { Queryable, Transaction } from './connect';
import { execute, insertRows, select } from './rows';

export interface Problem {
  key: string; // kind/what, the same as long as it is the same problem
  fund_year: number | null;
  problem: string; // Chinese: what is wrong
  remedy: string; // Chinese: what to do
}

export interface Alert extends Problem {
  since: string; // RFC 3339
  last_told: string | null;
}

const instant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as ${column.replace(/.*\./, '')}`;

const COLUMNS = `key, fund_year, problem, remedy, ${instant('since')}, ${instant('last_told')}`;

/** What is wrong now, longest first: for `show`, the watchdog's page and its messages. */
export const openAlerts = (db: Queryable): Promise<Alert[]> =>
  select<Alert>(db, `select ${COLUMNS} from fund.alert where solved_at is null order by alert.since, key collate "C"`);

/** Lets watchers take turns until the transaction ends, so that nothing is told twice. */
export const takeTurn = (trx: Transaction): Promise<unknown> =>
  execute(trx, `select pg_advisory_xact_lock(hashtextextended('fund alerts', 0))`);

/**
 * Notes what a look has found: new problems, others' present words, and what is solved. Only the kinds that were looked at can
 * be solved: a server that does not answer has not been looked at.
 */
export async function noteProblems(
  trx: Transaction,
  found: readonly Problem[],
  lookedAt: readonly string[],
  now: string,
): Promise<void> {
  await execute(
    trx,
    `update fund.alert set solved_at = :now
     where solved_at is null and split_part(key, '/', 1) = any (:lookedAt) and not key = any (:found)`,
    { lookedAt, found: found.map(({ key }) => key), now },
  );
  await execute(
    trx,
    `update fund.alert a set problem = f.problem, remedy = f.remedy
     from jsonb_to_recordset(:found) as f (key text, problem text, remedy text)
     where a.key = f.key and a.solved_at is null and (a.problem, a.remedy) <> (f.problem, f.remedy)`,
    { found: JSON.stringify(found) },
  );
  const open = new Set((await openAlerts(trx)).map(({ key }) => key));
  await insertRows(
    trx,
    'alert',
    found.filter(({ key }) => !open.has(key)).map((problem) => ({ ...problem, since: now })),
  );
}

/** A day, less the jitter of hourly looks: what was told at nine is told again at nine. */
export const AGAIN_AFTER_MINUTES = 24 * 60 - 30;

export interface Untold {
  open: Alert[];
  solved: Alert[]; // told before, and not that they are solved
}

/** What is to be told at a time: what nobody was told within a day, and what was solved at that time. */
export async function untold(trx: Transaction, now: string): Promise<Untold> {
  return {
    open: await select<Alert>(
      trx,
      `select ${COLUMNS} from fund.alert
       where solved_at is null and (last_told is null or last_told <= :now::timestamptz - make_interval(mins => ${AGAIN_AFTER_MINUTES}))
       order by alert.since, key collate "C"`,
      { now },
    ),
    solved: await select<Alert>(
      trx,
      `select ${COLUMNS} from fund.alert where solved_at = :now and last_told is not null order by key collate "C"`,
      { now },
    ),
  };
}

export const markTold = (trx: Transaction, alerts: readonly Alert[], now: string): Promise<unknown> =>
  execute(trx, 'update fund.alert set last_told = :now where solved_at is null and key = any (:alerts)', {
    alerts: alerts.map(({ key }) => key),
    now,
  });
