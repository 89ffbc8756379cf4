/**
 * Figures of the report. Each one says where it comes from (`data-of`): file, column and the rows' keys, a sum where
 * several rows match. Money is text or Decimal to the end; only the height of a bar is a number.
 */
import { Decimal, decimal, fixed, sum } from '../rules/money';
import { withThousands } from '../rules/thousands';
import { escaped } from './text';

/** Where a figure stands in the result files: `{ file: 'levy.csv', column: 'levy', rows: { area: ['150100'] } }`. */
export interface Origin {
  file: string;
  /** `count` counts the rows instead of adding a column up. */
  column: string;
  rows: Readonly<Record<string, string | number | readonly string[]>>;
}
export type Unit = 'yuan' | 'hundred_million' | 'count' | 'percent' | 'plain';

/** A figure to show: the exact text, and how it is written. */
export interface Figure {
  value: string;
  unit: Unit;
  of: Origin;
}

/** 1234567.80 → 1,234,567.80. A minus sign is the typographic one. */
export const grouped = (number: string): string => withThousands(number).replace('-', '−');

const HUNDRED_MILLION = decimal('100000000');
/** 亿元 with two decimals, half up. */
export const inHundredMillions = (yuan: string): string => fixed(decimal(yuan).div(HUNDRED_MILLION), 2);
/** 1.0120 → 101.20: a ratio of four decimals loses nothing. */
const inPercent = (ratio: string): string => fixed(decimal(ratio).times(100), 2);

const WRITTEN: Record<Unit, (value: string) => string> = {
  yuan: grouped,
  count: grouped,
  hundred_million: (value) => grouped(inHundredMillions(value)),
  percent: (value) => (/^-?\d/.test(value) ? `${grouped(inPercent(value))}%` : value),
  plain: (value) => (/^-?\d+(\.\d+)?$/.test(value) ? grouped(value) : value),
};

/** A figure as it is read. */
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
export const attributesOf = ({ unit, of }: Figure): string =>
  `data-unit="${unit}" data-of="${escaped(originText(of))}"`;

export const figureHtml = (figure: Figure): string =>
  `<span class="figure" ${attributesOf(figure)}>${escaped(written(figure))}</span>`;

/** The exact sum of amounts given as text; heads and rows are whole. */
export const total = (amounts: readonly string[], places = 2): string => fixed(sum(amounts.map(decimal)), places);

/** What a chart draws of an amount: 亿元 as a number. Never shown as a figure. */
export const height = (yuan: string): number => decimal(yuan).div(HUNDRED_MILLION).toDecimalPlaces(6).toNumber();
export const ratioHeight = (ratio: string): number => new Decimal(ratio).toNumber();
