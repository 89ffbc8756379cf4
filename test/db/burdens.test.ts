/** 高额医疗费用负担监测: what the database flags and counts in sets is what the rules say of each person, on random burdens and answers. */
import { flagBurdens, flaggedPersons, monitoringCounts } from '../../db/burdens';
import { inTransaction } from '../../db/connect';
import { execute, insertRows } from '../../db/rows';
import { answerDueOn, burdenClassOf, burdenOutcome, pushOutcome, selfPaidToDate } from '../../rules/burden';
import { monthEnd } from '../../rules/calendar-day';
import { type Decimal, decimal, yuanText, zero } from '../../rules/money';
import type { BurdenClass, Group } from '../../rules/vocabulary';
import { type Random, seeded } from '../../scripts/trials/campaign/random';
import { type TestDatabase, testDatabase } from '../database';

const YEAR = 2028;
const AREAS = ['150100', '150200'];
const GROUPS: Group[] = ['ordinary', 'subsistence', 'poverty_relieved', 'student', 'orphan'];
const THRESHOLDS = { low_income: decimal('100'), poverty_relieved: decimal('150.5'), ordinary: decimal('260') };
const ANSWER_DAYS = decimal('30');

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await execute(database.pool, `insert into fund.fund_year (year, mode) values (${YEAR}, 'run')`);
  const rest = { name_zh: '东', name_en: 'East', schemes: '{resident}', subsidy_class: 1, line: 2 };
  await insertRows(
    database.pool,
    'area',
    AREAS.map((area) => ({ fund_year: YEAR, area, ...rest })),
  );
});
afterAll(() => database.drop());

interface Burden {
  person: string;
  area: string;
  group: Group;
  month: number;
  self_paid: string;
}
interface Answer {
  person: string;
  area: string;
  date: string;
  outcome: 'recognised' | 'not_recognised';
  help: string;
}

const pick = <Item>(random: Random, items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
const amount = (random: Random, most: number): string => (Math.floor(random() * most * 100) / 100).toFixed(2);

/** Persons with a few months each, some of them in two areas and in other groups later. */
function draw(seed: number): { burdens: Burden[]; answers: Answer[] } {
  const random = seeded(seed);
  const burdens: Burden[] = [];
  const answers: Answer[] = [];
  for (let i = 0; i < 60; i++) {
    for (const area of AREAS.filter(() => random() < 0.7)) {
      const often = random();
      for (let month = 1; month <= 12; month++) {
        if (random() > often) continue;
        const self_paid = random() < 0.1 ? '50.00' : amount(random, 120);
        burdens.push({ person: `P${i}`, area, group: pick(random, GROUPS), month, self_paid });
      }
      for (let month = 1; month <= 12; month++) {
        if (random() > 0.25) continue;
        const outcome = pick(random, ['recognised', 'not_recognised'] as const);
        const day = pick(random, ['01', '15', '28', monthEnd(YEAR, month).slice(8)]);
        const date = `${monthEnd(YEAR, month).slice(0, 8)}${day}`;
        const help = outcome === 'recognised' ? amount(random, 900) : '0.00';
        if (!answers.some((had) => had.person === `P${i}` && had.area === area && had.date === date))
          answers.push({ person: `P${i}`, area, date, outcome, help });
      }
    }
  }
  return { burdens, answers };
}

interface Flag {
  month: number;
  ofClass: BurdenClass;
  answer: Answer | undefined;
}

/** By the rules: the first month whose sum exceeds the threshold of its row, and the answer that counts. */
function flagOf(rows: readonly Burden[], answers: readonly Answer[]): Flag | null {
  const inOrder = [...rows].sort((a, b) => a.month - b.month);
  for (const [i, { group, month }] of inOrder.entries()) {
    const paid = selfPaidToDate({ self_paid: inOrder.slice(0, i + 1).map((row) => decimal(row.self_paid)) });
    const ofClass = burdenClassOf(group);
    if (burdenOutcome({ self_paid_to_date: paid, threshold: THRESHOLDS[ofClass] }) === 'not_flagged') continue;
    const [answer] = answers
      .filter(({ date }) => date >= monthEnd(YEAR, month))
      .sort((a, b) => (a.date < b.date ? -1 : 1));
    return { month, ofClass, answer };
  }
  return null;
}

const keyOf = ({ person, area }: { person: string; area: string }): string => `${person} ${area}`;

/** What a month counts of every area and class, person by person. */
function countedBy(month: number, burdens: readonly Burden[], answers: readonly Answer[]): Map<string, string> {
  const end = monthEnd(YEAR, month);
  const counts = new Map<string, (number | Decimal)[]>();
  const add = (area: string, ofClass: BurdenClass, place: number, help?: string): void => {
    const row = counts.get(`${area} ${ofClass}`) ?? [0, 0, 0, 0, 0, zero, 0];
    if (help === undefined) row[place] = (row[place] as number) + 1;
    else row[place] = (row[place] as Decimal).plus(help);
    counts.set(`${area} ${ofClass}`, row);
  };
  for (const key of new Set(burdens.map(keyOf))) {
    const own = burdens.filter((row) => keyOf(row) === key);
    const { area } = own[0] as Burden;
    const latest = own.filter((row) => row.month <= month).sort((a, b) => b.month - a.month)[0];
    if (latest !== undefined) add(area, burdenClassOf(latest.group), 0);
    const flag = flagOf(
      own,
      answers.filter((row) => keyOf(row) === key),
    );
    if (flag === null || flag.month > month) continue;
    if (flag.month === month) add(area, flag.ofClass, 1);
    add(area, flag.ofClass, 2);
    if (flag.answer?.date.slice(0, 7) === end.slice(0, 7)) {
      add(area, flag.ofClass, 3);
      if (flag.answer.outcome === 'recognised') add(area, flag.ofClass, 4);
      add(area, flag.ofClass, 5, flag.answer.help);
    }
    const answer_due = answerDueOn({ pushed_on: monthEnd(YEAR, flag.month), answer_days: ANSWER_DAYS });
    const dates = { answer_due, month_end: end, answered_on: flag.answer?.date ?? null };
    if (pushOutcome(dates) === 'overdue') add(area, flag.ofClass, 6);
  }
  return new Map([...counts].map(([key, row]) => [key, row.map((count) => textOf(count)).join(' ')]));
}
const textOf = (count: number | Decimal): string => (typeof count === 'number' ? String(count) : yuanText(count));

async function countedInSets(month: number): Promise<Map<string, string>> {
  const rows = await monitoringCounts(database.pool, YEAR, month, ANSWER_DAYS);
  return new Map(
    rows.map((row) => [
      `${row.area} ${row.class}`,
      [row.persons, row.flagged, row.flagged_to_date, row.answered, row.recognised, row.help, row.overdue].join(' '),
    ]),
  );
}

const store = async (burdens: readonly Burden[], answers: readonly Answer[]): Promise<void> => {
  await insertRows(
    database.pool,
    'burden',
    burdens.map((row, i) => ({ fund_year: YEAR, ...row, line: i + 2 })),
  );
  await insertRows(
    database.pool,
    'recognition',
    answers.map((row, i) => ({ fund_year: YEAR, ...row, line: i + 2 })),
  );
};
const flag = (through: number, late: boolean): Promise<void> =>
  inTransaction(database.pool, (trx) => flagBurdens(trx, YEAR, through, THRESHOLDS, { late }));

test('month by month, and again after late rows, as the rules say person by person', async () => {
  const { burdens, answers } = draw(28);
  // What is late comes after the year, and moves flags of months that are over.
  const [late, inTime] = [burdens.filter((_, i) => i % 9 === 0), burdens.filter((_, i) => i % 9 !== 0)];
  await store(inTime, answers);
  const seen = new Set<string>();
  for (let month = 1; month <= 12; month++) {
    await flag(month, false);
    const expected = countedBy(month, inTime, answers);
    expect([month, await countedInSets(month)]).toEqual([month, expected]);
    for (const row of expected.values())
      row.split(' ').forEach((count, place) => /[1-9]/.test(count) && seen.add(`${place}`));
  }
  expect(seen.size).toBe(7); // each count was above 0 somewhere

  await store(late, []);
  await flag(12, true);
  for (let month = 1; month <= 12; month++)
    expect([month, await countedInSets(month)]).toEqual([month, countedBy(month, burdens, answers)]);

  const listed = await flaggedPersons(database.pool, YEAR, '150100', 6);
  const own = [...new Set(burdens.filter(({ area }) => area === '150100').map(({ person }) => person))];
  const due = own.filter((person) => {
    const found = flagOf(
      burdens.filter((row) => keyOf(row) === `${person} 150100`),
      [],
    );
    return found?.month === 6;
  });
  expect(listed.map(({ person }) => person)).toEqual(due.sort());
});

test('a person has one flag in an area, and a withdrawn one stays withdrawn', async () => {
  const again = `insert into fund.burden_flag (fund_year, person, area, month, class, self_paid, threshold)
    select fund_year, person, area, month, class, self_paid, threshold from fund.burden_flag where not withdrawn limit 1`;
  await expect(execute(database.pool, again)).rejects.toThrow('one_flag_per_person');
  const below = again.replace('self_paid, threshold from', 'threshold, threshold from');
  await expect(execute(database.pool, below)).rejects.toThrow('burden_flag_check');
  const withdrawn = 'update fund.burden_flag set withdrawn = false where withdrawn';
  await expect(execute(database.pool, withdrawn)).rejects.toThrow('只能向前变更');
});
