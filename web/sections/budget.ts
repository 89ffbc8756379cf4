/** 预算与执行: the budgets in force against the books, by area and by item. */
import {
  ITEM_NAMES,
  type Item,
  OWN_EXPENDITURE,
  OWN_INCOME,
  SCHEMES,
  type Scheme,
  itemsOf,
} from '../../rules/vocabulary';
import {
  ACCENT,
  type Chart,
  PALE,
  SECOND,
  barsHeight,
  base,
  inBoth,
  legend,
  nameAxis,
  overlaidAxis,
  valueAxis,
} from '../charts';
import { grouped, height } from '../figures';
import { ITEM_TEXT } from '../items';
import { SCHEME_TEXT, type Section, areaText, chartHtml, heading } from '../section';
import { type Cell, table } from '../table';
import { type Html, type Language, type Text, markup, text } from '../text';
import { type YearFacts, areasOf, figureOf, rowsOf, sumOf } from '../year-facts';
import { OWN_EXPENDITURE_ACCOUNTS, OWN_INCOME_ACCOUNTS, pooledOf } from './accounts';

const SIDES = [
  {
    name: text('收入', 'Income'),
    items: OWN_INCOME,
    accounts: OWN_INCOME_ACCOUNTS,
    indicator: 'budget_income',
    colour: ACCENT,
  },
  {
    name: text('支出', 'Expenditure'),
    items: OWN_EXPENDITURE,
    accounts: OWN_EXPENDITURE_ACCOUNTS,
    indicator: 'budget_expenditure',
    colour: SECOND,
  },
] as const;
type Side = (typeof SIDES)[number];

const budgeted = (facts: YearFacts, { items }: Side, scheme: Scheme, area: string) =>
  sumOf(facts, 'yuan', 'budgets.csv', 'amount', { area, scheme, part: 'pooled', item: [...items] });
const booked = (facts: YearFacts, { accounts }: Side, scheme: Scheme, area: string) =>
  sumOf(facts, 'yuan', 'balances.csv', 'at_year_end', { entity: area, scheme, part: 'pooled', account: [...accounts] });

const BUDGET = text('预算', 'budget');
const ACTUAL = text('执行', 'actual');

/** The bars of one side: what they show, and how. */
interface Bars {
  name: Text;
  of: typeof budgeted;
  colour: string;
  width: number;
  /** 1 lies over 0. */
  over: 0 | 1;
}

function bars(
  facts: YearFacts,
  scheme: Scheme,
  at: number,
  { name, of, colour, width, over }: Bars,
  language: Language,
) {
  const side = SIDES[at] as Side;
  return {
    type: 'bar',
    name: name[language],
    xAxisIndex: at,
    yAxisIndex: 2 * at + over,
    barWidth: width,
    z: 2 + over,
    itemStyle: { color: colour },
    data: areasOf(facts, scheme).map((area) => {
      const yuan = of(facts, side, scheme, area.area)?.value ?? '0.00';
      const words = `${side.name[language]} ${name[language]} ${grouped(yuan)}`;
      return { value: height(yuan), tip: `${areaText(area)[language]}\n${words}` };
    }),
  };
}

/** Bars within bars: the budget wide and pale, the execution narrow and dark. */
function chart(facts: YearFacts, scheme: Scheme): Chart {
  const areas = areasOf(facts, scheme);
  const option = (language: Language): object => {
    const names = areas.map((area) => areaText(area)[language]);
    return {
      ...base,
      legend: {
        ...legend([BUDGET[language], ACTUAL[language]]),
        data: [
          { name: BUDGET[language], itemStyle: { color: PALE } },
          { name: ACTUAL[language], itemStyle: { color: ACCENT } },
        ],
      },
      title: SIDES.map(({ name }, at) => ({
        text: name[language],
        left: at === 0 ? 150 : '60%',
        top: 22,
        textStyle: { fontSize: 13, fontWeight: 600 },
      })),
      grid: [
        { left: 150, right: '43%', top: 48, bottom: 30 },
        { left: '60%', right: 20, top: 48, bottom: 30 },
      ],
      xAxis: SIDES.map((_, at) => valueAxis('', { gridIndex: at, splitNumber: 4 })),
      yAxis: SIDES.flatMap((_, at) => [
        nameAxis(names, { gridIndex: at, inverse: true, ...(at === 1 ? { axisLabel: { show: false } } : {}) }),
        overlaidAxis(names, { gridIndex: at }),
      ]),
      series: SIDES.flatMap(({ colour }, at) => [
        bars(facts, scheme, at, { name: BUDGET, of: budgeted, colour: PALE, width: 16, over: 0 }, language),
        bars(facts, scheme, at, { name: ACTUAL, of: booked, colour, width: 6, over: 1 }, language),
      ]),
    };
  };
  return {
    id: `budget-${scheme}`,
    title: text(
      `${SCHEME_TEXT[scheme].zh}：预算（浅色宽条）与执行（深色窄条），亿元`,
      `${SCHEME_TEXT[scheme].en}: budget (wide, pale) and actual (narrow, dark), × 10⁸ yuan`,
    ),
    height: barsHeight(areas.length) + 20,
    option: inBoth(option),
  };
}

const ORIGINS: Record<string, Text> = {
  submitted: text('申报', 'submitted'),
  directed: text('以收定支', 'directed'),
};

function origin(facts: YearFacts, scheme: Scheme, area: string): Cell {
  const row = rowsOf(facts, 'budgets.csv', { scheme, area })[0];
  if (row === undefined) return null;
  const name = ORIGINS[row.origin as 'submitted'] as Text;
  return text(`${name.zh}（第${row.version}版）`, `${name.en} (v. ${row.version})`);
}

const byArea = (facts: YearFacts, scheme: Scheme): Html =>
  table({
    caption: text(
      `${SCHEME_TEXT[scheme].zh} 各统筹区预算与执行（统筹基金，元）`,
      `${SCHEME_TEXT[scheme].en}: budget and actual by area (pooled, yuan)`,
    ),
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      { head: text('预算来源', 'origin'), kind: 'text' },
      ...SIDES.flatMap(({ name }) => [
        { head: text(`${name.zh}预算`, `${name.en.toLowerCase()}, budget`), kind: 'figure' as const },
        { head: text(`${name.zh}执行`, 'actual'), kind: 'figure' as const },
        { head: text('执行率', 'ratio'), kind: 'figure' as const },
      ]),
    ],
    rows: areasOf(facts, scheme).map((area): Cell[] => [
      areaText(area),
      origin(facts, scheme, area.area),
      ...SIDES.flatMap((side) => [
        budgeted(facts, side, scheme, area.area),
        booked(facts, side, scheme, area.area),
        figureOf(facts, 'percent', 'evaluation.csv', 'value', { area: area.area, scheme, indicator: side.indicator }),
      ]),
    ]),
    totals: [
      [
        text('全区', 'region'),
        null,
        ...SIDES.flatMap(({ items, accounts }) => [
          sumOf(facts, 'yuan', 'budgets.csv', 'amount', { scheme, part: 'pooled', item: [...items] }),
          sumOf(facts, 'yuan', 'balances.csv', 'at_year_end', pooledOf(facts, scheme, accounts)),
          null,
        ]),
      ],
    ],
  });

/** The region's totals by item, in two columns for each scheme. */
function byItem(facts: YearFacts): Html {
  const own: Item[] = [...OWN_INCOME, ...OWN_EXPENDITURE];
  const pair = (item: Item, scheme: Scheme): Cell[] =>
    itemsOf(scheme).includes(item)
      ? [
          sumOf(facts, 'yuan', 'budgets.csv', 'amount', { scheme, part: 'pooled', item }),
          sumOf(facts, 'yuan', 'balances.csv', 'at_year_end', pooledOf(facts, scheme, [ITEM_NAMES[item]])),
        ]
      : [null, null];
  return table({
    caption: text('全区分科目预算与执行（统筹基金，元）', 'The region by item: budget and actual (pooled, yuan)'),
    columns: [
      { head: text('科目', 'item'), kind: 'text' },
      ...SCHEMES.flatMap((scheme) =>
        [BUDGET, ACTUAL].map((what) => ({
          head: text(`${SCHEME_TEXT[scheme].zh}${what.zh}`, `${SCHEME_TEXT[scheme].en.toLowerCase()}, ${what.en}`),
          kind: 'figure' as const,
        })),
      ),
    ],
    rows: own.map((item) => [ITEM_TEXT[item], ...SCHEMES.flatMap((scheme) => pair(item, scheme))]),
  });
}

export function budget(facts: YearFacts): Section {
  const schemes = SCHEMES.filter((scheme) => rowsOf(facts, 'budgets.csv', { scheme }).length > 0);
  const charts = schemes.map((scheme) => chart(facts, scheme));
  return {
    id: 'budget',
    title: text('预算与执行', 'Budget and actual'),
    lead: text(
      '“以收定支、收支平衡、略有结余”，不应编制当年赤字预算（A(五)）。到期仍无可批准版本的，以收定支编制。上下级往来科目不计入收支。',
      'Expenditure follows income, and no budget may be in deficit, A(5). An area without an approvable version by the deadline gets a directed budget. Items between levels are left out.',
    ),
    charts,
    html: markup`${schemes.map((scheme, i) => markup`${heading(SCHEME_TEXT[scheme])}${chartHtml(charts[i] as Chart)}${byArea(facts, scheme)}`)}${heading(text('分科目', 'By item'))}${byItem(facts)}`,
  };
}
