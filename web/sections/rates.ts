/** 用人单位费率: what each area charges, why a rate must rise, and next year's rate. */
import { STEP_UP_GROUNDS, type StepUpGround } from '../../rules/contribution';
import {
  ACCENT,
  type Chart,
  PALE,
  barsHeight,
  base,
  inBoth,
  legend,
  nameAxis,
  overlaidAxis,
  valueAxis,
} from '../charts';
import { ratioHeight } from '../figures';
import { groundsOf } from '../rates';
import { type Section, areaText, chartHtml, note } from '../section';
import { type Cell, table } from '../table';
import { type Html, type Language, type Text, markup, text } from '../text';
import { type Row, type YearFacts, areasOf, figureOf, rowsOf } from '../year-facts';

const GROUNDS: Record<StepUpGround, Text> = {
  below_floor: text(STEP_UP_GROUNDS.below_floor, 'below the floor'),
  ratio: text(STEP_UP_GROUNDS.ratio, 'fewer workers per retiree than the region'),
  tight: text(STEP_UP_GROUNDS.tight, 'tight balance'),
};
const NOW = text('现行费率', 'rate');
const NEXT = text('下年度费率', 'next rate');

const ratedAreas = (facts: YearFacts) =>
  areasOf(facts, 'employee').flatMap((area) => {
    const [row] = rowsOf(facts, 'rates.csv', { area: area.area });
    return row === undefined ? [] : [{ name: areaText(area), row }];
  });

/** Bars within bars: next year's rate wide and pale, the present one narrow and dark. */
function chart(areas: readonly { name: Text; row: Row }[]): Chart {
  const option = (language: Language): object => {
    const names = areas.map(({ name }) => name[language]);
    const bars = (what: Text, column: 'employer_rate' | 'next_rate', over: 0 | 1) => ({
      type: 'bar',
      name: what[language],
      yAxisIndex: over,
      barWidth: over === 0 ? 16 : 6,
      z: 2 + over,
      itemStyle: { color: over === 0 ? PALE : ACCENT },
      data: areas.map(({ row }, i) => ({
        value: ratioHeight(row[column] ?? '0'),
        tip: `${names[i] as string}\n${what[language]} ${row[column] ?? ''}`,
      })),
    });
    return {
      ...base,
      legend: legend([NEXT[language], NOW[language]]),
      grid: { left: 150, right: 20, top: 34, bottom: 30 },
      xAxis: valueAxis(''),
      yAxis: [nameAxis(names, { inverse: true }), overlaidAxis(names)],
      series: [bars(NEXT, 'next_rate', 0), bars(NOW, 'employer_rate', 1)],
    };
  };
  return {
    id: 'rates',
    title: text(
      '现行费率（深色窄条）与下年度费率（浅色宽条）',
      'Rate (narrow, dark) and next year’s rate (wide, pale)',
    ),
    height: barsHeight(areas.length),
    option: inBoth(option),
  };
}

/** The grounds of a row, in words. */
function groundsText(row: Row): Text | null {
  const grounds = groundsOf(row).map((ground) => GROUNDS[ground]);
  if (grounds.length === 0) return null;
  return text(grounds.map(({ zh }) => zh).join('、'), grounds.map(({ en }) => en).join(', '));
}

const byArea = (facts: YearFacts, areas: readonly { name: Text; row: Row }[]): Html =>
  table({
    caption: text('各统筹区用人单位费率', 'Employer rates by area'),
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      { head: NOW, kind: 'figure' },
      { head: text('应调增的情形', 'grounds'), kind: 'text' },
      { head: NEXT, kind: 'figure' },
    ],
    rows: areas.map(({ name, row }): Cell[] => [
      name,
      figureOf(facts, 'plain', 'rates.csv', 'employer_rate', { area: row.area ?? '' }),
      groundsText(row),
      figureOf(facts, 'plain', 'rates.csv', 'next_rate', { area: row.area ?? '' }),
    ]),
  });

export function rates(facts: YearFacts): Section {
  const areas = ratedAreas(facts);
  const charts = areas.length === 0 ? [] : [chart(areas)];
  return {
    id: 'rates',
    title: text('用人单位费率', 'Employer rates'),
    lead: text(
      '“用人单位未达到7%的地区、在职退休比低于全区平均水平或基金处于紧平衡的地区应逐步调增到7%，达到或高于7%的地区维持不变”（A(二)）。',
      'A rate below 7 % rises to it in yearly steps; one of 7 % or more stays, A(2). The grounds say why a rise is urgent.',
    ),
    charts,
    html:
      areas.length === 0
        ? note(text('本年度没有报送费率。', 'No rates were reported.'))
        : markup`${charts.map(chartHtml)}${byArea(facts, areas)}`,
  };
}
