/** 绩效评价: the rows of a scheme's evaluation: every indicator of every area, its total, and its rank in the scheme. */
import { type Indicator, rank, totalScore } from '../../rules/evaluation';
import { type Decimal, yuanText } from '../../rules/money';
import { type Because, reasonOf } from '../../rules/rule';
import type { Scheme } from '../../rules/vocabulary';
import type { Measured } from './indicators';

interface MeasuredArea {
  area: string;
  indicators: readonly Measured[];
}
interface EvaluationRow {
  area: string;
  indicator: Indicator | 'total';
  value: string; // of the total: the rank
  score: string;
  because: Record<string, Because>;
}

export function evaluationRows(scheme: Scheme, areas: readonly MeasuredArea[]): EvaluationRow[] {
  const totals = areas.map(({ indicators }) =>
    totalScore({ weight: indicators.map(({ weight }) => weight), s: indicators.map(({ s }) => s) }),
  );
  const ranked = totals.filter((total): total is Decimal => total !== null);
  return areas.flatMap(({ area, indicators }, place) => {
    const rows: EvaluationRow[] = indicators.map(({ indicator, value, score, because }) => ({
      area,
      indicator,
      value,
      score,
      because,
    }));
    const total = totals[place] ?? null;
    if (total === null) return rows;
    const value = String(rank({ total, totals: ranked }));
    const because = totalBecause(area, scheme, indicators);
    return [...rows, { area, indicator: 'total', value, score: yuanText(total), because }];
  });
}

/** The total rests on the unrounded scores of the indicators, the rank on the printed totals of the scheme. */
function totalBecause(
  area: string,
  scheme: Scheme,
  indicators: readonly Measured[],
): Record<'value' | 'score', Because> {
  const indicator = indicators.map((measured) => measured.indicator);
  return {
    score: reasonOf(totalScore, {
      weight: {
        value: indicators.map(({ weight }) => weight.toFixed()),
        from: indicators.map(({ weightFrom }) => weightFrom),
      },
      s: { from: { figure: 'evaluation.s', of: { area, scheme, indicator, by: 'indicator' } } },
    }),
    value: reasonOf(rank, {
      totals: { from: { figure: 'evaluation.score', of: { scheme, indicator: 'total', by: 'area' } } },
      total: { from: { figure: 'evaluation.score', of: { area, scheme, indicator: 'total' } } },
    }),
  };
}
