/** Imports what a person has filled in, on a page or in a form, at once: it is small, and he waits for the answer. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { announceImports } from '../../activities/announce-imports';
import { type ImportOrder, attemptImport } from '../../activities/imports/import-folder';
import { ImportProgress } from '../../activities/imports/progress';
import { filesToSign } from '../../activities/imports/to-sign';
import type { Database } from '../../db/connect';
import type { ImportChannel, ImportReport } from '../../db/import-reports';
import { importedByPerson } from '../../rules/keys';
import { bytesToRead, hashesOfFiles } from '../../pack';
import type { Sign } from '../../signing/act-text';
import { news } from '../../workflows/business-date';

/** What an import on a page needs: the database as the worker, and Temporal once there is something to tell it. */
export interface Acting {
  pool: Database;
  client: () => Promise<Client>;
}

/** `files` by name. Signals the workflows that wait for them; if Temporal does not answer, the watchdog does it later. */
export async function importTexts(
  { pool, client }: Acting,
  {
    year,
    operator,
    files,
    channel = 'desk',
    sign,
  }: { year: number; operator: string; files: Record<string, string>; channel?: ImportChannel; sign?: Sign },
): Promise<ImportReport> {
  const directory = await mkdtemp(join(tmpdir(), 'fund-desk-'));
  try {
    for (const [file, text] of Object.entries(files)) await writeFile(join(directory, file), text);
    const control = {
      key: importedByPerson(operator, randomUUID()),
      signal: new AbortController().signal,
      progress: new ImportProgress(await bytesToRead(directory)),
    };
    const proof = await sign?.(filesToSign({ year, files: await hashesOfFiles(directory) }, { operator }));
    const sender = { operator, ...(proof && { proof }) };
    const order: ImportOrder = { year, directory, correction: null, channel, sender };
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
