/**
 * The demo year, 15 areas under stress: its results, the same bytes however often and in however many parts it is run, and no figure
 * that depends on the future.
 */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Home } from '../../scripts/trials/campaign/home';
import { differingFiles } from '../../scripts/trials/campaign/results';
import { DEMO as demo } from './cases';
import { changedPack } from './changed-pack';
import { compareResults } from './compare-results';
import { finishedYear } from './finished-year';
import { type Row, readTable } from './result-table';

jest.setTimeout(300_000);

const MID_YEAR = '2028-06-30';

let home: Home;
const others: Home[] = [];
const fresh = (): Home => {
  const other = new Home();
  others.push(other);
  return other;
};

beforeAll(async () => {
  home = new Home();
  const { code, stderr } = await home.run(demo);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
afterAll(() => Promise.all([home, ...others].map((system) => system.remove())));

/** Copies the results of a system before it writes them again. */
function keptResults(of: Home): string {
  const kept = join(of.folder, 'kept');
  cpSync(of.out, kept, { recursive: true });
  return kept;
}

test('the results are the expected ones', () => {
  expect(compareResults(demo.expected, home.out)).toEqual([]);
});

test('the same command again: the year is closed, and the bytes are the same', async () => {
  const first = keptResults(home);
  const { code, stdout } = await home.run(demo);
  expect(code).toBe(0);
  expect(stdout).toContain('2028 年度已关账');
  expect(differingFiles(first, home.out)).toEqual([]);
});

test('on a fresh system, stopped at 30 June and continued: the same bytes', async () => {
  const other = fresh();
  const stopped = other.startRun(demo, '--until', MID_YEAR);
  expect(await stopped.says('serving until Ctrl-C')).toBe(true);
  expect(knownBy(MID_YEAR, other.out)).toEqual(knownBy(MID_YEAR, home.out));
  expect(JSON.parse(readFileSync(join(other.out, 'cycle.json'), 'utf8'))).toMatchObject({ status: 'open' });
  stopped.signal('SIGINT');
  expect((await stopped.ended).code).toBe(0);

  expect((await other.run(demo)).code).toBe(0);
  expect(differingFiles(home.out, other.out)).toEqual([]);
});

test('without the actuals after June: every figure and entry up to 30 June is the same', async () => {
  const shorter = await finishedYear({ year: demo.year, pack: packWithoutActualsAfter(6, fresh().folder) });
  try {
    expect(knownBy(MID_YEAR, shorter.folder)).toEqual(knownBy(MID_YEAR, home.out));
    expect(differingFiles(home.out, shorter.folder)).toEqual(
      expect.arrayContaining(['risk.csv', 'journal.csv', 'sharing.csv']),
    );
  } finally {
    await shorter.drop();
  }
});

const rowsOf = (out: string, file: string): Row[] => readTable(join(out, file)).rows;

/** Everything in the results that is final by the last day of a month, by file. */
function knownBy(date: string, out: string): Record<string, Row[]> {
  const month = Number(date.slice(5, 7));
  const ofMonths = (row: Row): boolean => row.month !== '' && Number(row.month) <= month;
  const known = {
    budgets: rowsOf(out, 'budgets.csv'),
    checks: rowsOf(out, 'budget_checks.csv'),
    prepayments: rowsOf(out, 'levy.csv').map(({ scheme, area, estimate_base, prepaid }) => ({
      ...{ scheme, area, estimate_base, prepaid },
    })) as Row[],
    risk: rowsOf(out, 'risk.csv').filter(ofMonths),
    findings: rowsOf(out, 'findings.csv').filter(ofMonths),
    journal: rowsOf(out, 'journal.csv').filter((row) => (row.date as string) <= date),
  };
  for (const rows of Object.values(known)) expect(rows).not.toEqual([]);
  return known;
}

function packWithoutActualsAfter(month: number, folder: string): string {
  return changedPack(demo.pack, join(folder, 'pack'), (file, text) => {
    if (file !== 'actuals.csv') return text;
    const [header = '', ...lines] = text.trimEnd().split('\n');
    const column = header.split(',').indexOf('month');
    const kept = lines.filter((line) => Number(line.split(',')[column]) <= month);
    expect(kept.length).toBeLessThan(lines.length);
    return `${[header, ...kept].join('\n')}\n`;
  });
}
