/** What the desk asks about passkeys: whom an invitation invites, and whose a passkey is. */
import type { Passkey } from '../signing/passkey';
import type { Queryable } from './connect';
import { KEY, hashOfCode } from './proofs';
import { selectOne } from './rows';

/** The operator whom a code invites; null where it invites nobody, or does no longer. */
export async function invitedBy(db: Queryable, code: string): Promise<string | null> {
  const invited = await selectOne<{ operator: string }>(
    db,
    `select operator from fund.invitation i where code_hash = :hash and expires_at > now()
       and not exists (select from fund.operator_key k where k.invitation = i.code_hash)`,
    { hash: hashOfCode(code) },
  );
  return invited?.operator ?? null;
}

/** A passkey that is valid now, and whose it is. */
export const passkeyNamed = (db: Queryable, key: string): Promise<(Passkey & { operator: string }) | undefined> =>
  selectOne(
    db,
    `select ${KEY}, operator from fund.operator_key k where key = :key and kind = 'passkey' and fund.is_valid(k)`,
    { key },
  );

/** Whether a key that was valid once has expired or is revoked. */
export async function isOver(db: Queryable, key: string): Promise<boolean> {
  const over = await selectOne(db, 'select from fund.operator_key k where key = :key and not fund.is_valid(k)', {
    key,
  });
  return over !== undefined;
}

/** Whether an operator has a passkey that is valid now. */
export async function hasPasskey(db: Queryable, operator: string): Promise<boolean> {
  const key = await selectOne(
    db,
    `select from fund.operator_key k where operator = :operator and kind = 'passkey' and fund.is_valid(k)`,
    { operator },
  );
  return key !== undefined;
}
