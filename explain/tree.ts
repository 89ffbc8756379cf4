/** An explanation: a figure with its formula, and below it what each input of the formula is and where it comes from. */
import type { StoredCorrection } from '../db/corrections';
import type { Line, LineRange } from '../db/provenance';
import type { Quote } from './articles';
import type { RelatedFinding } from './related-findings';
import type { ShareOverview } from './share-overview';

export type Value = string | boolean | null | Value[];

/** One input of a formula, or the figure that was asked for. */
export interface Node {
  /** What the formula above calls it. */
  name: string;
  zh: string;
  value: Value;
  from: FigureOf | RowsOf | ParameterOf | ListOf | CorrectionOf | { kind: 'stated'; text: string };
}
export interface FigureOf {
  kind: 'figure';
  figure: string; // sharing.fund_share
  key: Record<string, string>;
  article: string;
  quotes: Quote[];
  formula: string;
  inputs: Node[];
  /** What the formula comes to as the rows stand now, where that is another value: rows came or were corrected since. */
  now?: string;
  /** Sums of lists, ratios with their bands, and named lines of the formula. */
  workings?: Working[];
  /** Beside a share of a gap that was asked for: what else was found about its area and scheme. */
  findings?: RelatedFinding[];
  /** Beside a share of a gap that was asked for: how the whole gap was borne. */
  share?: ShareOverview;
  /** The same figure stands above with its inputs, or lies deeper than was asked for. */
  told?: 'above' | 'deeper' | 'elsewhere';
}
/** A step between the inputs of a formula and its figure. */
export interface Working {
  /** `sum` and `place` take one value from a list; `share` is what a split gives for each yuan of its weights; `growth` is a mean rate. */
  kind: 'sum' | 'place' | 'share' | 'ratio' | 'growth' | 'line';
  /** The part of the formula that was computed. */
  formula: string;
  /** The name that a line of the formula gives to its value. */
  name?: string;
  value: string;
  /** The band that a ratio fell into; `bound` is null where none of the bounds held. */
  band?: { compared: '<=' | '>='; bound: string | null; step: string };
}
export interface RowsOf {
  kind: 'rows';
  file: string;
  of: Record<string, unknown>;
  column: string;
  count: string;
  sum: string | null;
  /** All of them, or the first few: then `ranges` has every line. */
  lines: Line[];
  ranges?: LineRange[];
  /** The stored figure was computed from another sum: the rows were corrected since. */
  differs?: true;
  /** Corrections of these rows, in their order. */
  corrections?: StoredCorrection[];
  /** Of rows that are figures themselves, and of entries with their acts. */
  figures?: Node[];
}
export interface ParameterOf {
  kind: 'parameter';
  parameter: string;
  from: string;
  source: string;
  assumed: boolean;
  corrections?: StoredCorrection[];
}
/** An entry of the books that a correction has made. */
export interface CorrectionOf {
  kind: 'correction';
  correction: StoredCorrection;
}
/** A value for each place of a list. */
export interface ListOf {
  kind: 'list';
  places: Node[];
}
