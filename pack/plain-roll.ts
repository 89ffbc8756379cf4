/** Plain lines of the roll (参保登记): those that are in order by every rule of the table `ROLL`. */
import { GROUPS } from '../rules/vocabulary';
import { PlainCells, type PlainLines, PlainWords } from './plain-line';
import { splitRecord } from './record';
import type { Known } from './table';
import { ROLL } from './tables';
import { LONGEST_KEY } from './values';

const COLUMNS = Object.keys(ROLL.columns) as RollColumn[];
type RollColumn = keyof typeof ROLL.columns;
/** One plain row: its cells, and the place of each column. */
export interface PlainRollRow {
  cells: PlainCells;
  places: Readonly<Record<RollColumn, number>>;
  line: number;
}

export class PlainRoll implements PlainLines {
  readonly #row: PlainRollRow = {
    cells: new PlainCells(COLUMNS.length),
    places: { person: 0, area: 0, banner: 0, group: 0, coverage_year: 0 },
    line: 0,
  };
  /** A header in order, and no quote yet: a quoted cell may span lines, which only the strict reader can tell. */
  #isPlain = false;

  readonly #groups = new PlainWords(GROUPS);
  /** Null: the areas cannot be read, and any will do. */
  readonly #areas: PlainWords | null;

  constructor(
    { schemesOf, ownArea }: Known,
    private readonly onRow: (row: PlainRollRow) => void,
  ) {
    const resident = [...(schemesOf ?? [])].filter(
      ([area, schemes]) => schemes?.includes('resident') && (ownArea === undefined || area === ownArea),
    );
    this.#areas = schemesOf && new PlainWords(resident.map(([area]) => area));
  }

  header(text: string): void {
    const names = splitRecord(text.replace(/\r$/, '')).fields ?? [];
    this.#isPlain = names.length === COLUMNS.length && COLUMNS.every((column) => names.includes(column));
    this.#row.places = Object.fromEntries(
      COLUMNS.map((column) => [column, names.indexOf(column)]),
    ) as PlainRollRow['places'];
  }

  take(bytes: Buffer, start: number, end: number, line: number): boolean {
    if (!this.#isPlain) return false;
    if (!this.#row.cells.cut(bytes, start, end)) {
      if (bytes.subarray(start, end).includes('"')) this.#isPlain = false;
      return false;
    }
    if (!this.#isInOrder()) return false;
    this.#row.line = line;
    this.onRow(this.#row);
    return true;
  }

  #isInOrder(): boolean {
    const { cells, places } = this.#row;
    return (
      cells.isText(places.person, LONGEST_KEY) &&
      (this.#areas === null ? cells.isText(places.area, LONGEST_KEY) : this.#areas.have(cells, places.area)) &&
      this.#groups.have(cells, places.group) &&
      cells.year(places.coverage_year) >= 0
    );
  }
}
