/**
 * The collection decides most rows in sets and only those that meet one by one; on any files it must come to what a reading of row
 * after row comes to. Thousands of small worlds, each with persons and receipts of its own, are loaded as packs of several years,
 * decided by the acts at once or in steps, and held to that reading row by row and in every count.
 */
import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { type FundActivities, createActivities } from '../../activities';
import { loadPack } from '../../db/load-pack';
import { resultRows } from '../../db/results';
import { fundYearId } from '../../rules/keys';
import { type TestDatabase, testDatabase } from '../database';
import { packOf, removePacks } from '../pack/builder';
import { type Counts, type Line, type Outcome, Reading, nothing } from './collection-reference';
import { type World, WorldPack, drawnWorld } from './collection-worlds';

const YEARS = Array.from({ length: 12 }, (_, i) => 2028 + i);
const WORLDS = 300; // a year
const SEED = randomInt(2 ** 31);

let database: TestDatabase;
let fund: FundActivities;
beforeAll(async () => {
  database = await testDatabase();
  fund = createActivities(database.pool);
});
afterAll(async () => {
  removePacks();
  await database.drop();
});

/** Every second year decides the rows when their day has come, the others all rows at the end. */
async function collect(year: number, areas: readonly string[]): Promise<void> {
  await fund.openYear({ year, workflowId: fundYearId(year), firstRunId: `run of ${year}` });
  await fund.openCollection({ year });
  const days = year % 2 === 0 ? [] : [`${year - 1}-09-30`, `${year - 1}-10-10`, `${year - 1}-12-31`, `${year}-01-31`];
  for (const [i, through] of days.entries()) {
    const of = { year, area: areas[0] as string, after: days[i - 1] ?? null, through, booking: i + 1 };
    await fund.bookCollection(of);
  }
  const of = { year, workflowId: fundYearId(year), acceptBy: `${year + 1}-01-31` };
  for (const area of areas) await fund.reconcileCollection({ ...of, area });
  await fund.reconcileUnknownArea(of);
}

const placeOf = ({ file, line }: Pick<Line, 'file' | 'line'>): string => `${file}:${line}`;

/** The reasons of the quarantined rows, by file and line. */
async function quarantine(year: number): Promise<ReadonlyMap<string, Outcome>> {
  const rows = await resultRows(database.pool, 'quarantine.csv', year);
  return new Map(rows.map(({ file, line, reason }) => [`${file}:${line}`, reason as Outcome]));
}

const COUNTED = Object.keys(nothing()) as (keyof Counts)[];
const isMoney = (name: keyof Counts): boolean => ['due', 'collected', 'aid', 'quarantined_amount'].includes(name);
async function counted(year: number): Promise<Record<string, Counts>> {
  const rows = await resultRows(database.pool, 'collection.csv', year);
  const inFen = (name: keyof Counts, text: string): number =>
    isMoney(name) ? Math.round(Number(text) * 100) : Number(text);
  return Object.fromEntries(
    rows.map((row) => [
      row.area as string,
      Object.fromEntries(COUNTED.map((name) => [name, inFen(name, row[name] as string)])) as unknown as Counts,
    ]),
  );
}

/** A world as a person reads it who looks for the difference. */
const shown = ({ roll, lines }: World, outcomeOf: (line: Line) => Outcome | undefined): string[] => [
  ...roll.map(({ person, area, group }) => `${person} ${area} ${group}`),
  ...lines.map((line) => `${placeOf(line)} ${JSON.stringify(line.text)} → ${outcomeOf(line)}`),
];

/** What the rows came to, by kind and outcome, over all years. */
const met = new Map<string, number>();

test.each(YEARS)(`every row of %i is decided as row after row (seed ${SEED})`, async (year) => {
  const pack = new WorldPack(year);
  for (const drawn of fc.sample(drawnWorld, { seed: SEED + year, numRuns: WORLDS })) pack.add(drawn);
  expect(await loadPack(database.pool, await packOf(pack.files(), year), 'run')).toBe('loaded');
  await collect(year, pack.law.areas);

  const found = await quarantine(year);
  const expectedCounts: Record<string, Counts> = {};
  for (const world of pack.worlds) {
    const reading = new Reading(pack.law, world.roll, (area) => (expectedCounts[area] ??= nothing()));
    reading.decide(world.lines);
    const stands = (line: Line): Outcome | undefined => {
      const outcome = reading.outcomes.get(line);
      return outcome === 'left out' ? outcome : (found.get(placeOf(line)) ?? 'accepted');
    };
    expect(shown(world, stands)).toEqual(shown(world, (line) => reading.outcomes.get(line)));
    for (const [line, outcome] of reading.outcomes) {
      const key = `${line.cells?.kind ?? ''} ${outcome}`;
      met.set(key, (met.get(key) ?? 0) + 1);
    }
  }
  expect(await counted(year)).toEqual(expectedCounts);
});

test('and among these rows was every outcome, many times', () => {
  const outcomes: Record<string, string[]> = {
    payment: [
      'unknown_area',
      'unknown_person',
      'out_of_window',
      'amount_mismatch',
      'duplicate_receipt',
      'duplicate_enrolment',
    ],
    refund: [
      'unknown_area',
      'refund_without_payment',
      'refund_after_period_start',
      'amount_mismatch',
      'duplicate_receipt',
    ],
  };
  const keys = Object.entries(outcomes).flatMap(([kind, reasons]) =>
    [...reasons, 'malformed', 'accepted', 'left out'].map((outcome) => `${kind} ${outcome}`),
  );
  expect(Object.fromEntries(keys.map((key) => [key, (met.get(key) ?? 0) > 20]))).toEqual(
    Object.fromEntries(keys.map((key) => [key, true])),
  );
});
