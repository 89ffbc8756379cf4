/** 风险预警: months payable of each area through the year, on the bands of the levels. */
import { monthsTo } from '../../rules/calendar-day';
import { RISK_LEVELS, type RiskLevel, SCHEMES, type Scheme } from '../../rules/vocabulary';
import { type Chart, FONT, INK, LEVEL_COLOURS, MUTED, RULE, base, inBoth } from '../charts';
import { attributesOf, grouped, ratioHeight, written } from '../figures';
import { LEVELS, SCHEME_TEXT, type Section, areaText, chartHtml, heading, levelHtml, note } from '../section';
import { type Cell, table } from '../table';
import { type Html, type Language, type Text, markup, text } from '../text';
import { type Row, type YearFacts, areasOf, figureOf, rowsOf } from '../year-facts';

const MONTHS = monthsTo(12);
/** Panels in a row, at most. */
const ACROSS = 4;
const PANEL = { height: 132, head: 34 };
/** The scale goes down to this many months at most. */
const LOWEST = -5;

/** The upper bounds of red, orange, yellow and green in months, as pinned for the year. */
function boundsOf(facts: YearFacts, scheme: Scheme): string[] {
  const pinned = facts.cycle.parameters.find(({ name }) => name === `risk.${scheme}`);
  return (pinned?.value as string[] | undefined) ?? [];
}

/** What all panels of a scheme share: the areas with their months, and the scale with the bands of the levels. */
interface Panels {
  across: number;
  areas: { name: Text; months: readonly Row[] }[];
  bounds: readonly number[];
  top: number;
  bottom: number;
}
const monthsPayable = ({ months_payable }: Row, top: number): number =>
  months_payable === 'inf' ? top : ratioHeight(months_payable as string);

function panelsOf(facts: YearFacts, scheme: Scheme): Panels {
  const bounds = boundsOf(facts, scheme).map(ratioHeight);
  const top = Math.ceil((bounds.at(-1) ?? 12) * 1.3);
  const areas = areasOf(facts, scheme).map((area) => ({
    name: areaText(area),
    months: rowsOf(facts, 'risk.csv', { area: area.area, scheme }).sort((a, b) => Number(a.month) - Number(b.month)),
  }));
  const lowest = Math.min(0, ...areas.flatMap(({ months }) => months.map((row) => monthsPayable(row, top))));
  return { across: Math.min(ACROSS, areas.length), areas, bounds, top, bottom: Math.max(LOWEST, Math.floor(lowest)) };
}

const place = ({ across }: Panels, i: number) => ({
  left: ((i % across) * 100) / across,
  top: Math.floor(i / across) * (PANEL.height + PANEL.head),
});

/** Above each panel: the area, and the level and months of December. */
function panelTitle(panels: Panels, name: string, december: Row | undefined, i: number): object {
  const level = december?.level as RiskLevel | undefined;
  const mark = level ? LEVELS[level].mark : '';
  const months = december === undefined ? '' : grouped(december.months_payable as string);
  const { left, top } = place(panels, i);
  return {
    text: `{name|${name.replace(/[{}|]/g, ' ')}} {level|${mark}} {end|${months}}`,
    left: `${left}%`,
    top: top + 4,
    padding: [0, 0, 0, 26],
    textStyle: {
      fontFamily: FONT,
      rich: {
        name: { fontSize: 12.5, fontWeight: 600, color: INK },
        level: { fontSize: 11, color: level ? LEVEL_COLOURS[level].line : INK },
        end: { fontSize: 11.5, color: MUTED },
      },
    },
  };
}

const panelGrid = (panels: Panels, i: number): object => ({
  left: `${place(panels, i).left + 2.6}%`,
  width: `${100 / panels.across - 4.2}%`,
  top: place(panels, i).top + PANEL.head - 8,
  height: PANEL.height - 22,
  outerBoundsMode: 'none',
});
const monthAxis = (i: number): object => ({
  gridIndex: i,
  type: 'category',
  data: MONTHS,
  boundaryGap: false,
  axisTick: { show: false },
  axisLine: { lineStyle: { color: RULE }, onZero: false },
  axisLabel: { color: MUTED, fontSize: 10, interval: 0, margin: 5, customValues: [0, 2, 5, 8, 11] },
});
const payableAxis = ({ bounds, top, bottom }: Panels, i: number): object => ({
  gridIndex: i,
  type: 'value',
  min: bottom,
  max: top,
  splitLine: { show: false },
  axisLabel: { color: MUTED, fontSize: 10, customValues: [0, ...bounds], margin: 4 },
  axisTick: { show: false },
});

/** The line of an area over the bands of the levels. */
function panelLine({ areas, bounds, top, bottom }: Panels, i: number, language: Language): object {
  const { name, months } = areas[i] as Panels['areas'][number];
  const edges = [bottom, ...bounds, top];
  const bands = (['red', 'orange', 'yellow', 'green', 'excess'] as const).map((level, band) => [
    { yAxis: edges[band], itemStyle: { color: LEVEL_COLOURS[level].band } },
    { yAxis: edges[band + 1] },
  ]);
  return {
    type: 'line',
    xAxisIndex: i,
    yAxisIndex: i,
    name: name[language],
    lineStyle: { color: INK, width: 1.6 },
    symbolSize: 6,
    markArea: { silent: true, data: bands },
    data: MONTHS.map((month) => point(months, month, { bottom, top }, name[language], language)),
  };
}

/** One small panel for each area, all on one scale; a point beyond the scale is drawn at its edge. */
function chart(facts: YearFacts, scheme: Scheme): Chart {
  const panels = panelsOf(facts, scheme);
  const { areas, across } = panels;
  const option = (language: Language): object => ({
    ...base,
    title: areas.map(({ name, months }, i) => panelTitle(panels, name[language], months.at(-1), i)),
    grid: areas.map((_, i) => panelGrid(panels, i)),
    xAxis: areas.map((_, i) => monthAxis(i)),
    yAxis: areas.map((_, i) => payableAxis(panels, i)),
    series: areas.map((_, i) => panelLine(panels, i, language)),
  });
  return {
    id: `risk-${scheme}`,
    title: text(
      `${SCHEME_TEXT[scheme].zh}：各统筹区 1—12 月可支付月数（底色为等级区间，右上为 12 月）`,
      `${SCHEME_TEXT[scheme].en}: months payable, January to December, by area (bands are the levels; December above)`,
    ),
    height: Math.ceil(areas.length / across) * (PANEL.height + PANEL.head) + 6,
    option: inBoth(option),
  };
}

function point(
  rows: readonly Row[],
  month: number,
  scale: { bottom: number; top: number },
  area: string,
  language: Language,
) {
  const row = rows.find((candidate) => Number(candidate.month) === month);
  if (row === undefined) return { value: null };
  const level = row.level as RiskLevel;
  return {
    value: Math.min(scale.top, Math.max(scale.bottom, monthsPayable(row, scale.top))),
    symbol: LEVEL_COLOURS[level].symbol,
    itemStyle: { color: LEVEL_COLOURS[level].line },
    tip: `${area} · ${month}${language === 'zh' ? ' 月' : ''}\n${LEVELS[level].mark} ${LEVELS[level].name[language]}  ${row.months_payable}\n${text('累计结余', 'surplus')[language]} ${grouped(row.accumulated_surplus as string)}`,
  };
}

/** Months with the level's mark beside them: a red level shows as a square, also to the colour-blind and in black and white. */
function monthCell(facts: YearFacts, scheme: Scheme, area: string, month: number): Cell {
  const rows = { area, scheme, month };
  const figure = figureOf(facts, 'plain', 'risk.csv', 'months_payable', rows);
  const level = rowsOf(facts, 'risk.csv', rows)[0]?.level as RiskLevel | undefined;
  if (figure === null || level === undefined) return null;
  return {
    html: markup`<span class="month level-${level}"><span ${attributesOf(figure)}>${written(figure)}</span><i title="${LEVELS[level].name.zh} ${level}">${LEVELS[level].mark}</i></span>`,
    sortBy: figure.value === 'inf' ? '999999' : figure.value,
  };
}

const months = (facts: YearFacts, scheme: Scheme): Html =>
  table({
    caption: text(`${SCHEME_TEXT[scheme].zh} 可支付月数`, `${SCHEME_TEXT[scheme].en}: months payable`),
    dense: true,
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      ...MONTHS.map((month) => ({ head: text(`${month}月`, String(month)), kind: 'figure' as const })),
      { head: text('12月末累计结余（元）', 'surplus, December (yuan)'), kind: 'figure' },
    ],
    rows: areasOf(facts, scheme).map((area) => [
      areaText(area),
      ...MONTHS.map((month) => monthCell(facts, scheme, area.area, month)),
      figureOf(facts, 'yuan', 'risk.csv', 'accumulated_surplus', { area: area.area, scheme, month: 12 }),
    ]),
  });

/** The levels with this year's bounds. */
function legendOf(facts: YearFacts, scheme: Scheme): Html {
  const [red, orange, yellow, excess] = boundsOf(facts, scheme);
  const ranges: Record<RiskLevel, string> = {
    excess: `> ${excess}`,
    green: `≥ ${yellow}`,
    yellow: `${orange} – < ${yellow}`,
    orange: `${red} – < ${orange}`,
    red: `< ${red}`,
  };
  const items = RISK_LEVELS.map(
    (level) => markup`<li>${levelHtml(level)} <span class="range">${ranges[level]}</span></li>`,
  );
  return markup`<ul class="levels" aria-label="风险等级">${items}<li class="unit">${text('个月', 'months')}</li></ul>`;
}

const SCALE_NOTE = note(
  text(
    '图中各统筹区用同一刻度，超出刻度的点画在边缘；准确数值见表。inf 表示没有支出。',
    'All panels share one scale; points beyond it are drawn at its edge, the table has the values. “inf”: there is no spending.',
  ),
);

export function risk(facts: YearFacts): Section {
  const schemes = SCHEMES.filter((scheme) => rowsOf(facts, 'risk.csv', { scheme }).length > 0);
  const charts = schemes.map((scheme) => chart(facts, scheme));
  return {
    id: 'risk',
    title: text('运行分析与风险预警', 'Months payable and risk levels'),
    lead: text(
      '可支付月数 = 累计结余 ÷ 月均支出（统筹基金）。“健全基金运行分析与风险预警机制”（A(五)）。窗口期收支为负，或累计结余不足预算支出的红线月数时，等级从严。',
      'Months payable = accumulated surplus ÷ monthly expenditure, pooled fund, A(5). A negative balance of the window, or a surplus below the red bound of budgeted months, makes the level stricter.',
    ),
    charts,
    html: markup`${schemes.map((scheme, i) => markup`${heading(SCHEME_TEXT[scheme])}${legendOf(facts, scheme)}${chartHtml(charts[i] as Chart)}${months(facts, scheme)}`)}${schemes.length === 0 ? '' : SCALE_NOTE}`,
  };
}
