/** An explanation as a tree: a figure with its formula, and below it each input of the formula with its source. */
import type { StoredCorrection } from '../db/corrections';
import type { Line, LineRange } from '../db/provenance';
import type { Quote } from './articles';
import type { RelatedFinding } from './related-findings';
import type { ShareOverview } from './share-overview';

export type Value = string | boolean | null | Value[];

/** An input of a formula, or the requested figure. */
export interface Node {
  /** Its name in the formula of the figure above it. */
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
  /** What the formula gives for today's rows, where that differs: rows were added or corrected since. */
  now?: string;
  /** The steps between inputs and value. */
  workings?: Working[];
  /** Beside a share of a gap: what was found about its area and scheme. */
  findings?: RelatedFinding[];
  /** Beside a share of a gap: how the whole gap was borne. */
  share?: ShareOverview;
  /**
   * Why it is shown without inputs: they are shown above, or it lies deeper than the question goes, or it is a question of its
   * own.
   */
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
  /** All lines, or the first few; then `ranges` covers every line. */
  lines: Line[];
  ranges?: LineRange[];
  /** The figure was computed from another sum: rows were corrected since. */
  differs?: true;
  /** Corrections of these rows, in their order. */
  corrections?: StoredCorrection[];
  /** The explanations of rows that are figures themselves. */
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
/** What a correction changed. */
interface CorrectionOf {
  kind: 'correction';
  correction: StoredCorrection;
}
/** A value for each place of a list. */
interface ListOf {
  kind: 'list';
  places: Node[];
}
