/** The facts on which the checks of one submitted version of a budget rest. */
import type { YardstickFacts } from '../../parameters/yardstick';
import type { SubmittedRow } from '../../rules/budget-checks';
import type { Cells, Source } from '../../rules/rule';

export interface VersionFacts extends YardstickFacts {
  area: string;
  version: number;
  /** Whether the estimate was made before the levies of all areas were known. */
  isAlone?: boolean;
  rows: readonly SubmittedRow[];
  /** For an adjustment: the budget in force on its date, with which its items are compared instead of the estimate. */
  adjusts?: InForce;
}
/** The version of the adjustment that is in force; null while it is the budget of 1 January. */
export interface InForce {
  adjustment: number | null;
}

/** Where the items of a budget in force are stored. */
export const inForceRows = ({ adjustment }: InForce, cells: Cells): Source =>
  adjustment === null
    ? { rows: 'budgets.csv', of: cells }
    : { rows: 'adjusted_budgets.csv', of: { ...cells, version: adjustment } };
