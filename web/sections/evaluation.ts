/** 绩效评价: scores by indicator, totals and ranks. */
import { INDICATORS, INDICATOR_NAMES, type Indicator } from '../../rules/evaluation';
import { SCHEMES, type Scheme } from '../../rules/vocabulary';
import { ACCENT, type Chart, INK, barsHeight, base, inBoth, nameAxis, valueAxis } from '../charts';
import { attributesOf, ratioHeight, written } from '../figures';
import { SCHEME_TEXT, type Section, areaText, chartHtml, heading, note } from '../section';
import { type Cell, table } from '../table';
import { type Html, type Language, type Text, markup, text } from '../text';
import { type YearFacts, areasOf, figureOf, rowsOf } from '../year-facts';

export const INDICATOR_TEXT: Record<Indicator, Text> = {
  budget_income: text(INDICATOR_NAMES.budget_income, 'income budget'),
  budget_expenditure: text(INDICATOR_NAMES.budget_expenditure, 'expenditure budget'),
  collection: text(INDICATOR_NAMES.collection, 'collection'),
  expansion: text(INDICATOR_NAMES.expansion, 'expansion'),
  low_income: text(INDICATOR_NAMES.low_income, 'low income'),
  subsidy_arrival: text(INDICATOR_NAMES.subsidy_arrival, 'subsidy'),
  months_payable: text(INDICATOR_NAMES.months_payable, 'months payable'),
  levy_timeliness: text(INDICATOR_NAMES.levy_timeliness, 'levy in time'),
  reimbursement: text(INDICATOR_NAMES.reimbursement, 'reimbursement'),
};

/** Areas with a total, best first; equal ranks in the order of area codes. */
const ranked = (facts: YearFacts, scheme: Scheme) =>
  areasOf(facts, scheme)
    .flatMap((area) => {
      const [row] = rowsOf(facts, 'evaluation.csv', { area: area.area, scheme, indicator: 'total' });
      return row === undefined ? [] : [{ area, rank: row.value as string, score: row.score as string }];
    })
    .sort((a, b) => Number(a.rank) - Number(b.rank));

function chart(facts: YearFacts, scheme: Scheme): Chart {
  const areas = ranked(facts, scheme);
  const option = (language: Language): object => {
    const names = areas.map(({ area, rank }) => `${rank}  ${areaText(area)[language]}`);
    return {
      ...base,
      grid: { left: 150, right: 60, top: 8, bottom: 26 },
      xAxis: valueAxis('', { min: 0, max: 100 }),
      yAxis: nameAxis(names, { inverse: true }),
      series: [
        {
          type: 'bar',
          barWidth: 12,
          itemStyle: { color: ACCENT },
          label: { show: true, position: 'right', color: INK, fontSize: 12 },
          data: areas.map(({ area, score }) => ({
            value: ratioHeight(score),
            label: { formatter: score },
            tip: `${areaText(area)[language]}\n${score}`,
          })),
        },
      ],
    };
  };
  return {
    id: `evaluation-${scheme}`,
    title: text(`${SCHEME_TEXT[scheme].zh}：总分与排名`, `${SCHEME_TEXT[scheme].en}: totals and ranks`),
    height: barsHeight(areas.length) - 24,
    option: inBoth(option),
  };
}

/** A score, with the value of the indicator below it. */
function scored(facts: YearFacts, scheme: Scheme, area: string, indicator: Indicator): Cell {
  const rows = { area, scheme, indicator };
  const score = figureOf(facts, 'plain', 'evaluation.csv', 'score', rows);
  const value = figureOf(facts, 'plain', 'evaluation.csv', 'value', rows);
  if (score === null || value === null) return null;
  return {
    html: markup`<span ${attributesOf(score)}>${written(score)}</span><small ${attributesOf(value)}>${written(value)}</small>`,
    sortBy: score.value,
  };
}

function scores(facts: YearFacts, scheme: Scheme): Html {
  const indicators = INDICATORS.filter(
    (indicator) => rowsOf(facts, 'evaluation.csv', { scheme, indicator }).length > 0,
  );
  const weight = (indicator: Indicator): string => {
    const pinned = facts.cycle.parameters.find(({ name }) => name === `evaluation.weight.${indicator}`);
    return (pinned?.value ?? '') as string;
  };
  return table({
    caption: text(
      `${SCHEME_TEXT[scheme].zh} 各项得分（下为指标值，表头括号内为权重）`,
      `${SCHEME_TEXT[scheme].en}: scores (measured value below; weight in brackets)`,
    ),
    dense: true,
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      { head: text('排名', 'rank'), kind: 'figure' },
      { head: text('总分', 'total'), kind: 'figure' },
      ...indicators.map((indicator) => ({
        head: text(
          `${INDICATOR_TEXT[indicator].zh}（${weight(indicator)}）`,
          `${INDICATOR_TEXT[indicator].en} (${weight(indicator)})`,
        ),
        kind: 'figure' as const,
      })),
    ],
    rows: areasOf(facts, scheme).map((area): Cell[] => [
      areaText(area),
      figureOf(facts, 'plain', 'evaluation.csv', 'value', { area: area.area, scheme, indicator: 'total' }),
      figureOf(facts, 'plain', 'evaluation.csv', 'score', { area: area.area, scheme, indicator: 'total' }),
      ...indicators.map((indicator) => scored(facts, scheme, area.area, indicator)),
    ]),
  });
}

export function evaluation(facts: YearFacts): Section {
  const schemes = SCHEMES.filter((scheme) => rowsOf(facts, 'evaluation.csv', { scheme }).length > 0);
  const charts = schemes.map((scheme) => chart(facts, scheme));
  return {
    id: 'evaluation',
    title: text('绩效评价', 'Evaluation'),
    lead: text(
      '“实施基金预算绩效管理，合理设定绩效目标，做好绩效评价，强化结果应用”（A(五)）。总分 = 100 × Σ 得分 ÷ Σ 权重；缺少数据的指标不计。',
      'Each area and scheme is scored by its indicators, A(5). Total = 100 × Σ score ÷ Σ weight; an indicator without data is left out.',
    ),
    charts,
    html: markup`${schemes.map((scheme, i) => markup`${heading(SCHEME_TEXT[scheme])}${chartHtml(charts[i] as Chart)}${scores(facts, scheme)}`)}${note(
      text(
        '权重、斜率与目标均为假定（assumed），见“适用参数”。',
        'Weights, slopes and targets are assumed: see the values of law.',
      ),
    )}`,
  };
}
