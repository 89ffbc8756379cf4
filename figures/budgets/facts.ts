/** The facts on which the checks of one submitted version of a budget rest. */
import type { YardstickFacts } from '../../parameters/yardstick';
import type { SubmittedRow } from '../../rules/budget-checks';

export interface VersionFacts extends YardstickFacts {
  area: string;
  version: number;
  /** Whether the estimate did not wait for the levies of all areas. */
  isAlone?: boolean;
  rows: readonly SubmittedRow[];
}
