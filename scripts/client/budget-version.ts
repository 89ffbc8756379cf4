/** A new version of an area's budget, in whichever way it was filled in: typed on the desk, or in a form that came back. */
import { stringify } from 'csv-stringify/sync';
import { lastUnsubmitted, lastVersion } from '../../db/budgets';
import type { Queryable } from '../../db/connect';
import type { AreaSchemeYear } from '../../db/levies';
import { type Acting, importTexts } from './texts';

/** What was filled in for one item; without an amount the version lacks the item, which is then 0. */
export interface BudgetLine {
  part: string;
  item: string;
  amount: string | null; // yuan, to the fen
  reason: string;
}

/** Imports the lines as a version, which can then be submitted. Filled in again without a change, they are the same version. */
export async function saveVersion(
  acting: Acting,
  of: AreaSchemeYear,
  operator: string,
  lines: readonly BudgetLine[],
): Promise<{ version: number } | { faults: string[] }> {
  const { version, files } = await versionFile(acting.pool, of, operator, lines);
  const report = await importTexts(acting, { year: of.year, operator, files });
  return 'faults' in report ? { faults: report.faults.map(({ text }) => text) } : { version };
}

/** The file that imports the lines as a version, and its number. */
export async function versionFile(
  db: Queryable,
  of: AreaSchemeYear,
  operator: string,
  lines: readonly BudgetLine[],
): Promise<{ version: number; files: Record<string, string> }> {
  const given = lines.filter(({ amount }) => amount !== null);
  const last = await lastUnsubmitted(db, of);
  const isLast = last !== null && sameRows(last.rows, given, operator);
  const version = isLast ? last.version : (await lastVersion(db, of)) + 1;
  const { year, area, scheme } = of;
  const rows = given.map(({ part, item, amount, reason }) => ({
    ...{ area, scheme, year, version, part, item, amount, reason },
    submitted_by: operator,
  }));
  const columns = ['area', 'scheme', 'year', 'version', 'part', 'item', 'amount', 'reason', 'submitted_by'];
  return { version, files: { [SUBMISSIONS]: stringify(rows, { header: true, columns }) } };
}

export const SUBMISSIONS = 'budget_submissions.csv';

type Row = BudgetLine & { submitted_by: string };
function sameRows(stored: readonly Row[], given: readonly BudgetLine[], operator: string): boolean {
  const keyOf = ({ part, item, amount, reason, submitted_by }: Row): string =>
    JSON.stringify([part, item, amount, reason, submitted_by]);
  const [known, now] = [stored, given.map((line) => ({ ...line, submitted_by: operator }))].map((rows) =>
    rows.map(keyOf).sort(),
  );
  return JSON.stringify(known) === JSON.stringify(now);
}
