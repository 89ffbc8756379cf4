/** Whether a signature is that of a registered key under a text: for the act that records it, and for the audit that reads it. */
import { isSignedBy } from './ed25519';
import { type Site, challengeOf, isAssertedBy } from './passkey';

/** A key as it is registered. */
export interface RegisteredKey {
  key: string;
  kind: 'ed25519' | 'passkey';
  publicKey: string;
  passkey: Site | null;
}

export async function isSigned(by: RegisteredKey, text: string, signature: string): Promise<boolean> {
  return by.passkey === null
    ? isSignedBy(by.publicKey, text, signature)
    : isAssertedBy({ key: by.key, publicKey: by.publicKey, passkey: by.passkey }, challengeOf(text), signature);
}
