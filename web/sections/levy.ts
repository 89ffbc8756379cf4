/** 上解: what each area pays into the adjustment fund, the cap, and the fund's own year. */
import { ITEM_NAMES, REGION, SCHEMES, type Scheme } from '../../rules/vocabulary';
import { FUND_BALANCE, SPECIAL_ACCOUNT } from '../../rules/posting';
import {
  ACCENT,
  type Chart,
  INK,
  PALE,
  PAYERS,
  SECOND,
  barsHeight,
  base,
  inBoth,
  legend,
  nameAxis,
  overlaidAxis,
  valueAxis,
} from '../charts';
import { grouped, height, total } from '../figures';
import { SCHEME_TEXT, type Section, areaText, chartHtml, heading, note } from '../section';
import { type Cell, table } from '../table';
import { type Html, type Language, type Text, markup, text } from '../text';
import { type YearFacts, areasOf, figureOf, rowsOf, sumOf } from '../year-facts';

const UNCAPPED = text('按比例应上解', 'before the cap');
const LEVY = text('应上解', 'levy');
const PREPAID = text('已预缴', 'prepaid');

function chart(facts: YearFacts, scheme: Scheme): Chart {
  const areas = areasOf(facts, scheme);
  const option = (language: Language): object => {
    const names = areas.map((area) => areaText(area)[language]);
    const data = (column: string, name: Text) =>
      areas.map(({ area }, i) => {
        const yuan = figureOf(facts, 'yuan', 'levy.csv', column, { scheme, area })?.value ?? '0.00';
        return { value: height(yuan), tip: `${names[i]}\n${name[language]} ${grouped(yuan)}` };
      });
    return {
      ...base,
      legend: { ...legend([]), data: [UNCAPPED, LEVY, PREPAID].map((name) => name[language]) },
      grid: { left: 150, right: 24, top: 30, bottom: 30 },
      xAxis: valueAxis(''),
      yAxis: [nameAxis(names, { inverse: true }), overlaidAxis(names)],
      series: [
        {
          type: 'bar',
          name: UNCAPPED[language],
          barWidth: 16,
          itemStyle: { color: PALE },
          data: data('uncapped', UNCAPPED),
        },
        {
          type: 'bar',
          name: LEVY[language],
          barWidth: 6,
          yAxisIndex: 1,
          z: 3,
          itemStyle: { color: ACCENT },
          data: data('levy', LEVY),
        },
        {
          type: 'scatter',
          name: PREPAID[language],
          symbol: 'rect',
          symbolSize: [2.5, 18],
          z: 4,
          itemStyle: { color: INK },
          data: data('prepaid', PREPAID),
        },
      ],
    };
  };
  return {
    id: `levy-${scheme}`,
    title: text(
      `${SCHEME_TEXT[scheme].zh}：上解（亿元；浅色为封顶前，深色为应上解，竖线为已预缴）`,
      `${SCHEME_TEXT[scheme].en}: levies (× 10⁸ yuan; pale before the cap, dark after it, the tick is prepaid)`,
    ),
    height: barsHeight(areas.length),
    option: inBoth(option),
  };
}

const byArea = (facts: YearFacts, scheme: Scheme): Html => {
  const columns = [
    [text('预缴基数', 'estimate base'), 'estimate_base', 'yuan'],
    [PREPAID, 'prepaid', 'yuan'],
    [text('清算基数', 'base'), 'base', 'yuan'],
    [text('比例', 'rate'), 'rate', 'plain'],
    [UNCAPPED, 'uncapped', 'yuan'],
    [LEVY, 'levy', 'yuan'],
    [text('清算差额', 'true-up'), 'true_up', 'yuan'],
  ] as const;
  return table({
    caption: text(`${SCHEME_TEXT[scheme].zh} 上解（元）`, `${SCHEME_TEXT[scheme].en}: levies (yuan)`),
    dense: true,
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      ...columns.map(([head]) => ({ head, kind: 'figure' as const })),
    ],
    rows: areasOf(facts, scheme).map((area): Cell[] => [
      areaText(area),
      ...columns.map(([, column, unit]) => figureOf(facts, unit, 'levy.csv', column, { scheme, area: area.area })),
    ]),
    totals: [
      [
        text('全区', 'region'),
        ...columns.map(([, column, unit]) =>
          unit === 'yuan' ? sumOf(facts, 'yuan', 'levy.csv', column, { scheme }) : null,
        ),
      ],
    ],
  });
};

/** The balance of an account in the adjustment fund's own books. */
const bookOf = (facts: YearFacts, scheme: Scheme, account: string) =>
  figureOf(facts, 'yuan', 'balances.csv', 'balance', { entity: REGION, scheme, part: 'pooled', account });

/** 调剂金: opening, income, grants, what is left after the settlement, and the room left under the cap. */
function fundTable(facts: YearFacts): Html {
  const book = (scheme: Scheme, account: string): Cell => bookOf(facts, scheme, account);
  const room = (scheme: Scheme): Cell => {
    const stored = facts.rooms.find((schemeRoom) => schemeRoom.scheme === scheme)?.room;
    if (stored == null) return null;
    return { value: stored, unit: 'yuan', of: { file: 'levy.csv', column: 'room', rows: { scheme } } };
  };
  return table({
    caption: text('调剂金收支（元）', 'The adjustment funds (yuan)'),
    columns: [
      { head: text('险种', 'scheme'), kind: 'text' },
      { head: text('年初结余', 'opening'), kind: 'figure' },
      { head: text('封顶前可再上解', 'room under the cap'), kind: 'figure' },
      { head: text('上解收入', 'levies'), kind: 'figure' },
      { head: text('利息', 'interest'), kind: 'figure' },
      { head: text('补助统筹区', 'paid to areas'), kind: 'figure' },
      { head: text('清算后结余', 'after settlement'), kind: 'figure' },
    ],
    rows: SCHEMES.map((scheme) => [
      SCHEME_TEXT[scheme],
      book(scheme, FUND_BALANCE),
      room(scheme),
      book(scheme, ITEM_NAMES.subordinate_levy),
      book(scheme, ITEM_NAMES.interest),
      book(scheme, ITEM_NAMES.grant_to_subordinate),
      book(scheme, SPECIAL_ACCOUNT),
    ]),
  });
}

const PARTS_OF_FUND = [
  { name: text('年初结余', 'opening'), account: FUND_BALANCE, at: 0, colour: PAYERS.own_surplus.colour },
  { name: text('上解', 'levies'), account: ITEM_NAMES.subordinate_levy, at: 0, colour: ACCENT },
  { name: text('利息', 'interest'), account: ITEM_NAMES.interest, at: 0, colour: SECOND },
  {
    name: text('补助统筹区', 'paid to areas'),
    account: ITEM_NAMES.grant_to_subordinate,
    at: 1,
    colour: PAYERS.area_share.colour,
  },
  { name: text('清算后结余', 'after settlement'), account: SPECIAL_ACCOUNT, at: 1, colour: '#7d8a96' },
] as const;
const CAP = text('规模上限', 'cap');

/** Two bars for each fund, sources and uses; the tick is the cap, which is opening plus room. */
function fundChart(facts: YearFacts): Chart {
  const bars = SCHEMES.flatMap((scheme) => [0, 1].map((at) => ({ scheme, at })));
  const option = (language: Language): object => {
    const names = bars.map(
      ({ scheme, at }) =>
        `${SCHEME_TEXT[scheme][language]} · ${(at === 0 ? text('来源', 'had') : text('去向', 'used'))[language]}`,
    );
    return {
      ...base,
      legend: { ...legend([]), data: [...PARTS_OF_FUND.map(({ name }) => name[language]), CAP[language]] },
      grid: { left: 150, right: 40, top: 34, bottom: 30 },
      xAxis: valueAxis(''),
      yAxis: nameAxis(names, { inverse: true }),
      series: [
        ...PARTS_OF_FUND.map(({ name, account, at, colour }) => ({
          type: 'bar',
          stack: 'fund',
          name: name[language],
          barWidth: 18,
          itemStyle: { color: colour },
          data: bars.map((bar) => {
            const yuan = bar.at === at ? (bookOf(facts, bar.scheme, account)?.value ?? '0.00') : '0.00';
            return {
              value: height(yuan),
              tip: `${SCHEME_TEXT[bar.scheme][language]}\n${name[language]} ${grouped(yuan)}`,
            };
          }),
        })),
        {
          type: 'scatter',
          name: CAP[language],
          symbol: 'rect',
          symbolSize: [3, 26],
          z: 4,
          itemStyle: { color: INK },
          data: bars.map(({ scheme, at }) => {
            const room = facts.rooms.find((schemeRoom) => schemeRoom.scheme === scheme)?.room;
            if (at === 1 || room == null) return { value: null };
            const cap = total([bookOf(facts, scheme, FUND_BALANCE)?.value ?? '0.00', room]);
            return { value: height(cap), tip: `${SCHEME_TEXT[scheme][language]}\n${CAP[language]} ${grouped(cap)}` };
          }),
        },
      ],
    };
  };
  return {
    id: 'adjustment-funds',
    title: text(
      '调剂金来源与去向（亿元；竖线为规模上限）',
      'What the adjustment funds had and how they used it (× 10⁸ yuan; the tick is the cap)',
    ),
    height: 200,
    option: inBoth(option),
  };
}

const NOT_IN_PHASE = note(
  text(
    '尚未实施的险种没有上解（见页首“跳过的步骤”）。',
    'A scheme whose phase has not begun levies nothing (see the skipped steps above).',
  ),
);

export function levy(facts: YearFacts): Section {
  const schemes = SCHEMES.filter((scheme) => rowsOf(facts, 'levy.csv', { scheme }).length > 0);
  const charts = schemes.map((scheme) => chart(facts, scheme));
  const hasBooks = SCHEMES.some((scheme) => bookOf(facts, scheme, SPECIAL_ACCOUNT) !== null);
  const funds = hasBooks ? fundChart(facts) : null;
  const yearOfFunds =
    funds === null
      ? note(text('调剂金尚未开账。', 'The books of the adjustment funds are not open yet.'))
      : markup`${chartHtml(funds)}${fundTable(facts)}`;
  const isBeforePhase = SCHEMES.some((scheme) => facts.cycle.skipped.some((step) => step.scheme === scheme));
  return {
    id: 'levy',
    title: text('上解与封顶', 'Levy and cap'),
    lead: text(
      '调剂金“从各统筹区当期基金收入（不含个人账户）中按一定比例筹集，达到一定数额后，不再上解”（A(六)）。按季预缴，年后清算。',
      'The adjustment fund takes a share of each area’s pooled income until it has reached a set amount, A(6). Prepaid by quarter, settled after the year.',
    ),
    charts: [...(funds === null ? [] : [funds]), ...charts],
    html: markup`${heading(text('调剂金的一年', 'The year of the adjustment funds'))}${yearOfFunds}${schemes.map((scheme, i) => markup`${heading(SCHEME_TEXT[scheme])}${chartHtml(charts[i] as Chart)}${byArea(facts, scheme)}`)}${isBeforePhase ? NOT_IN_PHASE : ''}`,
  };
}
