/** 历年参保: what the database counts in sets is what the rules say of each person by itself, on random histories. */
import { enrolledBefore } from '../../db/enrolment';
import { execute, insertRows } from '../../db/rows';
import { enrolmentRows } from '../../figures/collection/enrolment';
import { continuousYears, enrolmentClass, missedYears } from '../../rules/enrolment';
import { decimal } from '../../rules/money';
import { WINDOW_EXEMPT_GROUPS } from '../../rules/vocabulary';
import { variableMonths, waitingMonths } from '../../rules/waiting-period';
import { seeded } from '../../scripts/trials/campaign/random';
import { type TestDatabase, openPersonTables, testDatabase } from '../database';
import { lawWith } from '../figures/laws';

const [YEAR, AREA] = [2028, '150100'];
const LAW = lawWith(YEAR);
const GROUPS = ['ordinary', 'newborn', 'aid_new', 'student'];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await execute(database.pool, `insert into fund.fund_year (year, mode) values (${YEAR}, 'run')`);
  const area = { name_zh: '东', name_en: 'East', schemes: '{resident}', subsidy_class: 1, line: 2 };
  await insertRows(database.pool, 'area', [{ fund_year: YEAR, area: AREA, ...area }]);
});
afterAll(() => database.drop());

interface Resident {
  person: string;
  group: string;
  years: number[];
}

/** Residents whose years before this one are drawn at random; some are known to nobody. */
function residents(seed: number): Resident[] {
  const random = seeded(seed);
  return Array.from({ length: 120 }, (_, i) => {
    const share = random();
    const years = Array.from({ length: 8 }, (_year, back) => YEAR - 1 - back).filter(() => random() < share);
    return { person: `P${i}`, group: GROUPS[Math.floor(random() * GROUPS.length)] as string, years };
  });
}

/** By the rules, person by person. */
function countOne({ group, years }: Resident): string {
  const year = decimal(String(YEAR));
  const last_year = years.length === 0 ? null : decimal(String(Math.max(...years)));
  const never_waits = (WINDOW_EXEMPT_GROUPS as readonly string[]).includes(group);
  const of = enrolmentClass({ year, last_year, never_waits });
  if (of === 'new' || last_year === null) return 'new 0';
  if (of === 'continuous') {
    let unbroken = 0;
    while (years.includes(YEAR - 1 - unbroken)) unbroken += 1;
    return `continuous ${continuousYears({ unbroken_before: decimal(String(unbroken)) }).toFixed()}`;
  }
  const missed = missedYears({ year, last_year });
  const value = (name: Parameters<typeof LAW.given>[0]) => LAW.given(name).value;
  const variable_months = variableMonths({
    missed_years: missed,
    years_repaid: decimal('0'),
    months_per_year: value('waiting.months_per_year'),
    years_without_variable: value('waiting.years_without_variable'),
  });
  const months = waitingMonths({
    missed_years: missed,
    in_window: true,
    fixed_months: value('waiting.fixed_months'),
    variable_months,
    long_gap_years: value('waiting.long_gap_years'),
    long_gap_months: value('waiting.long_gap_months'),
  });
  return `returning ${months.toFixed()}`;
}

test('counted in sets as person by person', async () => {
  const all = residents(7);
  const seen = new Set(all.map(countOne).map((count) => count.split(' ')[0]));
  expect([...seen].sort()).toEqual(['continuous', 'new', 'returning']);

  const roll = { fund_year: YEAR, area: AREA, banner: null, file: 'resident_roll.csv' };
  const owner = database.as('owner');
  await openPersonTables(owner, YEAR);
  await insertRows(
    owner,
    'resident_roll',
    all.map(({ person, group }, i) => ({ ...roll, person, group, line: i + 2 })),
  );
  await insertRows(
    owner,
    'full_aid_enrolment',
    all.map(({ person }) => ({ fund_year: YEAR, person, area: AREA, aid: '400.00', enrolled_on: '2027-09-01' })),
  );
  const history = all.flatMap(({ person, years }) => years.map((coverage_year) => ({ person, coverage_year })));
  await insertRows(
    database.pool,
    'enrolment_history',
    history.map((row, i) => ({ fund_year: YEAR, ...row, line: i + 2 })),
  );

  const expected: Record<string, number> = {};
  for (const count of all.map(countOne)) expected[count] = (expected[count] ?? 0) + 1;
  const rows = enrolmentRows(LAW, YEAR, AREA, await enrolledBefore(database.pool, YEAR, AREA));
  expect(Object.fromEntries(rows.map((row) => [`${row.class} ${row.count}`, Number(row.persons)]))).toEqual(expected);
});
