/** Signs acts for a person at the command line, with the key in FUND_KEYS. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../db/connect';
import { yearFacts } from '../../db/fund-year';
import { refusalOf } from '../../db/refusals';
import { shownText } from '../../rules/text';
import { typedPath } from '../../servers/typed-path';
import type { Sign } from '../../signing/act-text';
import { type PrivateKey, newKey, signAct } from '../../signing/ed25519';
import { Refusal } from '../words/refusal';

/** The folder of a person's private keys, each in a file that only its owner reads. */
const keysFolder = (): string =>
  process.env.FUND_KEYS ? typedPath(process.env.FUND_KEYS) : join(homedir(), '.fund-keys');

const fileOf = (operator: string): string => join(keysFolder(), `${encodeURIComponent(operator)}.pem`);
/** Encrypts the private key, where it is set. */
const passphrase = (): string | undefined => process.env.FUND_KEY_PASSPHRASE || undefined;

/** Signs with the operator's key. In a simulated year nobody acts for himself, and no key is asked for. */
export const signWithKeyFile =
  (pool: Database): Sign =>
  async (act) => {
    const isSimulated = act.year !== null && (await yearFacts(pool, act.year))?.mode === 'run';
    return isSimulated ? undefined : signAct(act, privateKeyOf(act.operator));
  };

/** The private key of an operator, from its file. */
function privateKeyOf(operator: string): PrivateKey {
  const file = fileOf(operator);
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch {
    throw new Refusal(
      `没有工号 ${shownText(operator)} 的私钥 ${file}：请以邀请码登记，npm run fund -- key 邀请码；已有私钥的，设 FUND_KEYS 为其所在文件夹 (no private key there)`,
    );
  }
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new Refusal(`私钥 ${file} 可被他人读取：请先 chmod 600 (the private key can be read by others)`);
  }
  const key = { pem, passphrase: passphrase() };
  if (pem.includes('ENCRYPTED') && key.passphrase === undefined) {
    throw new Refusal(`私钥 ${file} 有口令：请设 FUND_KEY_PASSPHRASE (the private key has a passphrase)`);
  }
  return key;
}

/** Makes a key and keeps its private half as the operator's; a file that is there already is not replaced before `register` has succeeded. */
export async function makeKey(register: (made: ReturnType<typeof newKey>) => Promise<string>): Promise<{
  operator: string;
  key: string;
  file: string;
}> {
  const made = newKey(passphrase());
  mkdirSync(keysFolder(), { recursive: true, mode: 0o700 });
  // Nothing can be registered whose private half could then not be kept.
  const draft = join(keysFolder(), `${made.key}.pem`);
  writeFileSync(draft, made.pem, { mode: 0o600, flag: 'wx' });
  const operator = await register(made).catch((error: unknown) => {
    // Refused, it is worth nothing. Where the answer was lost it may be registered: then it is needed.
    if (refusalOf(error) !== undefined) rmSync(draft);
    throw error;
  });
  renameSync(draft, fileOf(operator));
  return { operator, key: made.key, file: fileOf(operator) };
}
