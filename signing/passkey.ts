/** Passkeys (WebAuthn): keys of operators for the browser. What a passkey signs is the SHA-256 of a text, as its challenge. */
import { createHash } from 'node:crypto';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

/** The site that a passkey was made for; it signs for no other. */
export interface Site {
  rpId: string; // a host name
  origin: string; // https://host
}
export interface Passkey {
  key: string; // the id of the credential
  publicKey: string; // COSE, base64url
  passkey: Site;
}

/** The challenge that stands for a text. */
export const challengeOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Loaded by those who meet a passkey: most commands and acts do not. */
const webAuthn = () => import('@simplewebauthn/server');

/** The passkey that a browser has made for a challenge of ours; null where the answer does not hold. */
export async function registeredPasskey(answer: unknown, challenge: string, site: Site): Promise<Passkey | null> {
  const { verifyRegistrationResponse } = await webAuthn();
  const { registrationInfo } = await verifyRegistrationResponse({
    response: answer as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.rpId,
  }).catch(() => ({ registrationInfo: undefined }));
  if (registrationInfo === undefined) return null;
  const { id, publicKey } = registrationInfo.credential;
  return { key: id, publicKey: Buffer.from(publicKey).toString('base64url'), passkey: site };
}

/** Whether an assertion, as JSON, is that of the passkey for a challenge, with its user verified. */
export async function isAssertedBy(
  { key, publicKey, passkey }: Passkey,
  challenge: string,
  assertion: string,
): Promise<boolean> {
  const { verifyAuthenticationResponse } = await webAuthn();
  try {
    const { verified } = await verifyAuthenticationResponse({
      response: JSON.parse(assertion) as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: passkey.origin,
      expectedRPID: passkey.rpId,
      // A nonce keeps a signature from counting twice. The counter of a passkey need not be compared as well: most have none.
      credential: { id: key, publicKey: Uint8Array.from(Buffer.from(publicKey, 'base64url')), counter: 0 },
    });
    return verified;
  } catch {
    return false;
  }
}
