/** 绩效评价: each area and scheme by its indicators, and its rank in the scheme. */
import type { Database } from '../../db/connect';
import type { Law } from '../../parameters/law';
import { lawOf } from '../law';
import { areasOf } from '../../db/areas';
import { once } from '../../db/once';
import { insertRows } from '../../db/rows';
import { RANK, TOTAL_SCORE, rankOf, totalScore, weightedScore } from '../../rules/evaluation';
import { type Decimal, yuanText } from '../../rules/money';
import type { Because } from '../../rules/rule';
import { OWN_EXPENDITURE, SCHEMES, type Scheme } from '../../rules/vocabulary';
import { recordFindings } from '../findings';
import { type Facts, factsOf } from './facts';
import {
  type Measured,
  budgetIndicators,
  conductIndicators,
  participationIndicators,
  residentIndicators,
} from './indicators';
export const createEvaluationActivities = (pool: Database) => ({
  /** Scores, totals and ranks of both schemes; and what hospitals were still owed on 31 December. */
  async evaluateYear({
    year,
    phases,
  }: {
    year: number;
    phases: Record<Scheme, boolean>;
  }): Promise<{ rows: number; unpaidClaims: number }> {
    return once(pool, { key: `fund-year-${year}/evaluation`, input: { year, phases } }, async (trx) => {
      const law = await lawOf(trx, year);
      let rows = 0;
      let unpaidClaims = 0;
      for (const scheme of SCHEMES) {
        const facts = await factsOf(trx, year, scheme);
        const areas = await areasOf(trx, year, scheme);
        const measured = areas.map((area) => ({
          area,
          indicators: [
            ...budgetIndicators(law, facts, area),
            ...participationIndicators(law, facts, area),
            ...(scheme === 'resident' ? residentIndicators(law, facts, area) : []),
            ...conductIndicators(law, facts, area, phases[scheme]),
          ],
        }));
        const evaluation = evaluationRows(year, scheme, measured);
        await insertRows(trx, 'evaluation', evaluation);
        const claims = unpaidClaimFindings(law, facts, areas);
        await recordFindings(trx, year, claims);
        rows += evaluation.length;
        unpaidClaims += claims.length;
      }
      return { rows, unpaidClaims };
    });
  },
});

function evaluationRows(year: number, scheme: Scheme, measured: readonly { area: string; indicators: Measured[] }[]) {
  const totals = measured.map(({ indicators }) => totalScore(indicators));
  const printed = totals.filter((total): total is string => total !== null);
  return measured.flatMap(({ area, indicators }, i) => {
    const key = { fund_year: year, area, scheme };
    const own = indicators.map((one) => ({
      ...key,
      indicator: one.indicator,
      value: one.value,
      score: weightedScore(one),
      because: one.because,
    }));
    const total = totals[i];
    if (total == null) return own;
    const because = totalBecause(area, scheme, indicators);
    return [...own, { ...key, indicator: 'total', value: String(rankOf(total, printed)), score: total, because }];
  });
}

/** The total rests on the unrounded scores of the indicators, the rank on the totals of the scheme. */
function totalBecause(
  area: string,
  scheme: Scheme,
  indicators: readonly Measured[],
): Record<'value' | 'score', Because> {
  const indicator = indicators.map((one) => one.indicator);
  const scores = { figure: 'evaluation.s', of: { area, scheme, indicator, by: 'indicator' } };
  return {
    score: {
      ...TOTAL_SCORE,
      inputs: {
        weight: {
          value: indicators.map(({ weight }) => weight.toFixed()),
          from: indicators.map(({ weightFrom }) => weightFrom),
        },
        s: { from: scores },
      },
    },
    value: {
      ...RANK,
      inputs: {
        totals: { from: { figure: 'evaluation.score', of: { scheme, indicator: 'total', by: 'area' } } },
        total: { from: { figure: 'evaluation.score', of: { area, scheme, indicator: 'total' } } },
      },
    },
  };
}

/** 应付未付: paying late moves a cash-basis deficit; more than one month's expenditure is a finding. */
function unpaidClaimFindings(law: Law, facts: Facts, areas: readonly string[]) {
  const months = law.given('risk.unpaid_claims_months').value;
  return areas.flatMap((area) => {
    const owed = facts.conduct(area).unpaid_claims;
    if (owed === null || owed.times(12).lte(months.times(facts.actuals.area(area).expenditure))) return [];
    return [
      {
        code: 'unpaid_claims' as const,
        area,
        scheme: facts.scheme,
        figure: owed.toFixed(2),
        text: '应付未付医药机构款超过一个月的支出',
        because: unpaidBecause(law, facts, area, owed),
        raised: 'owed * 12 > months * expenditure',
      },
    ];
  });
}

const unpaidBecause = (law: Law, facts: Facts, area: string, owed: Decimal): Because => {
  const { scheme } = facts;
  const months = law.given('risk.unpaid_claims_months');
  return {
    article: 'A(五)“健全基金运行分析与风险预警机制”；RULES 10“conduct.unpaid_claims”：应付未付',
    formula: 'owed',
    inputs: {
      owed: { value: owed.toFixed(2), from: { rows: 'conduct.csv', of: { area, scheme, column: 'unpaid_claims' } } },
      months: { value: months.value.toFixed(), from: months.from },
      expenditure: {
        value: yuanText(facts.actuals.area(area).expenditure),
        from: { rows: 'actuals.csv', of: { area, scheme, part: 'pooled', item: OWN_EXPENDITURE } },
      },
    },
  };
};
