/** 年初余额口径: which openings of residents hold the premiums that were received in advance (RULES 9). */
import { recognitionIn } from '../parameters';
import type { Pack } from './pack';

/** The areas whose opening stands on receipts while they recognise by coverage year; `set` are values that were set before. */
export const areasHoldingAdvance = (
  { opening, overrides }: Pick<Pack, 'opening' | 'overrides'>,
  set: Readonly<Record<string, unknown>>,
): ReadonlySet<string> => {
  const given = Object.entries(overrides).map(([name, { value }]) => [name, value] as const);
  const values = { ...set, ...Object.fromEntries(given) };
  const holding = opening.filter(
    ({ area, basis }) => basis === 'receipt_year' && recognitionIn(values, area) === 'coverage_year',
  );
  return new Set(holding.map(({ area }) => area));
};
