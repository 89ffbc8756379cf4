/**
 * 导入 as an act of its own task queue. It reports its progress with its heartbeats. Interrupted, it is begun again: a file is
 * taken whole or not at all, and what was taken is found by the key of the attempt.
 */
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/connect';
import type { Correction } from '../../db/corrections';
import { type ImportReceipt, type ImportReport, importReport, noteReport, stated } from '../../db/import-reports';
import { importedBefore } from '../../db/import-rows';
import { PackRefused } from '../../db/load-pack';
import { type Fault, bytesToRead, readPack } from '../../pack';
import { announceImports } from '../announce-imports';
import { importPack } from '../import';
import { ImportProgress, type Progress } from './progress';

export interface ImportOrder {
  year: number;
  directory: string; // as the worker sees it
  correction: Correction | null;
}

/**
 * What a workflow may know of an import. The faults are read from the database by the key: they quote cells, and a history is kept
 * where no personal data may be.
 */
export type ImportOutcome = { key: string } & (
  | { receipt: ImportReceipt; notified: number | null } // workflows; null: Temporal did not answer, the watchdog notifies them
  | { faults: number }
);

/** How an attempt is followed, and given up. */
export interface Attempt {
  key: string;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

const BEATS_EVERY = 1000; // milliseconds

/** Reads a folder and takes its files into a live year, or says what is wrong with them. */
export async function attemptImport(
  database: Database,
  { year, directory, correction }: ImportOrder,
  { key, signal, onProgress }: Attempt,
): Promise<ImportReport> {
  const earlier = await importReport(database, key);
  if (earlier !== undefined) return earlier;
  const progress = new ImportProgress(await bytesToRead(directory));
  const beating = setInterval(() => onProgress(progress.state), BEATS_EVERY);
  try {
    const refuse = async (faults: readonly Fault[]): Promise<ImportReport> => {
      const report = { faults: stated(faults) };
      await noteReport(database, year, key, report);
      return report;
    };
    const onRead = (chunk: Buffer): void => {
      signal.throwIfAborted();
      progress.onRead(chunk);
    };
    const read = await readPack(directory, year, await importedBefore(database, year), onRead);
    if ('faults' in read) return await refuse(read.faults);
    if (read.pack.files.length === 0) return await refuse([noFile(directory)]);
    progress.loads();
    const record = (trx: Database, receipt: ImportReceipt) => noteReport(trx, year, key, { receipt });
    return await importPack(database, read.pack, correction, { signal, record }).then(
      (receipt) => ({ receipt }),
      (error: unknown) => {
        if (error instanceof PackRefused) return refuse([...error.faults]);
        throw error;
      },
    );
  } finally {
    clearInterval(beating);
  }
}

const noFile = (directory: string): Fault => ({
  file: directory,
  line: null,
  column: null,
  found: null,
  expected: '含有数据包文件的文件夹 (a folder with files of a pack)',
  remedy: '核对文件夹与文件名 (check its name, and those of its files)',
});

/** The act: `news` is the signal by which waiting workflows look again. */
export const createImportActivities = (database: Database, client: Client) => ({
  async importFolder({ news, ...order }: ImportOrder & { news: string }): Promise<ImportOutcome> {
    const context = Context.current();
    const { info, cancellationSignal: signal } = context;
    const key = `${info.workflowExecution?.runId}/${info.activityId}`;
    const onProgress = (progress: Progress): void => context.heartbeat(progress);
    const report = await attemptImport(database, order, { key, signal, onProgress });
    if ('faults' in report) return { key, faults: report.faults.length };
    return { key, ...report, notified: await announceImports(database, client, news).catch(() => null) };
  },
});
