/** 核对: what an import would take. The whole of it is carried out in its transaction, and undone. */
import type { Database, Transaction } from '../../db/connect';
import type { Correction } from '../../db/corrections';
import type { ImportReceipt } from '../../db/import-reports';
import type { Pack } from '../../pack';
import { importPack } from '../import';

/** What it was for is known. */
class Undone extends Error {}

/** The receipt that an import of a folder would have, or its refusal (PackRefused); nothing is changed. */
export async function checkPack(
  database: Database,
  pack: Pack,
  correction: Correction | null,
  signal: AbortSignal,
): Promise<ImportReceipt> {
  const checked: { receipt: ImportReceipt } = { receipt: { files: {} } };
  const record = (_: Transaction, receipt: ImportReceipt): Promise<void> => {
    checked.receipt = receipt;
    throw new Undone();
  };
  await importPack(database, pack, correction, { signal, record }).catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return checked.receipt;
}
