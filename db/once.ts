/** Acts that are done once: key, input and receipt are committed together with what the act changes. */
import { createHash } from 'node:crypto';
import { type Database, inTransaction, type Queryable, type Transaction } from './connect';
import { execute, selectOne } from './rows';

/** The same key came with another input. Retrying does not help: a person must look. */
export class KeyConflict extends Error {
  override name = 'KeyConflict';
}

/** The order of an object's keys does not change the hash. */
export function hashOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/**
 * Performs `act` once, in one transaction, and keeps its receipt.
 *
 * Called again with the same key and input, it does nothing and returns the first receipt; with another input it throws a
 * KeyConflict that names both. A call that comes while the first is still acting waits for it on the primary key.
 */
export async function once<Receipt extends object>(
  database: Database,
  { key, input }: { key: string; input: object },
  act: (trx: Transaction) => Promise<Receipt>,
): Promise<Receipt> {
  return inTransaction(database, async (trx) => {
    const input_hash = hashOf(input);
    const claimed = await execute(
      trx,
      'insert into fund.act (key, input_hash, input) values (:key, :input_hash, :input) on conflict (key) do nothing',
      { key, input_hash, input: JSON.stringify(input) },
    );
    if (claimed === 0) return firstReceipt<Receipt>(trx, key, input, input_hash);

    const receipt = await act(trx);
    await execute(trx, 'update fund.act set receipt = :receipt where key = :key', {
      key,
      receipt: JSON.stringify(receipt),
    });
    return receipt;
  });
}

async function firstReceipt<Receipt>(trx: Transaction, key: string, input: object, hash: string): Promise<Receipt> {
  const first = await trx('act').where({ key }).first('input', 'input_hash', 'receipt');
  if (first?.input_hash !== hash) {
    throw new KeyConflict(
      `“${key}” 已按 ${JSON.stringify(first?.input)} 办理，现以 ${JSON.stringify(input)} 再办，予以拒绝` +
        ` (done before with another input).`,
    );
  }
  return first.receipt as Receipt;
}

/** What an act that is done has answered; undefined when it is not done. */
export async function receiptOf<Receipt>(db: Queryable, key: string): Promise<Receipt | undefined> {
  return ((await db('act').where({ key }).first('receipt'))?.receipt ?? undefined) as Receipt | undefined;
}

/** How many acts have a key with this beginning. */
export async function actsBeginning(db: Queryable, beginning: string): Promise<number> {
  const row = await selectOne<{ count: number }>(
    db,
    'select count(*)::int as count from fund.act where starts_with(key, :beginning)',
    { beginning },
  );
  return row?.count ?? 0;
}
