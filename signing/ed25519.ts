/** Keys of operators for the command line: Ed25519, as PKCS #8 and SPKI. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { type Proof, type SignedAct, actText } from './act-text';

export interface PrivateKey {
  /** The private half, as PEM; with a passphrase, encrypted by it. */
  pem: string;
  passphrase?: string | undefined;
}
export interface PublicKey {
  /** The fingerprint by which the key is known: SHA-256 of the public key, in base64url. */
  key: string;
  publicKey: string; // SPKI, base64url
}

/** A new pair of keys. */
export function newKey(passphrase?: string): PrivateKey & PublicKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  const locked = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8', ...locked }) as string;
  return { pem, passphrase, ...publicKeyOf({ pem, passphrase }) };
}

/** The public half. Throws where the passphrase is missing or wrong. */
export function publicKeyOf({ pem, passphrase }: PrivateKey): PublicKey {
  const spki = createPublicKey(privateKeyOf({ pem, passphrase })).export({ format: 'der', type: 'spki' });
  return { key: createHash('sha256').update(spki).digest('base64url'), publicKey: spki.toString('base64url') };
}

const privateKeyOf = ({ pem, passphrase }: PrivateKey) =>
  createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });

/** Signs an act, now. */
export function signAct(act: SignedAct, secret: PrivateKey): Proof {
  const unsigned = { key: publicKeyOf(secret).key, time: new Date().toISOString(), nonce: newNonce() };
  const signature = sign(null, Buffer.from(actText(act, unsigned)), privateKeyOf(secret)).toString('base64url');
  return { ...unsigned, signature };
}

export const newNonce = (): string => randomBytes(16).toString('base64url');

/** Whether the signature is that of the key under the text. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
  } catch {
    return false; // no public key
  }
}
