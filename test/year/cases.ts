/** The golden cases: packs with results that were worked out from the rules, independently of this product. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface GoldenCase {
  name: string;
  /** What the case shows, with a sum to check by hand. The README of its folder has the others. */
  about: string;
  year: number;
  pack: string;
  expected: string;
}

const FOLDER = join(__dirname, 'cases');

const ABOUT: Record<string, string> = {
  'budgets-2027':
    'every budget check; 150200 resident: levy 1.00 before its phase fails, 5.31 % of major illness is below 6 %',
  'collection-2027':
    'payments row by row; 150100: tax bureau 9,076.80 − collected 5,336.80 − quarantined 2,761.00 = 979.00',
  'region-2026': 'fifteen areas before any phase: no levy, no sharing, no gap',
  'region-2028':
    'fifteen areas under stress; 赤峰 employees: G 641,043,751.50 = U 161,528,200.63 + F 243,827,708.07 + A 235,687,842.80',
  'two-areas-2028': 'both schemes, by hand; 150100 employees: G 1000 + 28.38 − 880 = 148.38 = U 60 + F 43.79 + A 44.59',
};
/** The demo pack is a golden case as well. */
const SHIPPED = { 'region-2028': join(__dirname, '..', '..', 'demo', 'pack') } as Record<string, string>;

export function caseNamed(name: string): GoldenCase {
  return {
    name,
    about: ABOUT[name] ?? '',
    year: Number(name.slice(-4)),
    pack: SHIPPED[name] ?? join(FOLDER, name, 'pack'),
    expected: join(FOLDER, name, 'expected'),
  };
}

export const GOLDEN_CASES = readdirSync(FOLDER).sort().map(caseNamed);
