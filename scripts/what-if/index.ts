/** 假设测算: runs a year under other values of law beside the plain one and compares the two; only the comparison is kept. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Queryable } from '../../db/connect';
import { pinnedParameters } from '../../db/parameters';
import type { Pack } from '../../pack';
import type { Comparison, ComparableResults } from '../../figures/what-if';
import { figuresOf } from './figures';
import { comparisonText } from './text';

export { inScratchSystem } from './scratch';

/** The results by which years are compared. */
export const comparableResults = async (db: Queryable, year: number): Promise<ComparableResults> => ({
  figures: await figuresOf(db, year),
  parameters: await pinnedParameters(db, year),
});

/** Writes `what-if.json` beside the results, and prints the table, or the same JSON for machines. */
export function printComparison(
  comparison: Comparison,
  { pack, out, json }: { pack: Pack; out: string; json: boolean },
): void {
  const nameOf = (area: string): string => pack.areas.find((known) => known.area === area)?.name_zh ?? '';
  const areas = comparison.areas.map((compared) => ({ ...compared, name: nameOf(compared.area) }));
  const answer = { year: pack.year, ...comparison, areas };
  const file = join(out, 'what-if.json');
  writeFileSync(file, `${JSON.stringify(answer, null, 1)}\n`);
  console.log(json ? JSON.stringify({ ...answer, out }) : `${comparisonText(comparison, nameOf)}\n比较结果：${file}`);
}
