/** Faults between the tables of a pack: roles that nobody holds, submissions by the wrong person, a pack of another year. */
import { type Override, recognitionIn } from '../parameters';
import { AREA_ROLES, REGION_ROLES, ROLE_NAMES, type Role } from '../rules/vocabulary';
import { reportAdjustments } from './adjustments';
import { type FaultList, both } from './fault';
import { OVERRIDES_FILE } from './overrides';
import type { Imported } from './pack';
import { reportFaultsOfUnits } from './payment-units';
import { SMALL_TABLES, type SmallTables } from './tables';

/**
 * Reports what is wrong between tables. A table with faults of its own is not compared with others, or a row that could not be
 * read would be reported again as missing.
 */
export function reportFaultsBetweenTables(
  tables: SmallTables,
  year: number,
  faults: FaultList,
  { imported, overrides }: { imported?: Imported; overrides: Readonly<Record<string, Override>> },
): void {
  const areFine = (...files: readonly string[]): boolean => files.every((file) => faults.in(file).length === 0);
  const areas = [...(imported?.areas ?? []), ...tables.areas];
  // What a file says of an operator replaces what was imported before.
  const renewed = new Set(tables.operators.map(({ operator }) => operator));
  const operators = [
    ...(imported?.operators ?? []).filter(({ operator }) => !renewed.has(operator)),
    ...tables.operators,
  ];
  if (areFine('areas.csv')) reportNoArea(areas, faults);
  // A live year may receive its areas a day before their operators, and then waits for these.
  const areToBeThere = imported === undefined || operators.length > 0;
  if (areToBeThere && areFine('areas.csv', 'operators.csv')) reportRolesNobodyHolds(areas, operators, faults);
  if (areFine('operators.csv')) {
    reportSubmissionsByOthers('budget_submissions.csv', tables.budgetSubmissions, operators, faults);
    reportSubmissionsByOthers('budget_adjustments.csv', tables.budgetAdjustments, operators, faults);
  }
  if (areFine('opening.csv', OVERRIDES_FILE)) {
    const given = Object.entries(overrides).map(([name, { value }]) => [name, value] as const);
    reportOpeningsNotOnReceipts(tables.opening, { ...imported?.overrides, ...Object.fromEntries(given) }, faults);
  }
  reportFaultsOfUnits(tables, faults, imported);
  if (isOfAnotherYear(tables, year, faults)) return;
  reportAdjustments(tables, year, faults);
}

/** Who recognises premiums in the year of receipt has no opening on coverage years (READINGS 65). */
function reportOpeningsNotOnReceipts(
  opening: SmallTables['opening'],
  values: Readonly<Record<string, unknown>>,
  faults: FaultList,
): void {
  for (const { area, basis, line } of opening) {
    if (basis !== 'coverage_year' || recognitionIn(values, area) !== 'receipt_year') continue;
    faults.of('opening.csv')({
      line,
      column: 'basis',
      found: basis,
      expected: both(
        `receipt_year 或留空：统筹区 ${area} 按收付年度确认保费收入（books.premium_recognition）`,
        `receipt_year or empty: ${area} recognises premiums in the year of receipt`,
      ),
      remedy: both('改正该格，或改正 parameters.json', 'correct the cell, or parameters.json'),
    });
  }
}

function reportNoArea(areas: Imported['areas'], faults: FaultList): void {
  if (areas.length > 0) return;
  faults.of('areas.csv')({
    expected: both('至少一个统筹区', 'at least one area'),
    remedy: both('补充统筹区', 'add the areas'),
  });
}

/** Every act of a cycle needs somebody who can do it (READINGS 53). */
function reportRolesNobodyHolds(areas: Imported['areas'], operators: Imported['operators'], faults: FaultList): void {
  const isHeld = (role: Role, area: string | null): boolean =>
    operators.some((operator) => operator.role === role && operator.area === area);
  const report = (role: Role, area: string | null): void => {
    if (isHeld(role, area)) return;
    const of = area === null ? '' : `统筹区 ${area} 的 `;
    faults.of('operators.csv')({
      column: 'role',
      expected: both(
        `${of}${role}（${ROLE_NAMES[role]}）至少一人`,
        `at least one ${role}${area === null ? '' : ` of ${area}`}`,
      ),
      remedy: both('补充经办人', 'add an operator'),
    });
  };
  for (const role of REGION_ROLES) report(role, null);
  for (const { area } of areas) for (const role of AREA_ROLES) report(role, area);
}

/** A budget is submitted by the area's own medical security bureau. */
function reportSubmissionsByOthers(
  file: 'budget_submissions.csv' | 'budget_adjustments.csv',
  rows: readonly { area: string; submitted_by: string; line: number }[],
  operators: Imported['operators'],
  faults: FaultList,
): void {
  const areaOf = new Map(
    operators.filter(({ role }) => role === 'area_security').map(({ operator, area }) => [operator, area]),
  );
  for (const { area, submitted_by, line } of rows) {
    if (areaOf.get(submitted_by) === area) continue;
    faults.of(file)({
      line,
      column: 'submitted_by',
      found: submitted_by,
      expected: both(`统筹区 ${area} 的 area_security`, `an area_security of ${area}`),
      remedy: both('改正报送人，或在 operators.csv 中补充', 'correct the submitter, or add the operator'),
    });
  }
}

const DATED_TABLES = ['opening', 'insured', 'actuals', 'budgetSubmissions', 'adjustmentFund', 'conduct'] as const;

/** Rows of other years are for other cycles; a pack that has only those was given with the wrong year. */
function isOfAnotherYear(tables: SmallTables, year: number, faults: FaultList): boolean {
  const first = DATED_TABLES.find((name) => tables[name].length > 0);
  const years = new Set(DATED_TABLES.flatMap((name) => tables[name].map((row) => row.year)));
  if (first === undefined || years.has(year)) return false;
  const found = [...years].sort((a, b) => a - b).join('、');
  faults.of(SMALL_TABLES[first].file)({
    column: 'year',
    found,
    expected: both(`${year} 年度的数据`, `data of fund year ${year}`),
    remedy: both(`核对 --year：此包的数据属于 ${found}`, `check --year: the data are of ${found}`),
  });
  return true;
}
