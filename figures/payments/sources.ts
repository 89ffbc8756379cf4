/** Where the facts of total budgets and clearings come from. */
import type { PaidFund } from '../../db/total-budgets';
import type { Cells, Source } from '../../rules/rule';
import { UNIT_KINDS, type UnitKind } from '../../rules/vocabulary';

export const fundOf = ({ area, scheme }: PaidFund): Cells => ({ area, scheme });

/** One figure of one unit, or of the reserve. */
export const unitFigure = (fund: PaidFund, unit: string, column: string): Source => ({
  figure: `total_budget.${column}`,
  of: { ...fundOf(fund), unit },
});
/** A figure of every unit of these kinds, in the order of their codes; the reserve has no kind. */
export const unitFigures = (fund: PaidFund, column: string, kinds: readonly UnitKind[] = UNIT_KINDS): Source => ({
  figure: `total_budget.${column}`,
  of: { ...fundOf(fund), kind: kinds, by: 'unit' },
});
/** A unit's place in the order of their codes. */
export const PLACE: Source = { stated: '各单位按代码排列的位次' };
