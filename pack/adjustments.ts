/** Faults of budget_adjustments.csv beyond its single rows: the day, one for each version, and versions that are numbered on. */
import { type FaultList, both } from './fault';
import { BUDGET_ADJUSTMENTS, type SmallTables } from './tables';

type Adjustment = SmallTables['budgetAdjustments'][number];
type Version = Pick<Adjustment, 'area' | 'scheme' | 'version'>;

const versionKey = ({ area, scheme, version }: Version): string => `${area} ${scheme} ${version}`;

/** The first row of each version. */
const firstRows = (rows: readonly Adjustment[]): Map<string, Adjustment> =>
  new Map([...rows].reverse().map((row) => [versionKey(row), row]));

export function reportAdjustments(
  { budgetAdjustments, budgetSubmissions }: SmallTables,
  year: number,
  faults: FaultList,
): void {
  const report = faults.of(BUDGET_ADJUSTMENTS.file);
  const [from, to] = [`${year}-01-01`, `${year}-11-30`];
  const firsts = firstRows(budgetAdjustments);
  for (const row of budgetAdjustments) {
    const { line, date } = row;
    const dateOfVersion = (firsts.get(versionKey(row)) as Adjustment).date;
    if (date < from || date > to) {
      const expected = both(`${from} 到 ${to} 的日期`, `a date from ${from} to ${to}`);
      report({ line, column: 'date', found: date, expected, remedy: both('改正日期', 'correct the date') });
    } else if (date !== dateOfVersion) {
      const expected = both(`同一版本同一日期 ${dateOfVersion}`, `the date of its version, ${dateOfVersion}`);
      report({
        line,
        column: 'date',
        found: date,
        expected,
        remedy: both('改正日期，或另编版本', 'correct the date or the version'),
      });
    }
  }
  const highest = new Map<string, number>();
  for (const { area, scheme, version } of budgetSubmissions.filter((row) => row.year === year)) {
    highest.set(`${area} ${scheme}`, Math.max(version, highest.get(`${area} ${scheme}`) ?? 0));
  }
  for (const { area, scheme, version, line } of firsts.values()) {
    const last = highest.get(`${area} ${scheme}`) ?? 0;
    if (version <= last) report({ line, column: 'version', found: String(version), ...versionAbove(last) });
  }
}

/** What is expected of the version of an adjustment, and of none that was submitted for 1 January. */
export const versionAbove = (highest: number): { expected: string; remedy: string } => ({
  expected: both(
    `高于已报送各版（至第 ${highest} 版）的版本`,
    `a version above ${highest}, the last that was submitted`,
  ),
  remedy: both('接着编号', 'number it on'),
});
