/** 绩效目标完成情况: each indicator that has a value against its target. Targets do not affect the score (READINGS 59). */
import type { Law } from '../../parameters/law';
import { targetOf } from '../../parameters/targets';
import { EVALUATION_ARTICLE, type Indicator, TARGET_SENSE } from '../../rules/evaluation';
import { type Decimal, plainText } from '../../rules/money';
import { REACHED, type Reached, TARGET_ARTICLE, greenBound } from '../../rules/performance';
import { type Because, type Given, type Source, reasonOf, taken } from '../../rules/rule';
import type { EvaluationFacts } from './facts';
import type { Measured } from './indicators';

interface PerformanceRow {
  area: string;
  indicator: Indicator;
  target: string;
  value: string;
  reached: Reached;
  because: Record<'target' | 'value' | 'reached', Because>;
}

export const performanceOf = (facts: EvaluationFacts, measured: readonly Measured[], law: Law): PerformanceRow[] =>
  measured.map((measure) => {
    const { area } = facts;
    const { indicator, value } = measure;
    const target = targetOf(law, { ...facts, own: facts.targets }, indicator);
    const text = plainText(target.value);
    const { reached, because } = judged(facts, measure, target, law);
    return {
      area,
      indicator,
      target: text,
      value,
      reached,
      because: {
        target: targetBecause(target, text),
        value: taken(EVALUATION_ARTICLE, value, evaluated(facts, indicator, 'value')),
        reached: because,
      },
    };
  });

const evaluated = ({ area, scheme }: EvaluationFacts, indicator: Indicator, column: string): Source => ({
  figure: `evaluation.${column}`,
  of: { area, scheme, indicator },
});

/** The green bound is one of four. */
const targetBecause = ({ from }: Given<Decimal>, text: string): Because =>
  'parameter' in from && from.parameter.startsWith('risk.')
    ? reasonOf(greenBound, { bounds: { from } })
    : taken(TARGET_ARTICLE, text, from);

function judged(
  facts: EvaluationFacts,
  { indicator, v }: Measured,
  target: Given<Decimal>,
  law: Law,
): { reached: Reached; because: Because } {
  if (v === null) {
    const rule = indicator === 'levy_timeliness' ? REACHED.unpaid : REACHED.endless;
    const given = indicator === 'levy_timeliness' ? { unpaid: true } : { endless: true };
    const inputs = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, { value, from: { stated: '指标值不是数' } }]),
    );
    return { reached: rule({ unpaid: true, endless: true }), because: reasonOf(rule, inputs) };
  }
  const { area, scheme } = facts;
  const margin = law.given('performance.margin.budget_expenditure');
  const rule = REACHED[TARGET_SENSE[indicator]];
  const stated = {
    v: { value: v.toFraction(), from: evaluated(facts, indicator, 'v') },
    target: { value: plainText(target.value), from: { figure: 'performance.target', of: { area, scheme, indicator } } },
    ...(indicator === 'budget_expenditure' ? { margin: law.stated('performance.margin.budget_expenditure') } : {}),
  };
  return { reached: rule({ v, target: target.value, margin: margin.value }), because: reasonOf(rule, stated) };
}
