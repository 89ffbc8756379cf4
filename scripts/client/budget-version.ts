/** A new version of an area's budget, in whichever way it was filled in: typed on the desk, or in a form that came back. */
import { stringify } from 'csv-stringify/sync';
import { lastImported } from '../../db/budgets';
import type { Queryable } from '../../db/connect';
import type { AreaSchemeYear } from '../../db/levies';
import { type Acting, importTexts } from './texts';

/** What was filled in for one item; without an amount the version lacks the item, which is then 0. */
interface BudgetLine {
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
  const version = await versionOf(acting.pool, of, operator, lines);
  const files = { [SUBMISSIONS]: submissionsFile([version]) };
  const report = await importTexts(acting, { year: of.year, operator, files });
  return 'faults' in report ? { faults: report.faults.map(({ text }) => text) } : { version: version.version };
}

/** A version as it is imported. */
interface NewVersion {
  of: AreaSchemeYear;
  version: number;
  /** The last version, submitted already, which is the same. */
  repeats: number | null;
  rows: Row[];
}

/** The lines as the version after the last one; as that one, where it was not submitted and is the same. */
export async function versionOf(
  db: Queryable,
  of: AreaSchemeYear,
  operator: string,
  lines: readonly BudgetLine[],
): Promise<NewVersion> {
  const rows = lines.filter(({ amount }) => amount !== null).map((line) => ({ ...line, submitted_by: operator }));
  const last = await lastImported(db, of);
  const same = last !== null && sameRows(last.rows, rows) ? last : null;
  const version = same?.isChecked === false ? same.version : (last?.version ?? 0) + 1;
  return { of, version, repeats: same?.isChecked ? same.version : null, rows };
}

/** The file that imports versions. */
export const SUBMISSIONS = 'budget_submissions.csv';
export const submissionsFile = (versions: readonly NewVersion[]): string =>
  stringify(
    versions.flatMap(({ of, version, rows }) => rows.map((row) => ({ ...of, version, ...row }))),
    {
      header: true,
      columns: ['area', 'scheme', 'year', 'version', 'part', 'item', 'amount', 'reason', 'submitted_by'],
    },
  );

type Row = BudgetLine & { submitted_by: string };
function sameRows(stored: readonly Row[], given: readonly Row[]): boolean {
  const keyOf = ({ part, item, amount, reason, submitted_by }: Row): string =>
    JSON.stringify([part, item, amount, reason, submitted_by]);
  const [known, now] = [stored, given].map((rows) => rows.map(keyOf).sort());
  return JSON.stringify(known) === JSON.stringify(now);
}
