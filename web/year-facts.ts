/** Everything that the report shows of a fund year: the rows of the result files, names, and a few other stored figures. */
import { type NamedArea, areasOfYear } from '../db/areas';
import { type CollectionDay, collectionDays } from '../db/collection-days';
import { levyRooms } from '../db/levies';
import { overriddenParameters } from '../db/parameters';
import { type CycleFacts, type ResultFile, type ResultRow, cycleFacts, resultRows } from '../db/results';
import { type AlphaInputs, alphaInputs } from '../db/sharing';
import { type NamedUnit, namedUnits } from '../db/total-budgets';
import type { Queryable } from '../db/connect';
import type { Scheme } from '../rules/vocabulary';
import { type Figure, type Origin, type Unit, total } from './figures';

export type Row = Readonly<Record<string, string>>;
/** The result files that the report shows. */
export const SHOWN_FILES = [
  'collection.csv',
  'quarantine.csv',
  'subsidy.csv',
  'budgets.csv',
  'adjusted_budgets.csv',
  'region_budget.csv',
  'execution.csv',
  'risk.csv',
  'levy.csv',
  'sharing.csv',
  'balances.csv',
  'evaluation.csv',
  'estimate.csv',
  'rates.csv',
  'performance.csv',
  'findings.csv',
  'premium_sources.csv',
  'enrolment.csv',
  'monitoring.csv',
  'total_budget.csv',
  'final_accounts.csv',
  'agreement.csv',
] as const satisfies readonly ResultFile[];
type ShownFile = (typeof SHOWN_FILES)[number];
type Conditions = Origin['rows'];

export interface YearFacts {
  cycle: CycleFacts;
  areas: readonly NamedArea[];
  files: Readonly<Record<ShownFile, readonly Row[]>>;
  days: readonly CollectionDay[];
  rooms: readonly { scheme: Scheme; room: string | null }[];
  alphas: readonly AlphaInputs[];
  units: readonly NamedUnit[];
  overridden: readonly { name: string; source: string }[];
}

/** A row with all cells as text; an empty cell is an empty text. */
const asText = (row: ResultRow): Row =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [column, value === null ? '' : String(value)]));

/** What is read of a year: some of its files, and with them what is of the whole region or not. */
export interface Wanted {
  files: readonly ShownFile[];
  ofRegion: boolean;
}
const ALL: Wanted = { files: SHOWN_FILES, ofRegion: true };

/** Reads a year; undefined when it is not in the database. What is not wanted is empty. */
export async function yearFacts(db: Queryable, year: number, wanted: Wanted = ALL): Promise<YearFacts | undefined> {
  const { ofRegion } = wanted;
  const cycle = await cycleFacts(db, year);
  if (cycle === undefined) return undefined;
  const files = Object.fromEntries(SHOWN_FILES.map((file) => [file, []])) as unknown as Record<
    ShownFile,
    readonly Row[]
  >;
  for (const file of wanted.files) files[file] = (await resultRows(db, file, year)).map(asText);
  return {
    cycle,
    files,
    areas: await areasOfYear(db, year),
    days: await collectionDays(db, year),
    rooms: ofRegion ? await levyRooms(db, year) : [],
    alphas: ofRegion ? await alphaInputs(db, year) : [],
    units: ofRegion ? await namedUnits(db, year) : [],
    overridden: ofRegion ? await overriddenParameters(db, year) : [],
  };
}

const meets = (row: Row, rows: Conditions): boolean =>
  Object.entries(rows).every(([column, value]) => {
    const cell = row[column] ?? '';
    return Array.isArray(value) ? value.includes(cell) : String(value) === cell;
  });

/** The rows of a file that meet all conditions; a list means any of its values. */
export const rowsOf = (facts: YearFacts, file: ShownFile, rows: Conditions): Row[] =>
  facts.files[file].filter((row) => meets(row, rows));

/** The figure in one cell; null without such a row, or where the cell is empty. */
export function figureOf(
  facts: YearFacts,
  unit: Unit,
  file: ShownFile,
  column: string,
  rows: Conditions,
): Figure | null {
  const [row] = rowsOf(facts, file, rows);
  const value = row?.[column];
  return value === undefined || value === '' ? null : { value, unit, of: { file, column, rows } };
}

/** The exact sum of a column over the rows; null where no row has the figure yet. */
export function sumOf(facts: YearFacts, unit: Unit, file: ShownFile, column: string, rows: Conditions): Figure | null {
  const amounts = rowsOf(facts, file, rows).flatMap((row) => row[column] || []);
  return amounts.length === 0
    ? null
    : { value: total(amounts, unit === 'count' ? 0 : 2), unit, of: { file, column, rows } };
}

/** The number of rows. */
export const countOf = (facts: YearFacts, file: ShownFile, rows: Conditions): Figure => ({
  value: String(rowsOf(facts, file, rows).length),
  unit: 'count',
  of: { file, column: 'count', rows },
});

/** The areas of a scheme, in order of their codes. */
export const areasOf = (facts: YearFacts, scheme: Scheme): NamedArea[] =>
  facts.areas.filter(({ schemes }) => schemes.includes(scheme));
