/** Imports what a person has filled in on a page, at once: it is small, and he waits for the answer. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { announceImports } from '../../activities/announce-imports';
import { type ImportOrder, attemptImport } from '../../activities/imports/import-folder';
import { ImportProgress } from '../../activities/imports/progress';
import type { Database } from '../../db/connect';
import type { ImportReport } from '../../db/import-reports';
import { importedOnPage } from '../../rules/keys';
import { bytesToRead } from '../../pack';
import { news } from '../../workflows/business-date';

/** What an import on a page needs: the database as the worker, and Temporal once there is something to tell it. */
export interface Acting {
  pool: Database;
  client: () => Promise<Client>;
}

/** `files` by name. Signals the workflows that wait for them; if Temporal does not answer, the watchdog does it later. */
export async function importTexts(
  { pool, client }: Acting,
  { year, operator, files }: { year: number; operator: string; files: Record<string, string> },
): Promise<ImportReport> {
  const directory = await mkdtemp(join(tmpdir(), 'fund-desk-'));
  try {
    for (const [file, text] of Object.entries(files)) await writeFile(join(directory, file), text);
    const control = {
      key: importedOnPage(operator, randomUUID()),
      signal: new AbortController().signal,
      progress: new ImportProgress(await bytesToRead(directory)),
    };
    const order: ImportOrder = { year, directory, correction: null, channel: 'desk', sender: { operator } };
    const report = await attemptImport(pool, order, control);
    if ('receipt' in report) {
      await client()
        .then((reached) => announceImports(pool, reached, news.name))
        .catch(() => undefined);
    }
    return report;
  } finally {
    await rm(directory, { recursive: true });
  }
}
