/** Runs the year of a pack on a database of its own, calling the activities in the order of the workflows. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CycleFacts, type ResultFile, type ResultRow, cycleFacts } from '../../../../db/results';
import { readPack } from '../../../../pack/index';
import { runThrough } from '../../../../test/activities/run-through';
import { faultLines } from '../../../words/faults';
import { RESULT_FILES, sortedRows } from '../../../client/result-files';
import type { Databases } from './databases';

export type Files = Record<string, string>;
export interface FinishedYear {
  results: Record<ResultFile, ResultRow[]>;
  cycle: CycleFacts | undefined;
}

/** Throws when the pack is refused, or the year cannot be closed. */
export async function runYear(databases: Databases, files: Files, year: number): Promise<FinishedYear> {
  const directory = mkdtempSync(join(tmpdir(), 'region-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
    const read = await readPack(directory, year);
    if ('faults' in read) throw new Error(`数据包有误 (the pack is refused): ${faultLines(read.faults).join('; ')}`);
    return await databases.use(async (pool) => {
      await runThrough(pool, read.pack);
      const results = {} as Record<ResultFile, ResultRow[]>;
      for (const file of RESULT_FILES) results[file] = await sortedRows(pool, file, year);
      return { results, cycle: await cycleFacts(pool, year) };
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
