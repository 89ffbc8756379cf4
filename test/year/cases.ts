/** The golden cases: packs with results that were worked out from the rules, independently of this product. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
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
const DEMO_PACK = join(__dirname, '..', '..', 'demo', 'pack');

const ABOUT: Record<string, string> = {
  'books-2027':
    'premium recognised both ways, places of money, the bank; 150100: 8,390 + 400 + 5,792 − 6,400 − 560 = 7,622 in the special account',
  'budget-2027':
    'factors, rates, adjustments, targets; 150100 employees: M = expected premium 896,580 − actual 870,000 = 26,580',
  'budgets-2027':
    'every budget check; 150200 resident: levy 1.00 before its phase fails, 5.31 % of major illness is below 6 %',
  'collection-2027':
    'payments row by row; 150100: tax bureau 9,076.80 − collected 5,336.80 − quarantined 2,761.00 = 979.00',
  'payments-2028':
    'total budgets and heavy burdens; 150100 employees: 1,000 = reserve 50 + 712.50 + 237.50, H1 keeps 0.6 × 12.50 = 7.50',
  'region-2026': 'fifteen areas before any phase: no levy, no sharing, no gap',
  'region-2028':
    'fifteen areas under stress; 赤峰 employees: G 641,043,751.50 = U 161,528,200.63 + F 243,827,708.07 + A 235,687,842.80',
  'region-2028-full': 'the same with every optional file: the demo pack',
  'two-areas-2028': 'both schemes, by hand; 150100 employees: G 1000 + 28.38 − 880 = 148.38 = U 60 + F 43.79 + A 44.59',
};

/** The pack of a case stands in its folder; that of the whole region is the demo pack. */
export function caseNamed(name: string): GoldenCase {
  const folder = join(FOLDER, name);
  const pack = join(folder, 'pack');
  return {
    name,
    about: ABOUT[name] ?? '',
    year: Number(readFileSync(join(folder, 'YEAR'), 'utf8')),
    pack: existsSync(pack) ? pack : DEMO_PACK,
    expected: join(folder, 'expected'),
  };
}

export const GOLDEN_CASES = readdirSync(FOLDER).sort().map(caseNamed);
export const DEMO = caseNamed('region-2028-full');
/** Both schemes in the fewest steps. */
export const KILLED = caseNamed('two-areas-2028');
