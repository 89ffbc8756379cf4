/** What an import brings behind the figures that persons decide on: from it follows which chains are looked at. */
import { type Compared, KEYED, type KeyedTable } from '../db/import-rows';

/** Every version of a budget is judged by their rows, and its approvers are shown what follows from them. */
const OF_BUDGETS: readonly KeyedTable[] = ['insured', 'target'];

interface RowOfArea {
  line: number;
  area?: string | null | undefined;
}

export class BehindDecisions {
  /** `otherwise`: what has changed, where no row was corrected and none came late. */
  constructor(readonly otherwise: string) {}

  /** The areas whose budgets may be judged otherwise now. */
  #budgetsOf = new Set<string>();
  /** Whether a value of law has changed: every budget is judged by the law. */
  isLawChanged = false;
  /** Rows that came late, by file. */
  readonly added: Record<string, number> = {};

  /** Notes the rows of a table that are new or corrected. */
  note(table: KeyedTable, rows: readonly RowOfArea[], { added, differing }: Compared): void {
    if (!OF_BUDGETS.includes(table)) return;
    const isNew = new Set(added);
    const late = rows.filter(({ line }) => isNew.has(line));
    for (const { area } of [...late, ...differing.map(({ key }) => key)]) this.#budgetsOf.add(area ?? '');
    if (late.length > 0) this.added[KEYED[table].file] = late.length;
  }

  isBehindBudgetOf(area: string | null): boolean {
    return this.isLawChanged || this.#budgetsOf.has(area ?? '');
  }
}
