/** 绩效目标完成情况: each indicator against its target, and how many an area has reached. */
import { INDICATORS, type Indicator } from '../../rules/evaluation';
import { SCHEMES, type Scheme } from '../../rules/vocabulary';
import { ACCENT, type Chart, PALE, barsHeight, base, inBoth, legend, nameAxis, valueAxis } from '../charts';
import { attributesOf, written } from '../figures';
import { SCHEME_TEXT, type Section, areaText, chartHtml, heading } from '../section';
import { type Cell, table } from '../table';
import { type Html, type Language, type Text, markup, text } from '../text';
import { type YearFacts, areasOf, countOf, figureOf, rowsOf } from '../year-facts';
import { INDICATOR_TEXT } from './evaluation';

const REACHED = text('已达到', 'reached');
const MISSED = text('未达到', 'not reached');

/** Stacked: how many targets an area has reached, and how many not. */
function chart(facts: YearFacts, scheme: Scheme): Chart {
  const areas = areasOf(facts, scheme);
  const option = (language: Language): object => {
    const names = areas.map((area) => areaText(area)[language]);
    const bars = (name: Text, reached: 'yes' | 'no', colour: string) => ({
      type: 'bar',
      name: name[language],
      stack: 'targets',
      barWidth: 12,
      itemStyle: { color: colour },
      data: areas.map(({ area }, i) => {
        const count = countOf(facts, 'performance.csv', { area, scheme, reached }).value;
        return { value: Number.parseInt(count, 10), tip: `${names[i] as string}\n${name[language]} ${count}` };
      }),
    });
    return {
      ...base,
      legend: legend([REACHED[language], MISSED[language]]),
      grid: { left: 150, right: 20, top: 34, bottom: 26 },
      xAxis: valueAxis('', { minInterval: 1 }),
      yAxis: nameAxis(names, { inverse: true }),
      series: [bars(REACHED, 'yes', ACCENT), bars(MISSED, 'no', PALE)],
    };
  };
  return {
    id: `performance-${scheme}`,
    title: text(
      `${SCHEME_TEXT[scheme].zh}：已达到（深色）与未达到（浅色）的目标数`,
      `${SCHEME_TEXT[scheme].en}: targets reached (dark) and not (pale)`,
    ),
    height: barsHeight(areas.length),
    option: inBoth(option),
  };
}

/** A value with its target below it, and whether it was reached. */
function against(facts: YearFacts, scheme: Scheme, area: string, indicator: Indicator): Cell {
  const rows = { area, scheme, indicator };
  const value = figureOf(facts, 'plain', 'performance.csv', 'value', rows);
  const target = figureOf(facts, 'plain', 'performance.csv', 'target', rows);
  if (value === null || target === null) return null;
  const isReached = rowsOf(facts, 'performance.csv', rows)[0]?.reached === 'yes';
  return {
    html: markup`<span ${attributesOf(value)}>${written(value)}</span> ${isReached ? '✓' : '✗'}<small ${attributesOf(target)}>${written(target)}</small>`,
    sortBy: value.value,
  };
}

function byArea(facts: YearFacts, scheme: Scheme): Html {
  const indicators = INDICATORS.filter(
    (indicator) => rowsOf(facts, 'performance.csv', { scheme, indicator }).length > 0,
  );
  return table({
    caption: text(
      `${SCHEME_TEXT[scheme].zh} 指标值与目标（下为目标；✓ 已达到，✗ 未达到）`,
      `${SCHEME_TEXT[scheme].en}: values and targets (target below; ✓ reached, ✗ not)`,
    ),
    dense: true,
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      { head: REACHED, kind: 'figure' },
      ...indicators.map((indicator) => ({ head: INDICATOR_TEXT[indicator], kind: 'figure' as const })),
    ],
    rows: areasOf(facts, scheme).map((area): Cell[] => [
      areaText(area),
      countOf(facts, 'performance.csv', { area: area.area, scheme, reached: 'yes' }),
      ...indicators.map((indicator) => against(facts, scheme, area.area, indicator)),
    ]),
  });
}

export function performance(facts: YearFacts): Section {
  const schemes = SCHEMES.filter((scheme) => rowsOf(facts, 'performance.csv', { scheme }).length > 0);
  const charts = schemes.map((scheme) => chart(facts, scheme));
  return {
    id: 'performance',
    title: text('绩效目标', 'Targets'),
    lead: text(
      '“合理设定绩效目标，做好绩效评价”（A(五)）。批复预算时目标已在案；年终按未舍入的指标值对照。目标只影响本表，不影响得分。',
      'Targets are shown beside a budget when it is approved, A(5), and compared with the unrounded values at the end of the year. They do not affect the score.',
    ),
    charts,
    html: markup`${schemes.map((scheme, i) => markup`${heading(SCHEME_TEXT[scheme])}${chartHtml(charts[i] as Chart)}${byArea(facts, scheme)}`)}`,
  };
}
