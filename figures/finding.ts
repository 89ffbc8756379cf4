/** Findings (发现问题): what a person must know of, each with its code and its figure (READINGS 48). */
import type { FindingCode } from '../rules/findings';
import type { Because } from '../rules/rule';
import type { Scheme } from '../rules/vocabulary';

export interface Finding {
  code: FindingCode;
  area: string;
  scheme: Scheme | null; // null: of neither alone
  month?: number;
  /** Which check of the month raised it, from 1. */
  reckoning?: number;
  /** Distinguishes two findings of one code, area and month. */
  subject?: string;
  figure: string;
  text: string;
  /** Why the figure is what it is. */
  because: Because;
  /** The condition under which the figure is a finding, on the inputs of `because`. */
  raised: string;
}
