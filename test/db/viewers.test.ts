/** Whoever reads for a person sees his areas and years alone, in every table that holds areas, whatever a page forgets to ask. */
import type { Database } from '../../db/connect';
import { select, selectOne } from '../../db/rows';
import { type Seen, readingFor } from '../../db/seen';
import type { TestDatabase } from '../database';
import { caseNamed } from '../year/cases';
import { finishedDatabase } from '../year/finished-year';

jest.setTimeout(120_000);

const CASE = caseNamed('two-areas-2028');
const YEAR = CASE.year;
let database: TestDatabase;
let owner: Database;
let viewing: Database;
let own: string;
beforeAll(async () => {
  database = await finishedDatabase(CASE);
  owner = database.as('owner');
  viewing = database.as('viewer');
  [{ area: own }] = (await select(owner, 'select min(area) as area from fund.area')) as [{ area: string }];
});
afterAll(() => database.drop());

interface Relation {
  name: string;
  column: string;
}

/** Every table and view of the fund that says of which area a row is: what a task is about comes before whose office it is. */
const ofAreas = (): Promise<Relation[]> =>
  select<Relation>(
    owner,
    `select distinct on (relname) relname as name, attname as column
     from pg_class join pg_attribute on attrelid = pg_class.oid
     where relnamespace = 'fund'::regnamespace and relkind in ('r', 'p', 'v') and not relispartition
       and attname in ('of_area', 'area', 'entity')
     order by relname, array_position('{of_area,area,entity}', attname::text)`,
  );

/** How many rows there are of his own area, and of others; null: they are not for him to read. */
const counted = (
  seen: Seen,
  { name, column }: Relation,
): Promise<{ own: number; others: number; none: number } | null> =>
  readingFor(viewing, seen, (trx) =>
    selectOne<{ own: number; others: number; none: number }>(
      trx,
      `select count(*) filter (where ${column} = :own)::int as own, count(*) filter (where ${column} <> :own)::int as others,
         count(*) filter (where ${column} is null)::int as none from fund.${name}`,
      { own },
    ),
  ).then(
    (row) => row ?? null,
    (error: unknown) => {
      if (/permission denied/.test(String(error))) return null;
      throw error;
    },
  );

const ONE_AREA = (): Seen => ({ years: [], areas: [{ year: YEAR, area: own }] });
const NOTHING: Seen = { years: [], areas: [] };

test('of every table with an area, another area’s rows are not there', async () => {
  const relations = await ofAreas();
  expect(relations.length).toBeGreaterThan(60);
  const leaks: string[] = [];
  let withRowsOfOthers = 0;
  for (const relation of relations) {
    const seen = await counted(ONE_AREA(), relation);
    const all = await selectOne<{ own: number; others: number }>(
      owner,
      `select count(*) filter (where ${relation.column} = :own)::int as own,
         count(*) filter (where ${relation.column} <> :own)::int as others from fund.${relation.name}`,
      { own },
    );
    if (seen === null) continue;
    if ((all?.others ?? 0) > 0) withRowsOfOthers += 1;
    if (seen.others > 0) leaks.push(`${relation.name}: ${seen.others} of others`);
    if (seen.own !== all?.own) leaks.push(`${relation.name}: ${seen.own} of ${all?.own} of his own`);
    // Those of the region hold offices for every area.
    if (seen.none > 0 && !['operator', 'office_holder'].includes(relation.name))
      leaks.push(`${relation.name}: no area`);
  }
  expect(leaks).toEqual([]);
  // Or the rows that must not be seen were never there.
  expect(withRowsOfOthers).toBeGreaterThan(15);
});

test('what is decided, corrected and signed is seen with what it is about', async () => {
  const chains = await readingFor(viewing, ONE_AREA(), (trx) =>
    select<{ chain: string }>(trx, 'select distinct chain from fund.decision'),
  );
  expect(chains.length).toBeGreaterThan(0);
  for (const { chain } of chains) expect(chain).toContain(own);
  const signed = `select count(*)::int as count from fund.proof`;
  const count = (seen: Seen) => readingFor(viewing, seen, (trx) => selectOne<{ count: number }>(trx, signed));
  const all = await selectOne<{ count: number }>(owner, signed);
  const ofArea = await count(ONE_AREA());
  expect(ofArea?.count).toBeLessThan(all?.count ?? 0);
  expect(await count({ years: [YEAR], areas: [] })).toEqual(all);
});

test('before anything is named nothing is seen, and another year’s area is not this year’s', async () => {
  for (const seen of [NOTHING, { years: [YEAR + 1], areas: [{ year: YEAR - 1, area: own }] }]) {
    for (const table of ['area', 'task', 'finding', 'budget_item']) {
      const rows = await counted(seen, { name: table, column: table === 'task' ? 'of_area' : 'area' });
      expect(rows).toEqual({ own: 0, others: 0, none: 0 });
    }
  }
  const rows = await select(viewing, 'select from fund.task');
  expect(rows).toEqual([]);
});

test('what one transaction may see, the next one on its connection may not', async () => {
  const one = database.as('viewer');
  await readingFor(one, { years: [YEAR], areas: [] }, (trx) => select(trx, 'select from fund.task'));
  expect(await select(one, 'select from fund.task')).toEqual([]);
});

test('whole years are seen whole, with what is of no area', async () => {
  const rows = await counted({ years: [YEAR], areas: [] }, { name: 'task', column: 'of_area' });
  expect(rows?.others).toBeGreaterThan(0);
  expect(rows?.none).toBeGreaterThan(0);
});

test('whatever is granted has a policy, but for what is the same for everybody', async () => {
  const open = await select<{ name: string }>(
    owner,
    `select relname as name from pg_class
     where relnamespace = 'fund'::regnamespace and not relrowsecurity and coalesce(not 'security_invoker=true' = any (reloptions), true)
       and (has_table_privilege('fund_viewer', oid, 'select') or has_any_column_privilege('fund_viewer', oid, 'select')) order by 1`,
  );
  expect(open.map(({ name }) => name)).toEqual([
    'freeze',
    'fund_year',
    'parameter_in_force',
    'parameter_override',
    'skipped_step',
  ]);
});

test('no function answers for the owner but two that are the same for everybody, and no person of a payment can be read', async () => {
  const functions = await select<{ name: string }>(
    owner,
    `select proname as name from pg_proc where pronamespace = 'fund'::regnamespace and prosecdef
       and prorettype <> 'trigger'::regtype and has_function_privilege('fund_viewer', oid, 'execute') order by 1`,
  );
  expect(functions.map(({ name }) => name)).toEqual(['business_date', 'why_not_paid']);
  for (const hidden of [
    'select person from fund.resident_payment',
    'select receipt from fund.act',
    'select from fund.resident_roll',
  ]) {
    await expect(select(viewing, hidden)).rejects.toThrow(/permission denied/);
  }
});
