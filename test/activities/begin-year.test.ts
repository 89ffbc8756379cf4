/** A live year does not begin beside a compressed run that is unfinished: the run could never go on. */
import { beginYear } from '../../activities/begin-year';
import { importPack } from '../../activities/import';
import { yearStatus } from '../../db/fund-year';
import { PackRefused } from '../../db/load-pack';
import { insertRows } from '../../db/rows';
import type { Pack } from '../../pack';
import { type TestDatabase, testDatabase } from '../database';

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.drop());

const begin = () => beginYear(database.pool, { date: '2027-09-01' });

test('while a run is unfinished, neither a start nor an import begins a live year', async () => {
  await insertRows(database.pool, 'fund_year', [{ year: 2030, mode: 'run' }]);
  expect(await begin()).toEqual({ year: 2028, unfinished: [2030] });
  const refused = await importPack(database.pool, { year: 2028 } as Pack, null).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(PackRefused);
  expect((refused as PackRefused).faults).toMatchObject([
    { remedy: expect.stringContaining('2030 年度的模拟运行尚未完成') as string },
  ]);
  expect(await yearStatus(database.pool, 2028)).toBeUndefined();
});

test('beside a run that has closed it begins', async () => {
  await insertRows(database.pool, 'fund_year', [
    { year: 2027, mode: 'run', status: 'closed', closed_on: '2028-05-31' },
  ]);
  expect(await begin()).toMatchObject({ year: 2028, mode: 'live', status: 'open' });
});
