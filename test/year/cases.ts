/** The golden cases: packs with the results that were worked out from the rules, not by this product. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface GoldenCase {
  name: string;
  year: number;
  pack: string;
  expected: string;
}

const FOLDER = join(__dirname, 'cases');
/** The pack that is shipped as the demonstration is a golden case, too. */
const SHIPPED = { 'region-2028': join(__dirname, '..', '..', 'demo', 'pack') } as Record<string, string>;

export function caseNamed(name: string): GoldenCase {
  return {
    name,
    year: Number(name.slice(-4)),
    pack: SHIPPED[name] ?? join(FOLDER, name, 'pack'),
    expected: join(FOLDER, name, 'expected'),
  };
}

export const GOLDEN_CASES = readdirSync(FOLDER).sort().map(caseNamed);
