/** 系统测算: what trend and factors give for the items that have both, and what the budgets in force have. */
import { type Item, SCHEMES, type Scheme } from '../../rules/vocabulary';
import {
  ACCENT,
  type Chart,
  PALE,
  barsHeight,
  base,
  inBoth,
  inSheets,
  legend,
  nameAxis,
  overlaidAxis,
  titleOfSheet,
  valueAxis,
} from '../charts';
import { grouped, height } from '../figures';
import { ITEM_TEXT } from '../items';
import { SCHEME_TEXT, type Section, areaText, chartHtml, heading, note } from '../section';
import { type Cell, table } from '../table';
import { type Html, type Language, type Text, markup, text } from '../text';
import { type YearFacts, areasOf, figureOf, rowsOf } from '../year-facts';

const TREND = text('按趋势', 'by trend');
const FACTORS = text('按因素', 'by factors');

/** One item of one area with an amount on both sides, pooled. */
interface Compared {
  area: Text;
  item: Text;
  trend: string;
  factors: string;
  of: { area: string; scheme: Scheme; part: 'pooled'; item: string };
}
const comparedIn = (facts: YearFacts, scheme: Scheme): Compared[] =>
  areasOf(facts, scheme).flatMap((area) =>
    rowsOf(facts, 'estimate.csv', { scheme, area: area.area, part: 'pooled' }).flatMap(({ item, trend, factors }) =>
      item === undefined || !trend || !factors
        ? []
        : [
            {
              ...{ area: areaText(area), item: ITEM_TEXT[item as Item], trend, factors },
              of: { area: area.area, scheme, part: 'pooled' as const, item },
            },
          ],
    ),
  );

/** Bars within bars: the trend wide and pale, the factors narrow and dark. */
function chart(scheme: Scheme, rows: readonly Compared[], at: number, of: number): Chart {
  const option = (language: Language): object => {
    const names = rows.map(({ area, item }) => `${area[language]} ${item[language]}`);
    const bars = (name: Text, side: 'trend' | 'factors', over: 0 | 1) => ({
      type: 'bar',
      name: name[language],
      yAxisIndex: over,
      barWidth: over === 0 ? 16 : 6,
      z: 2 + over,
      itemStyle: { color: over === 0 ? PALE : ACCENT },
      data: rows.map((row, i) => ({
        value: height(row[side]),
        tip: `${names[i] as string}\n${name[language]} ${grouped(row[side])}`,
      })),
    });
    return {
      ...base,
      legend: legend([TREND[language], FACTORS[language]]),
      grid: { left: 260, right: 20, top: 34, bottom: 30 },
      xAxis: valueAxis('', { splitNumber: 4 }),
      yAxis: [nameAxis(names, { inverse: true }), overlaidAxis(names)],
      series: [bars(TREND, 'trend', 0), bars(FACTORS, 'factors', 1)],
    };
  };
  return {
    id: `estimate-${scheme}-${at}`,
    title: titleOfSheet(
      text(
        `${SCHEME_TEXT[scheme].zh}：按趋势（浅色宽条）与按因素（深色窄条）测算，亿元`,
        `${SCHEME_TEXT[scheme].en}: estimate by trend (wide, pale) and by factors (narrow, dark), × 10⁸ yuan`,
      ),
      at,
      of,
    ),
    height: barsHeight(rows.length),
    option: inBoth(option),
  };
}

const sides = (facts: YearFacts, scheme: Scheme, rows: readonly Compared[]): Html =>
  table({
    caption: text(
      `${SCHEME_TEXT[scheme].zh} 两种测算与生效预算（统筹基金，元）`,
      `${SCHEME_TEXT[scheme].en}: both estimates and the budget in force (pooled, yuan)`,
    ),
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      { head: text('科目', 'item'), kind: 'text' },
      { head: TREND, kind: 'figure' },
      { head: FACTORS, kind: 'figure' },
      { head: text('系统测算数', 'estimate'), kind: 'figure' },
      { head: text('预算', 'budget'), kind: 'figure' },
    ],
    rows: rows.map(({ area, item, of }): Cell[] => [
      area,
      item,
      ...(['trend', 'factors', 'estimate'] as const).map((column) =>
        figureOf(facts, 'yuan', 'estimate.csv', column, of),
      ),
      figureOf(facts, 'yuan', 'budgets.csv', 'amount', of),
    ]),
  });

export function estimate(facts: YearFacts): Section {
  const compared = SCHEMES.map((scheme) => ({ scheme, rows: comparedIn(facts, scheme) })).filter(
    ({ rows }) => rows.length > 0,
  );
  const charts = compared.map(({ scheme, rows }) => {
    const sheets = inSheets(rows, ({ of }) => of.area);
    return sheets.map((sheet, i) => chart(scheme, sheet, i + 1, sheets.length));
  });
  const html = compared.map(
    ({ scheme, rows }, i) =>
      markup`${heading(SCHEME_TEXT[scheme])}${(charts[i] ?? []).map(chartHtml)}${sides(facts, scheme, rows)}`,
  );
  return {
    id: 'estimate',
    title: text('系统测算', 'Estimate'),
    lead: text(
      '“根据参保人数、缴费标准、缴费率、待遇水平……等因素，全面、准确、科学编制医保基金收支预算”（A(五)）。有因素数的科目取因素数，其余取历年趋势。下列为两种数都有的科目。',
      'A budget follows its factors, A(5): an item with factors takes their amount, any other item its trend. The items that have both are listed below.',
    ),
    charts: charts.flat(),
    html: markup`${html}${compared.length === 0 ? note(text('本年度没有因素数，全部按历年趋势测算。', 'No factors were reported: every item follows its trend.')) : ''}`,
  };
}
