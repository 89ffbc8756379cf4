/**
 * Compares a folder of results with the expected one as the contract says (CONTRACT 3): cell by cell as text, with rows matched and
 * sorted by their keys. Only what the contract leaves open may differ: the text of a finding, the entries, keys and bases of the
 * journal, how a rate is written, and the content of `cycle.json` other than the year, its state and its skipped steps.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decimal } from 'decimal.js';
import { type ResultTable, type Row, readTable } from './result-table';

/** The key columns of each file, in sorting order. */
const KEYS = {
  'collection.csv': 'area',
  'quarantine.csv': 'file,line',
  'subsidy.csv': 'area,banner,level',
  'budget_checks.csv': 'area,scheme,version,check',
  'budgets.csv': 'area,scheme,part,item',
  'risk.csv': 'area,scheme,month',
  'levy.csv': 'scheme,area',
  'sharing.csv': 'scheme,area',
  'balances.csv': 'entity,scheme,part,account',
  'evaluation.csv': 'area,scheme,indicator',
  'findings.csv': 'code,area,scheme,month,figure',
  'estimate.csv': 'area,scheme,part,item',
  'rates.csv': 'area',
  'region_budget.csv': 'scheme,part,item',
  'adjusted_budgets.csv': 'area,scheme,version,part,item',
  'execution.csv': 'area,scheme,quarter,part,item',
  'premium_sources.csv': 'area,source',
  'enrolment.csv': 'area,class,count',
  'monitoring.csv': 'area,month,class',
  'total_budget.csv': 'area,scheme,unit',
  'performance.csv': 'area,scheme,indicator',
  'final_accounts.csv': 'area,scheme,part,line',
  'agreement.csv': 'area,scheme,part,account,date',
};
type TableFile = keyof typeof KEYS;
const NUMBERED = ['version', 'month', 'quarter', 'line', 'count'];

/** Every difference between two folders of results, one line each; an empty list when they agree. */
export function compareResults(expected: string, out: string): string[] {
  const compared = (file: string, compare: (left: string, right: string) => string[]): string[] => {
    const [left, right] = [join(expected, file), join(out, file)];
    const found = existsSync(right) ? compare(left, right) : ['the file is missing'];
    return found.map((difference) => `${file}: ${difference}`);
  };
  return [
    ...(Object.keys(KEYS) as TableFile[]).flatMap((file) =>
      compared(file, (left, right) => compareTables(file, readTable(left), readTable(right))),
    ),
    ...compared('journal.csv', (left, right) => compareJournals(readTable(left), readTable(right))),
    ...compared('cycle.json', (left, right) => compareCycles(readJson(left), readJson(right))),
  ];
}

function compareTables(file: TableFile, expected: ResultTable, out: ResultTable): string[] {
  const key = KEYS[file].split(',');
  return [
    ...compareHeaders(expected, out),
    ...unsorted(key, out.rows),
    ...compareRows(key, expected.rows.map(comparable(file)), out.rows.map(comparable(file))),
  ];
}

/** A row without what the contract leaves open. */
const comparable =
  (file: TableFile) =>
  (row: Row): Row => {
    if (file === 'findings.csv') return { ...row, text: '' };
    if (file === 'levy.csv' && row.rate) return { ...row, rate: new Decimal(row.rate).toFixed() };
    return row;
  };

const compareHeaders = (expected: ResultTable, out: ResultTable): string[] =>
  expected.header === out.header ? [] : [`the header is ${out.header}, expected ${expected.header}`];

function unsorted(key: readonly string[], rows: readonly Row[]): string[] {
  const after = rows.find((row, i) => i > 0 && compareKeys(key, rows[i - 1] as Row, row) > 0);
  return after === undefined ? [] : [`not sorted by ${key.join(',')}: ${nameOf(key, after)} comes too late`];
}

/** Text is sorted by Unicode code point; versions, months and the lines of files (final accounts have named ones) as numbers. */
function compareKeys(key: readonly string[], a: Row, b: Row): number {
  for (const column of key) {
    const [x = '', y = ''] = [a[column], b[column]];
    const areNumbers = NUMBERED.includes(column) && /^\d*,\d*$/.test(`${x},${y}`);
    const order = areNumbers ? Number(x) - Number(y) : Buffer.compare(Buffer.from(x), Buffer.from(y));
    if (order !== 0) return order;
  }
  return 0;
}

const nameOf = (key: readonly string[], row: Row): string => key.map((column) => row[column]).join(' ');

function compareRows(key: readonly string[], expected: readonly Row[], out: readonly Row[]): string[] {
  const [left, right] = [byName(key, expected), byName(key, out)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((name) => {
    const [wanted = [], got = []] = [left.get(name), right.get(name)];
    if (wanted.length !== got.length) return [`${name}: ${got.length} rows, expected ${wanted.length}`];
    return wanted.flatMap((row, i) => compareCells(name, row, got[i] as Row));
  });
}

function compareCells(name: string, expected: Row, out: Row): string[] {
  const differing = Object.keys(expected).filter((column) => expected[column] !== out[column]);
  return differing.map((column) => `${name}: ${column} is ${out[column]}, expected ${expected[column]}`);
}

/** Rows by their key. Several rows may have the same key (findings): they are matched in the order of their cells. */
function byName(key: readonly string[], rows: readonly Row[]): Map<string, Row[]> {
  const named = new Map<string, Row[]>();
  for (const row of [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))) {
    const name = nameOf(key, row);
    named.set(name, [...(named.get(name) ?? []), row]);
  }
  return named;
}

const SUMMED_BY = ['fund_year', 'date', 'entity', 'scheme', 'part', 'account'];

function compareJournals(expected: ResultTable, out: ResultTable): string[] {
  return [
    ...compareHeaders(expected, out),
    ...unbalanced(out.rows),
    ...compareRows(SUMMED_BY, summed(expected.rows), summed(out.rows)),
  ];
}

const money = (cell: string | undefined): Decimal => new Decimal(cell || 0);

function unbalanced(lines: readonly Row[]): string[] {
  const left = new Map<string, Decimal>();
  for (const { entry = '', debit, credit } of lines) {
    left.set(entry, (left.get(entry) ?? money('0')).plus(money(debit)).minus(money(credit)));
  }
  const negative = lines.filter(({ debit, credit }) => money(debit).isNegative() || money(credit).isNegative());
  return [
    ...[...left]
      .filter(([, rest]) => !rest.isZero())
      .map(([entry, rest]) => `entry ${entry} is out by ${rest.toFixed(2)}`),
    ...negative.map(({ entry }) => `entry ${entry} has a negative amount`),
  ];
}

/** Debits and credits of each account and day. */
function summed(lines: readonly Row[]): Row[] {
  const sums = new Map<string, { line: Row; debit: Decimal; credit: Decimal }>();
  for (const line of lines) {
    const name = nameOf(SUMMED_BY, line);
    const sum = sums.get(name) ?? { line, debit: money('0'), credit: money('0') };
    sums.set(name, { line, debit: sum.debit.plus(money(line.debit)), credit: sum.credit.plus(money(line.credit)) });
  }
  return [...sums.values()]
    .filter(({ debit, credit }) => !debit.isZero() || !credit.isZero())
    .map(({ line, debit, credit }) => ({
      ...Object.fromEntries(SUMMED_BY.map((column) => [column, line[column] ?? ''])),
      debit: debit.toFixed(2),
      credit: credit.toFixed(2),
    }));
}

interface Cycle {
  year: number;
  status: string;
  simulation: boolean;
  skipped: { step: string; scheme: string }[];
}
const readJson = (file: string): Cycle => JSON.parse(readFileSync(file, 'utf8')) as Cycle;

function compareCycles(expected: Cycle, out: Cycle): string[] {
  const compared = ({ year, status, simulation, skipped }: Cycle): Row => ({
    year: String(year),
    status,
    simulation: String(simulation),
    skipped: skipped
      .map(({ step, scheme }) => `${step} ${scheme}`)
      .sort()
      .join(', '),
  });
  return compareCells('the cycle', compared(expected), compared(out));
}
