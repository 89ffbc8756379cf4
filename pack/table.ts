/** A table of the pack: its columns, its key, and the checks of its rows. */
import type { Scheme } from '../rules/vocabulary';
import type { Reader } from '../parameters/reader';

interface Column<Value> extends Reader<Value> {
  /** An optional column (in italics in CONTRACT 2), which the file may lack. */
  mayBeMissing?: boolean;
}
export const optional = <Value>(reader: Reader<Value>): Column<Value> => ({ ...reader, mayBeMissing: true });

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the values differ from column to column
export type Columns = Readonly<Record<string, Column<any>>>;
export type Row<C extends Columns> = { readonly [N in keyof C]: C[N] extends Column<infer Value> ? Value : never } & {
  readonly line: number;
};

/** What rows are checked against. */
export interface Known {
  /** The schemes of each area, null where they cannot be read; null as a whole where the areas cannot be read. */
  schemesOf: ReadonlyMap<string, readonly Scheme[] | null> | null;
  /** The fund year of the pack; null where a file is only read again after it was judged. */
  year: number | null;
  /** The only area whose rows may be in the file; left out: any. */
  ownArea?: string | undefined;
}

/** A fault of one cell. */
export interface CellFault {
  column: string;
  expected: string;
  remedy: string;
}
/** A check sees the cells that could be read, and is silent about the others. */
type Check<C extends Columns> = (row: Partial<Row<C>>, known: Known) => CellFault | null;

export interface Table<C extends Columns> {
  file: string;
  required: boolean;
  columns: C;
  /** Empty where equal rows may stand side by side. */
  key: readonly (keyof C & string)[];
  checks: readonly Check<C>[];
  /** Rows of other years stay in the pack for other cycles. */
  isOf: (row: Row<C>, year: number) => boolean;
}

/** Declares a table, so that the type of its rows follows from its columns. */
export const table = <C extends Columns>(
  declared: Omit<Table<C>, 'checks' | 'isOf' | 'required'> & Partial<Table<C>>,
): Table<C> => ({ required: true, checks: [], isOf: () => true, ...declared });

export function columnNames({ columns }: Pick<Table<Columns>, 'columns'>): { required: string[]; optional: string[] } {
  const names = Object.keys(columns);
  const optional = names.filter((name) => columns[name]?.mayBeMissing);
  return { required: names.filter((name) => !optional.includes(name)), optional };
}
