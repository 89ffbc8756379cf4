/**
 * Figures of the report. Each names its origin (`data-of`): file, column and the keys of its rows; it is their sum where there
 * are several. Money stays text or Decimal; only the height of a bar is a number.
 */
import { Decimal, decimal, fixed, sum } from '../rules/money';
import { withThousands } from '../rules/thousands';
import { type Html, markup } from './text';

/** Where a figure stands in the result files: `{ file: 'levy.csv', column: 'levy', rows: { area: ['150100'] } }`. */
export interface Origin {
  file: string;
  /** `count` counts the rows instead of adding a column up. */
  column: string;
  rows: Readonly<Record<string, string | number | readonly string[]>>;
}
export type Unit = 'yuan' | 'hundred_million' | 'count' | 'percent' | 'plain';

/** A figure to show: its exact value and its unit. */
export interface Figure {
  value: string;
  unit: Unit;
  of: Origin;
}

/** 1234567.80 → 1,234,567.80. A minus sign is the typographic one. */
export const grouped = (number: string): string => withThousands(number).replace('-', '−');

const HUNDRED_MILLION = decimal('100000000');
/** 亿元 with two decimals, half up. */
const inHundredMillions = (yuan: string): string => fixed(decimal(yuan).div(HUNDRED_MILLION), 2);
/** 1.0120 → 101.20: a ratio of four decimals loses nothing. */
const inPercent = (ratio: string): string => fixed(decimal(ratio).times(100), 2);

const WRITTEN: Record<Unit, (value: string) => string> = {
  yuan: grouped,
  count: grouped,
  hundred_million: (value) => grouped(inHundredMillions(value)),
  percent: (value) => (/^-?\d/.test(value) ? `${grouped(inPercent(value))}%` : value),
  plain: (value) => (/^-?\d+(\.\d+)?$/.test(value) ? grouped(value) : value),
};

/** A figure as the reader sees it. */
export const written = ({ value, unit }: Figure): string => WRITTEN[unit](value);

/** The origin in one attribute: `levy.csv|levy|scheme=employee&area=150100`. */
const originText = ({ file, column, rows }: Origin): string =>
  [
    file,
    column,
    Object.entries(rows)
      .map(([key, value]) => `${key}=${[value].flat().join(',')}`)
      .join('&'),
  ].join('|');

/** Attributes of the element that shows a figure. */
export const attributesOf = ({ unit, of }: Figure): Html => markup`data-unit="${unit}" data-of="${originText(of)}"`;

export const figureHtml = (figure: Figure): Html =>
  markup`<span class="figure" ${attributesOf(figure)}>${written(figure)}</span>`;

/** The exact sum of amounts; head counts have no decimals. */
export const total = (amounts: readonly string[], places = 2): string => fixed(sum(amounts.map(decimal)), places);

/** The height of an amount in a chart, in 亿元. It is drawn, never printed. */
export const height = (yuan: string): number => decimal(yuan).div(HUNDRED_MILLION).toDecimalPlaces(6).toNumber();
export const ratioHeight = (ratio: string): number => new Decimal(ratio).toNumber();
