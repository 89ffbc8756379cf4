/** Keys of operators, and the signatures under their acts. The database says which keys may sign. */
import { createHash } from 'node:crypto';
import type { Proof } from '../signing/act-text';
import type { RegisteredKey } from '../signing/check';
import type { PublicKey } from '../signing/ed25519';
import type { Passkey } from '../signing/passkey';
import type { Queryable, Transaction } from './connect';
import { execute, insertRows, select, selectOne } from './rows';

/** The columns of a registered key. */
export const KEY = `key, kind, public_key as "publicKey", passkey`;

/** A key by its fingerprint; undefined where none is registered. */
export const keyNamed = (db: Queryable, key: string): Promise<RegisteredKey | undefined> =>
  selectOne<RegisteredKey>(db, `select ${KEY} from fund.operator_key where key = :key`, { key });

/** Stores a signature that has been checked, with its text. */
export const insertProof = (
  trx: Transaction,
  { year, operator }: { year: number | null; operator: string },
  { nonce, key, signature }: Proof,
  text: string,
): Promise<void> => insertRows(trx, 'proof', [{ nonce, fund_year: year, operator, key, text, signature }]);

/** All that is kept of an invitation's code. */
export const hashOfCode = (code: string): string => createHash('sha256').update(code).digest('hex');

/** 邀请: lets an operator register a key; its code goes to that person, and only its hash is kept. */
export async function invite(owner: Queryable, operator: string, code: string): Promise<{ until: string }> {
  const made = await selectOne<{ until: string }>(
    owner,
    `insert into fund.invitation (code_hash, operator, invited_by) values (:hash, :operator, session_user)
     returning to_char(expires_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as until`,
    { hash: hashOfCode(code), operator },
  );
  return made as { until: string };
}

/** Registers the key of whoever knows the code. Returns the operator whose key it is now. */
export async function registerKey(db: Queryable, code: string, made: PublicKey | Passkey): Promise<string> {
  const passkey = 'passkey' in made ? made.passkey : null;
  const registered = await selectOne<{ operator: string }>(
    db,
    'select fund.register_key(:code, :key, :kind, :publicKey, :passkey) as operator',
    {
      code,
      key: made.key,
      kind: passkey === null ? 'ed25519' : 'passkey',
      publicKey: made.publicKey,
      passkey: passkey === null ? null : JSON.stringify(passkey),
    },
  );
  return (registered as { operator: string }).operator;
}

/** Registers the keys with which a simulated year plays its operators. */
export async function registerRunKeys(
  db: Queryable,
  year: number,
  keys: readonly (PublicKey & { operator: string })[],
): Promise<void> {
  await execute(db, 'select fund.register_run_keys(:year, :operators, :keys, :publicKeys)', {
    year,
    operators: keys.map(({ operator }) => operator),
    keys: keys.map(({ key }) => key),
    publicKeys: keys.map(({ publicKey }) => publicKey),
  });
}

/** A key of a person that signs today. */
interface ValidKey {
  key: string;
  operator: string;
  name: string | null; // null: no year names him
  kind: 'ed25519' | 'passkey';
  registered_on: string;
}

export const validKeys = (db: Queryable): Promise<ValidKey[]> =>
  select<ValidKey>(
    db,
    `select k.key, k.operator, k.kind, to_char(k.registered_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as registered_on,
       fund.name_of(k.operator) as name
     from fund.operator_key k where k.of_run is null and fund.is_valid(k) order by k.operator collate "C", k.registered_at`,
  );
