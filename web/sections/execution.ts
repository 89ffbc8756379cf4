/** 季度执行与预算调整: spending by quarter against the budget in force, budgets adjusted within the year, and the region's budget. */
import {
  ITEMS,
  LEVEL_ITEMS,
  OWN_EXPENDITURE,
  OWN_INCOME,
  PARTS,
  SCHEMES,
  type Scheme,
  itemsOf,
} from '../../rules/vocabulary';
import { PALE, type Chart, barsHeight, base, inBoth, legend, nameAxis, overlaidAxis, valueAxis } from '../charts';
import { grouped, height } from '../figures';
import { ITEM_TEXT } from '../items';
import { SCHEME_TEXT, type Section, areaText, chartHtml, heading } from '../section';
import { type Cell, type Column, table } from '../table';
import { type Html, type Language, type Text, markup, text } from '../text';
import { type YearFacts, areasOf, figureOf, rowsOf, sumOf } from '../year-facts';

const QUARTERS = ['1', '2', '3', '4'] as const;
/** The last quarter lies lowest and is the lightest. */
const COLOURS: Record<string, string> = { 1: '#4a3a10', 2: '#8c6d1f', 3: '#b99a4e', 4: '#ddc88f' };
const quarterText = (quarter: string): Text => text(`至第${quarter}季度`, `to quarter ${quarter}`);
const IN_FORCE = text('年末生效预算', 'budget in force at the end');

const spent = (facts: YearFacts, column: string, scheme: Scheme, area: string, quarter: string) =>
  sumOf(facts, 'yuan', 'execution.csv', column, { area, scheme, quarter, part: 'pooled', item: [...OWN_EXPENDITURE] });

const quartersOf = (facts: YearFacts, scheme: Scheme): string[] =>
  QUARTERS.filter((quarter) => rowsOf(facts, 'execution.csv', { scheme, quarter }).length > 0);

/** Cumulative spending, quarter over quarter, within the wide pale bar of the budget. */
function chart(facts: YearFacts, scheme: Scheme): Chart {
  const areas = areasOf(facts, scheme);
  const quarters = quartersOf(facts, scheme);
  const last = quarters.at(-1) ?? '4';
  const option = (language: Language): object => {
    const names = areas.map((area) => areaText(area)[language]);
    const series = (name: Text, column: string, quarter: string, look: object) => ({
      type: 'bar',
      name: name[language],
      data: areas.map((area) => {
        const yuan = spent(facts, column, scheme, area.area, quarter)?.value ?? '0.00';
        return { value: height(yuan), tip: `${areaText(area)[language]}\n${name[language]} ${grouped(yuan)}` };
      }),
      ...look,
    });
    return {
      ...base,
      legend: legend([IN_FORCE[language], ...quarters.map((quarter) => quarterText(quarter)[language])]),
      grid: { left: 150, right: 20, top: 40, bottom: 30 },
      xAxis: valueAxis(''),
      yAxis: [nameAxis(names, { inverse: true }), overlaidAxis(names)],
      series: [
        series(IN_FORCE, 'budget_in_force', last, { barWidth: 16, z: 2, itemStyle: { color: PALE } }),
        ...[...quarters].reverse().map((quarter, at) =>
          series(quarterText(quarter), 'actual', quarter, {
            ...{ yAxisIndex: 1, barWidth: 6, barGap: '-100%', z: 3 + at, itemStyle: { color: COLOURS[quarter] } },
          }),
        ),
      ],
    };
  };
  return {
    id: `execution-${scheme}`,
    title: text(
      `${SCHEME_TEXT[scheme].zh}：统筹基金支出按季累计（窄条）与年末生效预算（浅色宽条），亿元`,
      `${SCHEME_TEXT[scheme].en}: pooled expenditure to each quarter (narrow) and the budget in force at the end (wide, pale), × 10⁸ yuan`,
    ),
    height: barsHeight(areas.length) + 20,
    option: inBoth(option),
  };
}

const figureColumn = (head: Text): Column => ({ head, kind: 'figure' });

function byQuarter(facts: YearFacts, scheme: Scheme): Html {
  const quarters = quartersOf(facts, scheme);
  const last = quarters.at(-1) ?? '4';
  return table({
    caption: text(
      `${SCHEME_TEXT[scheme].zh} 统筹基金支出按季累计（元）`,
      `${SCHEME_TEXT[scheme].en}: pooled expenditure to each quarter (yuan)`,
    ),
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      figureColumn(text('年初预算', 'budget of 1 January')),
      ...quarters.map((quarter) => figureColumn(quarterText(quarter))),
      figureColumn(IN_FORCE),
    ],
    rows: areasOf(facts, scheme).map((area): Cell[] => [
      areaText(area),
      spent(facts, 'budget', scheme, area.area, last),
      ...quarters.map((quarter) => spent(facts, 'actual', scheme, area.area, quarter)),
      spent(facts, 'budget_in_force', scheme, area.area, last),
    ]),
  });
}

/** Each adjusted budget with its sums; level items are left out. */
function adjustments(facts: YearFacts): Html {
  const rows = facts.areas.flatMap((area) =>
    SCHEMES.flatMap((scheme) => {
      const own = rowsOf(facts, 'adjusted_budgets.csv', { area: area.area, scheme });
      return [...new Map(own.map((row) => [row.version as string, row.from as string]))].map(
        ([version, from]): Cell[] => {
          const amount = (item: readonly string[]) =>
            sumOf(facts, 'yuan', 'adjusted_budgets.csv', 'amount', {
              area: area.area,
              scheme,
              version,
              part: 'pooled',
              item: [...item],
            });
          return [
            areaText(area),
            SCHEME_TEXT[scheme],
            text(`第${version}版`, `v. ${version}`),
            text(from, from),
            amount(OWN_INCOME),
            amount(OWN_EXPENDITURE),
          ];
        },
      );
    }),
  );
  if (rows.length === 0)
    return markup`<p class="note">${text('本年度没有预算调整。', 'No budget was adjusted this year.')}</p>`;
  return table({
    caption: text('年度内预算调整（统筹基金，元）', 'Budgets adjusted within the year (pooled, yuan)'),
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      { head: text('险种', 'scheme'), kind: 'text' },
      { head: text('版本', 'version'), kind: 'text' },
      { head: text('生效', 'in force from'), kind: 'text' },
      figureColumn(text('收入', 'income')),
      figureColumn(text('支出', 'expenditure')),
    ],
    rows,
  });
}

/** 自治区汇总预算, both parts of employees. */
function region(facts: YearFacts): Html {
  const columns = SCHEMES.flatMap((scheme) =>
    PARTS.filter((part) => rowsOf(facts, 'region_budget.csv', { scheme, part }).length > 0).map((part) => ({
      scheme,
      part,
    })),
  );
  const partName = (part: string): Text =>
    part === 'pooled' ? text('统筹基金', 'pooled') : text('个人账户', 'personal accounts');
  return table({
    caption: text(
      '自治区汇总预算（1月1日，上下级往来已抵销，元）',
      'The region’s budget (1 January, items between levels eliminated, yuan)',
    ),
    columns: [
      { head: text('科目', 'item'), kind: 'text' },
      ...columns.map(({ scheme, part }) =>
        figureColumn(
          text(
            `${SCHEME_TEXT[scheme].zh}${partName(part).zh}`,
            `${SCHEME_TEXT[scheme].en.toLowerCase()}, ${partName(part).en}`,
          ),
        ),
      ),
    ],
    rows: ITEMS.filter((item) => !LEVEL_ITEMS.includes(item)).map((item): Cell[] => [
      ITEM_TEXT[item],
      ...columns.map(({ scheme, part }) =>
        itemsOf(scheme).includes(item)
          ? figureOf(facts, 'yuan', 'region_budget.csv', 'amount', { scheme, part, item })
          : null,
      ),
    ]),
  });
}

export function execution(facts: YearFacts): Section {
  const schemes = SCHEMES.filter((scheme) => quartersOf(facts, scheme).length > 0);
  const charts = schemes.map((scheme) => chart(facts, scheme));
  return {
    id: 'execution',
    title: text('季度执行与预算调整', 'Execution by quarter, adjusted budgets'),
    lead: text(
      '“强化医保基金预算执行监督”（A(五)）：每季度逐项对照生效预算，季度结束后 25 日内报送。年度内调整预算须通过同样的审核与审批，自次月起生效；缺口分担与绩效评价仍以年初预算为准。',
      'Each quarter every item is compared with the budget in force, A(5), and reported within 25 days. A budget that is adjusted within the year passes the same checks and approvals and is in force from the next month; sharing and evaluation still use the budget of 1 January.',
    ),
    charts,
    html: markup`${schemes.map((scheme, i) => markup`${heading(SCHEME_TEXT[scheme])}${chartHtml(charts[i] as Chart)}${byQuarter(facts, scheme)}`)}${heading(text('预算调整', 'Adjusted budgets'))}${adjustments(facts)}${heading(text('自治区汇总预算', 'The region’s budget'))}${region(facts)}`,
  };
}
