/** 总额预算与清算: what each unit was given and spent, who kept the savings, and who bore the overspending. */
import { SCHEMES, type Scheme, UNIT_KINDS, UNIT_KIND_NAMES, type UnitKind } from '../../rules/vocabulary';
import {
  type Chart,
  INK,
  PALE,
  PAYERS,
  SECOND,
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
import { SCHEME_TEXT, type Section, areaText, chartHtml, heading, note } from '../section';
import { type Cell, table } from '../table';
import { type Html, type Language, type Text, markup, same, text } from '../text';
import { type YearFacts, areasOf, figureOf, rowsOf, sumOf } from '../year-facts';

const FILE = 'total_budget.csv';

/** A unit, with the cells that name its row. */
interface ShownUnit {
  of: { area: string; scheme: Scheme; unit: string };
  area: Text;
  name: Text;
  kind: UnitKind;
}

function unitsOf(facts: YearFacts, scheme: Scheme): ShownUnit[] {
  return areasOf(facts, scheme).flatMap((area) =>
    rowsOf(facts, FILE, { area: area.area, scheme, kind: [...UNIT_KINDS] }).map(({ unit = '', kind }) => {
      const of = { area: area.area, scheme, unit };
      const named = facts.units.find(
        (candidate) => candidate.area === of.area && candidate.scheme === scheme && candidate.unit === unit,
      );
      return { of, area: areaText(area), name: same(named?.name_zh || unit), kind: kind as UnitKind };
    }),
  );
}

const COLUMNS = {
  budget: text('总额预算', 'budget'),
  incurred: text('费用', 'incurred'),
  retained: text('结余留用', 'kept'),
  fund_share: text('基金分担超支', 'borne by the fund'),
  payable: text('应付', 'payable'),
  paid: text('年内已拨', 'paid'),
  clearing: text('清算款', 'clearing'),
} as const;
type Column = keyof typeof COLUMNS;
const column = (facts: YearFacts, unit: ShownUnit, name: Column) => figureOf(facts, 'yuan', FILE, name, unit.of);

/** The points of one column: heights, and what hovering over them shows. */
const points = (facts: YearFacts, units: readonly ShownUnit[], name: Column, language: Language) =>
  units.map((unit) => {
    const yuan = column(facts, unit, name)?.value ?? '0.00';
    const tip = `${unit.area[language]} ${unit.name[language]}\n${COLUMNS[name][language]} ${grouped(yuan)}`;
    return { value: height(yuan), tip };
  });

/**
 * Left: the budget (wide) with what was incurred (narrow) and what is owed for it (a mark); right: what the unit keeps and what
 * the fund bears.
 */
function chart(facts: YearFacts, scheme: Scheme, units: readonly ShownUnit[], at: number, of: number): Chart {
  const option = (language: Language): object => {
    const names = units.map(({ area, name }) => `${area[language]} ${name[language]}`);
    const named = (name: Column) => ({ name: COLUMNS[name][language], data: points(facts, units, name, language) });
    const bar = (name: Column, place: object, colour: string, width: number) => ({
      ...named(name),
      type: 'bar',
      barWidth: width,
      itemStyle: { color: colour },
      ...place,
    });
    const right = { xAxisIndex: 1, yAxisIndex: 2, stack: 'parts' };
    return {
      ...base,
      legend: legend(
        (['budget', 'incurred', 'payable', 'retained', 'fund_share'] as const).map((name) => COLUMNS[name][language]),
      ),
      grid: [
        { left: 220, right: '38%', top: 34, bottom: 30 },
        { left: '66%', right: 20, top: 34, bottom: 30 },
      ],
      xAxis: [0, 1].map((at) => valueAxis('', { gridIndex: at, splitNumber: 4 })),
      yAxis: [
        nameAxis(names, { gridIndex: 0, inverse: true }),
        overlaidAxis(names, { gridIndex: 0 }),
        nameAxis(names, { gridIndex: 1, inverse: true, axisLabel: { show: false } }),
      ],
      series: [
        bar('budget', { xAxisIndex: 0, yAxisIndex: 0, z: 2 }, PALE, 16),
        bar('incurred', { xAxisIndex: 0, yAxisIndex: 1, z: 3 }, SECOND, 6),
        {
          ...named('payable'),
          type: 'scatter',
          symbol: 'diamond',
          symbolSize: 9,
          itemStyle: { color: INK },
          ...{ xAxisIndex: 0, yAxisIndex: 1, z: 4 },
        },
        bar('retained', right, PAYERS.own_surplus.colour, 16),
        bar('fund_share', right, PAYERS.fund_share.colour, 16),
      ],
    };
  };
  return {
    id: `payments-${scheme}-${at}`,
    title: titleOfSheet(
      text(
        `${SCHEME_TEXT[scheme].zh}：左为预算（宽条）、费用（窄条）与应付（菱形），费用超过应付的部分由单位自行承担；右为单位留用与基金分担（亿元）`,
        `${SCHEME_TEXT[scheme].en}: left, budget (wide), incurred (narrow) and payable (diamond): anything above payable is borne by the unit; right, kept by the unit and borne by the fund (× 10⁸ yuan)`,
      ),
      at,
      of,
    ),
    height: barsHeight(units.length) + 10,
    option: inBoth(option),
  };
}

const ENGLISH_KINDS: Record<UnitKind, string> = {
  institution: 'institution',
  community: 'county community',
  elsewhere: 'care elsewhere',
};
const kindText = (kind: UnitKind): Text => text(UNIT_KIND_NAMES[kind], ENGLISH_KINDS[kind]);

/** Two tables, as wide as a sheet of paper: who bears what was spent, and what is still paid. */
const TABLES = [
  {
    zh: '各单位总额预算、留用与分担',
    en: 'total budget by unit, savings kept and overspending borne',
    columns: ['budget', 'incurred', 'retained', 'fund_share'],
  },
  { zh: '各单位清算', en: 'clearing by unit', columns: ['payable', 'paid', 'clearing'] },
] as const satisfies readonly { zh: string; en: string; columns: readonly Column[] }[];

const byUnit = (
  facts: YearFacts,
  scheme: Scheme,
  units: readonly ShownUnit[],
  { zh, en, columns }: (typeof TABLES)[number],
): Html =>
  table({
    caption: text(`${SCHEME_TEXT[scheme].zh} ${zh}（统筹基金，元）`, `${SCHEME_TEXT[scheme].en}: ${en} (pooled, yuan)`),
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      { head: text('单位', 'unit'), kind: 'text' },
      { head: text('类别', 'kind'), kind: 'text' },
      ...columns.map((name) => ({ head: COLUMNS[name], kind: 'figure' as const })),
    ],
    rows: units.map((unit): Cell[] => [
      unit.area,
      unit.name,
      kindText(unit.kind),
      ...columns.map((name) => column(facts, unit, name)),
    ]),
    totals: [
      [
        text('全区', 'region'),
        null,
        null,
        ...columns.map((name) => sumOf(facts, 'yuan', FILE, name, { scheme, kind: [...UNIT_KINDS] })),
      ],
    ],
  });

/** What was held back from each area's total, and how much of it the fund has borne. */
const byReserve = (facts: YearFacts, scheme: Scheme): Html =>
  table({
    caption: text(
      `${SCHEME_TEXT[scheme].zh} 预留与基金分担（元）`,
      `${SCHEME_TEXT[scheme].en}: reserve, and the part of it that the fund used (yuan)`,
    ),
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      { head: text('预留', 'reserve'), kind: 'figure' },
      { head: COLUMNS.fund_share, kind: 'figure' },
    ],
    rows: areasOf(facts, scheme)
      .filter(({ area }) => rowsOf(facts, FILE, { area, scheme }).length > 0)
      .map((area): Cell[] => [
        areaText(area),
        ...(['budget', 'fund_share'] as const).map((name) =>
          figureOf(facts, 'yuan', FILE, name, { area: area.area, scheme, unit: 'reserve' }),
        ),
      ]),
  });

export function payments(facts: YearFacts): Section {
  const schemes = SCHEMES.filter((scheme) => rowsOf(facts, FILE, { scheme }).length > 0);
  const shown = schemes.map((scheme) => {
    const units = unitsOf(facts, scheme);
    const sheets = inSheets(units, ({ of }) => of.area);
    return { scheme, units, charts: sheets.map((sheet, i) => chart(facts, scheme, sheet, i + 1, sheets.length)) };
  });
  const none = note(text('没有统筹区报送总额预算单位。', 'No area has units under a total budget.'));
  return {
    id: 'payments',
    title: text('总额预算与清算', 'Total budgets and clearing'),
    lead: text(
      '“完善总额预算管理……落实结余留用、合理超支分担机制”（A(四)）。总额扣除预留后按权重分到各单位；费用不超过预算的按比例留用结余，合理超支由基金在预留内分担，其余由单位承担；异地就医据实支付。清算款在次年支付。',
      'Total budgets, with savings kept and reasonable overspending shared, A(4). What is not held back is split by weight; a unit keeps part of what it saves; the fund bears part of reasonable overspending within the reserve, and the rest stays with the unit; care elsewhere is paid at cost. The clearing is paid in the following year.',
    ),
    charts: shown.flatMap(({ charts }) => charts),
    html:
      shown.length === 0
        ? none
        : markup`${shown.map(({ scheme, units, charts }) => markup`${heading(SCHEME_TEXT[scheme])}${charts.map(chartHtml)}${TABLES.map((shownTable) => byUnit(facts, scheme, units, shownTable))}${byReserve(facts, scheme)}`)}`,
  };
}
