/**
 * Called in the order of the workflows, the acts alone give the results of the smallest golden case: the year that the other tests
 * of this folder run through is the year of a real cycle. `test/year/golden` has the other cases.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resultRows } from '../../db/results';
import { testDatabase } from '../database';
import { KILLED } from '../year/cases';
import { changedPack } from '../year/changed-pack';
import { compareResults } from '../year/compare-results';
import { finishedYear } from '../year/finished-year';
import { runThrough } from './run-through';
import { packFrom } from '../pack/builder';

test('the acts alone come to the expected results', async () => {
  const finished = await finishedYear(KILLED);
  try {
    expect(compareResults(KILLED.expected, finished.folder)).toEqual([]);
  } finally {
    await finished.drop();
  }
});

test('subsidy that was taken back counts as negative: each row is capped at its due, and has no floor', async () => {
  const { pack, year } = KILLED;
  const folder = mkdtempSync(join(tmpdir(), 'pack-'));
  const database = await testDatabase();
  try {
    // 188.24 − 868.80 for the league, 246.16 for the banners, of 434.40 due.
    const takenBack = (file: string, text: string): string =>
      file === 'subsidy_arrivals.csv' ? `${text}150100,,league,2028-09-30,-868.80\n` : text;
    await runThrough(database.pool, await packFrom(changedPack(pack, folder, takenBack), year));
    const rows = await resultRows(database.pool, 'evaluation.csv', year);
    expect(rows.find(({ area, indicator }) => area === '150100' && indicator === 'subsidy_arrival')).toMatchObject({
      value: '-1.0000',
      score: '0.00',
    });
  } finally {
    rmSync(folder, { recursive: true });
    await database.drop();
  }
});
