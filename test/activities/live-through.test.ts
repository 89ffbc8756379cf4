/**
 * The acts alone, called in the workflows' order, come to the results that were worked out for the small golden cases: so
 * what the other tests of this folder live through is the year that a real cycle lives.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPack } from '../../pack';
import { writeResults } from '../../scripts/result-files';
import { testDatabase } from '../database';
import { caseNamed } from '../year/cases';
import { compareResults } from '../year/compare-results';
import { liveThrough } from './live-through';

test.each(['two-areas-2028', 'collection-2027', 'budgets-2027'])('%s', async (name) => {
  const { pack, year, expected } = caseNamed(name);
  const read = await readPack(pack, year);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  const database = await testDatabase();
  const out = mkdtempSync(join(tmpdir(), 'results-'));
  try {
    await liveThrough(database.pool, read.pack);
    await writeResults(database.pool, year, out);
    expect(compareResults(expected, out)).toEqual([]);
  } finally {
    rmSync(out, { recursive: true });
    await database.drop();
  }
});
