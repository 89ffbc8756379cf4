/** Alerts (异常): problems, sent out when found and daily until they are solved. Times are RFC 3339 and come from the caller. */
import { type ProblemKind, problemsOf } from '../rules/keys';
import type { Queryable, Transaction } from './connect';
import { execute, insertRows, select } from './rows';

export interface Problem {
  key: string; // kind/what: stays the same as long as the problem does
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

/** The problems that exist now, the oldest first. */
export const openAlerts = (db: Queryable): Promise<Alert[]> =>
  select<Alert>(db, `select ${COLUMNS} from fund.alert where solved_at is null order by alert.since, key collate "C"`);

/** Lets only one watcher at a time proceed, until its transaction ends, so that nothing is sent twice. */
export const takeTurn = (trx: Transaction): Promise<unknown> =>
  execute(trx, `select pg_advisory_xact_lock(hashtextextended('fund alerts', 0))`);

/**
 * Stores what a check has found: new problems, the current words of known ones, and which are solved. Only problems of the kinds
 * that were checked can be solved: a server that does not answer was not checked.
 */
export async function noteProblems(
  trx: Transaction,
  found: readonly Problem[],
  checkedKinds: readonly ProblemKind[],
  now: string,
): Promise<void> {
  await execute(
    trx,
    `update fund.alert set solved_at = :now
     where solved_at is null and exists (select from unnest(:checked::text[]) p where starts_with(key, p)) and not key = any (:found)`,
    { checked: checkedKinds.map(problemsOf), found: found.map(({ key }) => key), now },
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

/** A day, less the jitter of hourly checks: what was sent at nine is sent again at nine. */
export const REMIND_AFTER_MINUTES = 24 * 60 - 30;

export interface PendingNotices {
  open: Alert[];
  solved: Alert[]; // sent out before, solved now
}

/** What is to be sent at a time: problems not sent within a day, and those that were solved at that time. */
export async function pendingNotices(trx: Transaction, now: string): Promise<PendingNotices> {
  return {
    open: await select<Alert>(
      trx,
      `select ${COLUMNS} from fund.alert
       where solved_at is null and (last_told is null or last_told <= :now::timestamptz - make_interval(mins => ${REMIND_AFTER_MINUTES}))
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

export const markNotified = (trx: Transaction, alerts: readonly Alert[], now: string): Promise<unknown> =>
  execute(trx, 'update fund.alert set last_told = :now where solved_at is null and key = any (:alerts)', {
    alerts: alerts.map(({ key }) => key),
    now,
  });
