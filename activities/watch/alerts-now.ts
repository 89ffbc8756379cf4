/** The open problems as they stand now. The watchdog notes them once an hour; those solved since are left out. */
import { type Alert, openAlerts } from '../../db/alerts';
import type { Queryable } from '../../db/connect';
import { YEAR_KINDS, problemsOf } from '../../rules/keys';
import { yearProblems } from './year';

/** Those of years are looked at again, in the database; the others need Temporal or a worker, and are as at the last pass. */
export async function alertsNow(db: Queryable, today: string): Promise<Alert[]> {
  const found = new Map((await yearProblems(db, today)).map((problem) => [problem.key, problem]));
  const isOfYear = ({ key }: Alert): boolean => YEAR_KINDS.some((kind) => key.startsWith(problemsOf(kind)));
  return (await openAlerts(db))
    .filter((alert) => !isOfYear(alert) || found.has(alert.key))
    .map((alert) => ({ ...alert, ...found.get(alert.key) }));
}

/** Whether a problem concerns an area: its key names that area, or none. */
export function concerns({ key }: Pick<Alert, 'key'>, area: string, all: readonly string[]): boolean {
  const words = new Set(key.split(/[^\da-z]+/i));
  return words.has(area) || !all.some((other) => words.has(other));
}
