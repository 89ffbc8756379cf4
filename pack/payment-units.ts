/** Faults between units and their accounts (READINGS 66): weights without a sum, accounts of nobody, a year below 0. */
import { decimal, sum, yuanText } from '../rules/money';
import { type FaultList, both } from './fault';
import type { Imported } from './pack';
import { PAYMENT_UNITS, type SmallTables, UNIT_ACCOUNTS } from './tables';

/** What names a fund, and what names a unit of it. */
interface Fund {
  area: string;
  scheme: string;
}
type Unit = Fund & { unit: string };
const fundOf = ({ area, scheme }: Fund): string => JSON.stringify([area, scheme]);
const unitOf = ({ area, scheme, unit }: Unit): string => JSON.stringify([area, scheme, unit]);

function groupedBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

export function reportFaultsOfUnits(
  { paymentUnits, unitAccounts }: Pick<SmallTables, 'paymentUnits' | 'unitAccounts'>,
  faults: FaultList,
  imported?: Imported,
): void {
  const areFine = (file: string): boolean => faults.in(file).length === 0;
  // What a file says of a unit replaces what was imported before.
  const renewed = new Set(paymentUnits.map(unitOf));
  const known = [...(imported?.units ?? []).filter((unit) => !renewed.has(unitOf(unit))), ...paymentUnits];
  if (areFine(PAYMENT_UNITS.file)) {
    reportNoWeight(paymentUnits, known, faults);
    reportUnknownUnits(unitAccounts, new Set(known.map(unitOf)), faults);
  }
  // Of a live year the database adds up what came before.
  if (imported === undefined && areFine(UNIT_ACCOUNTS.file)) reportNegativeYears(unitAccounts, faults);
}

/** The total is split by weights: with a sum of 0 nobody would have a budget. */
function reportNoWeight(units: SmallTables['paymentUnits'], known: Imported['units'], faults: FaultList): void {
  const weights = new Map(
    groupedBy(known, fundOf).map((ofFund) => [
      fundOf(ofFund[0] as Fund),
      sum(ofFund.map(({ weight }) => decimal(weight))),
    ]),
  );
  for (const [first] of groupedBy(units, fundOf)) {
    if (first === undefined || weights.get(fundOf(first))?.isZero() === false) continue;
    faults.of(PAYMENT_UNITS.file)({
      line: first.line,
      column: 'weight',
      found: first.weight,
      expected: both(
        `统筹区 ${first.area} ${first.scheme} 各单位权重合计大于 0`,
        `weights of ${first.area} ${first.scheme} with a sum above 0`,
      ),
      remedy: both('填写各单位权重', 'fill in the weights of its units'),
    });
  }
}

function reportUnknownUnits(
  accounts: SmallTables['unitAccounts'],
  known: ReadonlySet<string>,
  faults: FaultList,
): void {
  for (const account of accounts) {
    if (known.has(unitOf(account))) continue;
    faults.of(UNIT_ACCOUNTS.file)({
      line: account.line,
      column: 'unit',
      found: account.unit,
      expected: both(
        `${PAYMENT_UNITS.file} 中该统筹区、险种的单位`,
        `a unit of this area and scheme in ${PAYMENT_UNITS.file}`,
      ),
      remedy: both(`改正该格，或在 ${PAYMENT_UNITS.file} 中补充`, 'correct the cell, or add the unit'),
    });
  }
}

function reportNegativeYears(accounts: SmallTables['unitAccounts'], faults: FaultList): void {
  for (const ofUnit of groupedBy(accounts, unitOf)) {
    const { area, scheme, unit, line } = ofUnit.at(-1) as SmallTables['unitAccounts'][number];
    for (const column of ['incurred', 'paid'] as const) {
      const year = sum(ofUnit.map((row) => decimal(row[column])));
      if (year.isNegative() && !year.isZero())
        faults.of(UNIT_ACCOUNTS.file)({ line, column, found: yuanText(year), ...negativeYear({ area, scheme, unit }) });
    }
  }
}

/** The words for a unit whose year comes to less than nothing. */
export const negativeYear = ({ area, scheme, unit }: Unit) => ({
  expected: both(
    `统筹区 ${area} ${scheme} 单位 ${unit} 全年合计不小于 0`,
    `a year of unit ${unit} of ${area} ${scheme} that is not below 0`,
  ),
  remedy: both('核对该单位各月账目', 'check the months of this unit'),
});
