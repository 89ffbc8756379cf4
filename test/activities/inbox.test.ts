/** The inbox when an act is repeated: an earlier try may have moved files before its answer was lost. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inboxTrouble, pickUp, putAway } from '../../activities/imports/inbox';
import { type ImportReport, importReport, noteReport } from '../../db/import-reports';
import { type TestDatabase, testDatabase } from '../database';

const YEAR = 2028;
const FILES = ['resident_payments_1.csv', 'resident_payments_2.csv'];

let database: TestDatabase;
let directory: string;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'inbox-'));
  mkdirSync(join(directory, 'taking'));
  for (const name of FILES) writeFileSync(join(directory, 'taking', name), 'rows');
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Puts the files of an import away twice, as after a lost answer. */
async function twice(key: string, report: ImportReport): Promise<number[]> {
  await noteReport(database.pool, { key, year: YEAR, channel: 'inbox' }, report);
  const inbox = { year: YEAR, directory, isOfYear: false, taking: join(directory, 'taking') };
  const of = { ...inbox, key, imported: FILES.length };
  return [await putAway(database.pool, of), await putAway(database.pool, of)];
}
const left = (): string[] => FILES.filter((name) => existsSync(join(directory, 'taking', name)));

test('a file with a fault goes once; the other stays to be imported again', async () => {
  const faults = [{ file: 'resident_payments_1.csv', text: '文件 resident_payments_1.csv 第 1 行：…' }];
  expect(await twice('run/fault', { faults })).toEqual([1, 1]);
  expect(left()).toEqual(['resident_payments_2.csv']);
});

test('a fault of no file in the inbox refuses all of them', async () => {
  const faults = [{ file: 'areas.csv', text: '文件 areas.csv：应为至少一个统筹区' }];
  expect(await twice('run/year', { faults })).toEqual([0, 0]);
  expect(left()).toEqual([]);
});

test('files that were taken are done', async () => {
  expect(await twice('run/taken', { receipt: { files: {} } })).toEqual([0, 0]);
  expect(left()).toEqual([]);
});

test('a file whose name an earlier one still has waits, and is not written over it', async () => {
  writeFileSync(join(directory, FILES[0] ?? ''), 'later rows');
  const inbox = { year: YEAR, directory, isOfYear: false, taking: join(directory, 'taking') };
  expect(await pickUp(inbox, Date.now() + 120_000)).toBe(2);
  expect(readFileSync(join(directory, 'taking', FILES[0] ?? ''), 'utf8')).toBe('rows');
  expect(existsSync(join(directory, FILES[0] ?? ''))).toBe(true);
});

test('an inbox that cannot be used is said to be; none is no trouble', async () => {
  expect(await inboxTrouble(undefined)).toBeNull();
  expect(await inboxTrouble(directory)).toBeNull();
  expect(await inboxTrouble(join(directory, 'nowhere'))).toBe('ENOENT');
});

test('of two tries of an import at once, the first to be done counts', async () => {
  const both = { key: 'run/both', year: YEAR };
  await noteReport(database.pool, both, {
    receipt: { files: { a: { added: 1, corrected: 0, unchanged: 0 } } },
  });
  await noteReport(database.pool, both, {
    receipt: { files: { a: { added: 0, corrected: 0, unchanged: 1 } } },
  });
  expect(await importReport(database.pool, 'run/both')).toEqual({
    receipt: { files: { a: { added: 1, corrected: 0, unchanged: 0 } } },
  });
});
