/** Finished years, run through by their acts alone: those of the golden packs once for all suites, which get copies of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../db/connect';
import { writeResults } from '../../scripts/client/result-files';
import { runThrough } from '../activities/run-through';
import { type TestDatabase, filledTemplate, testDatabase } from '../database';
import { packFrom } from '../pack/builder';
import type { GoldenCase } from './cases';
import { type Row, readTable } from './result-table';

export interface FinishedYear {
  year: number;
  reader: Database;
  folder: string;
  /** The rows of a result file, read once. */
  rows(file: string): readonly Row[];
  drop(): Promise<void>;
}

/** The database of a golden year that was run through. */
export async function finishedDatabase({ name, pack, year }: GoldenCase): Promise<TestDatabase> {
  const template = await filledTemplate(name.replaceAll('-', '_'), async (worker) => {
    await runThrough(worker, await packFrom(pack, year));
  });
  return testDatabase(template);
}

async function databaseOf(of: GoldenCase | OtherPack): Promise<TestDatabase> {
  if ('name' in of) return finishedDatabase(of);
  const database = await testDatabase();
  await runThrough(database.pool, await packFrom(of.pack, of.year));
  return database;
}
type OtherPack = Pick<GoldenCase, 'pack' | 'year'>;

/** The year of a golden case, or of another pack, with its result files. */
export async function finishedYear(of: GoldenCase | OtherPack): Promise<FinishedYear> {
  const { year } = of;
  const database = await databaseOf(of);
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const reader = database.as('reader');
  await writeResults(reader, year, folder);
  const tables = new Map<string, readonly Row[]>();
  return {
    year,
    reader,
    folder,
    rows(file) {
      const table = tables.get(file) ?? readTable(join(folder, file)).rows;
      tables.set(file, table);
      return table;
    },
    async drop() {
      rmSync(folder, { recursive: true });
      await database.drop();
    },
  };
}
