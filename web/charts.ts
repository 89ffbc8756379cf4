/**
 * The look of all charts: options of echarts in both languages, without functions. The colours can be told apart by the
 * colour-blind and in grey; heights are in 亿元 unless a chart says otherwise.
 */
import { type Language, type Text, text } from './text';

export interface Chart {
  id: string;
  title: Text;
  height: number; // px
  /** Options of echarts as plain JSON. Hovering over a data item shows its `tip`. */
  option: Readonly<Record<Language, object>>;
}

export const INK = '#1f2a37';
export const MUTED = '#66727f';
export const RULE = '#dfe4e9';
export const PALE = '#d5dee6';
export const ACCENT = '#1f5f7f';
export const SECOND = '#8c6d1f';

/** Those who bear a gap. The pattern keeps the governments apart in grey. */
export const PAYERS = {
  own_surplus: { colour: '#8fb3c4', decal: null },
  fund_share: { colour: '#1f5f7f', decal: null },
  area_share: {
    colour: '#d9a441',
    decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: 0.785, color: 'rgba(255,255,255,0.55)' },
  },
} as const;
export const LEVEL_COLOURS = {
  excess: { band: '#e9eef5', line: '#4a6d96', symbol: 'emptyCircle' },
  green: { band: '#e6f1e8', line: '#2f7a4d', symbol: 'circle' },
  yellow: { band: '#fbf3d3', line: '#8f7400', symbol: 'diamond' },
  orange: { band: '#fbe5cf', line: '#b85c00', symbol: 'triangle' },
  red: { band: '#f7d9d5', line: '#ab2a1d', symbol: 'rect' },
} as const;

/** Single quotes: in a picture the list stands in an attribute. */
export const FONT =
  "'Source Han Sans SC','Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',system-ui,sans-serif";

/** Common to all charts. There is no animation: printing would catch it half-way. */
export const base = {
  animation: false,
  textStyle: { fontFamily: FONT, color: INK, fontSize: 12 },
  tooltip: { trigger: 'item', confine: true, borderColor: RULE, textStyle: { color: INK, fontSize: 12 } },
};

export const legend = (names: readonly string[]): object => ({
  data: names,
  top: 0,
  left: 0,
  itemWidth: 14,
  itemHeight: 10,
  icon: 'rect',
  textStyle: { color: INK, fontSize: 12 },
});

/** An axis of values with faint lines. */
export const valueAxis = (name: string, more: object = {}): object => ({
  type: 'value',
  name,
  nameLocation: 'end',
  nameTextStyle: { color: MUTED, fontSize: 11 },
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { color: MUTED, fontSize: 11 },
  splitLine: { lineStyle: { color: RULE } },
  ...more,
});

/** An axis of names. */
export const nameAxis = (names: readonly string[], more: object = {}): object => ({
  type: 'category',
  data: names,
  axisLine: { lineStyle: { color: '#b8c2cc' } },
  axisTick: { show: false },
  axisLabel: { color: INK, fontSize: 12, interval: 0 },
  ...more,
});

/** A second axis over the first, so that narrow bars lie in the middle of wide ones and not beside them. */
export const overlaidAxis = (names: readonly string[], more: object = {}): object => ({
  type: 'category',
  data: names,
  inverse: true,
  show: false,
  ...more,
});

/** The same chart in both languages. */
export const inBoth = (build: (language: Language) => object): Chart['option'] => ({
  zh: build('zh'),
  en: build('en'),
});

/** Height of a chart with a bar for each name. */
export const barsHeight = (bars: number): number => 70 + bars * 24;

/** With this many bars a chart fits a sheet of A4. */
const MOST_BARS = 34;

/** Rows in portions that each make a chart of one sheet. Neighbours of one group stay together, unless they alone fill more. */
export function inSheets<Row>(rows: readonly Row[], groupOf: (row: Row) => string): Row[][] {
  const groups: Row[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    const belongs = last?.[0] !== undefined && groupOf(last[0]) === groupOf(row) && last.length < MOST_BARS;
    if (belongs) last.push(row);
    else groups.push([row]);
  }
  const sheets: Row[][] = [];
  for (const group of groups) {
    const last = sheets.at(-1);
    if (last !== undefined && last.length + group.length <= MOST_BARS) last.push(...group);
    else sheets.push(group);
  }
  return sheets;
}

/** A title with the number of its chart among those of the same rows: （2/4）. */
export const titleOfSheet = ({ zh, en }: Text, at: number, of: number): Text =>
  of === 1 ? text(zh, en) : text(`${zh}（${at}/${of}）`, `${en} (${at} of ${of})`);
