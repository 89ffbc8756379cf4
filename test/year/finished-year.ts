/** The finished year of a golden pack on a database of its own, run through by its acts alone, with its result files. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../db/connect';
import { readPack } from '../../pack';
import { writeResults } from '../../scripts/client/result-files';
import { runThrough } from '../activities/run-through';
import { testDatabase } from '../database';
import { type GoldenCase, caseNamed } from './cases';
import { type Row, readTable } from './result-table';

export interface FinishedYear {
  year: number;
  reader: Database;
  folder: string;
  /** The rows of a result file, read once. */
  rows(file: string): readonly Row[];
  drop(): Promise<void>;
}

/** The year of a golden case by its name, or of another pack. */
export async function finishedYear(of: string | Pick<GoldenCase, 'pack' | 'year'>): Promise<FinishedYear> {
  const { pack, year } = typeof of === 'string' ? caseNamed(of) : of;
  const read = await readPack(pack, year);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  const database = await testDatabase();
  await runThrough(database.pool, read.pack);
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
