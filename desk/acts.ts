/**
 * An act: the person has the figures before him, his passkey signs the one text of the act, and the act is carried out with that
 * proof. It is begun twice: at first only to learn what is to be signed, and whatever would refuse it refuses it then; and again with
 * the signature, which is worth nothing under any other text.
 */
import type { Hono } from 'hono';
import { KeyConflict } from '../db/once';
import { passkeyNamed } from '../db/passkeys';
import { refusalOf } from '../db/refusals';
import { own } from '../rules/own';
import { Refusal } from '../scripts/words/refusal';
import { type Proof, type SignedAct, actText } from '../signing/act-text';
import { newNonce } from '../signing/ed25519';
import { challengeOf, isAssertedBy } from '../signing/passkey';
import { fieldsOf, refuseOther, textOf } from './body';
import { optionsToSign, takeAsked } from './ceremonies';
import { type Desk, type Env, LoggedOut, type Request, viewerOf } from './desk';
import { Refused, json } from './json';
import { isJoint, jointAct } from './joint-acts';
import { OWN_ACTS } from './own-acts';
import type { Perform } from './perform';
import { taskAct } from './task-act';
import type { Viewer } from './viewer';

export function acts(app: Hono<Env>, desk: Desk): void {
  app.post(
    '/act/begin',
    json((request) => beginAct(desk, request)),
  );
  app.post(
    '/act/finish',
    json((request) => finishAct(desk, request)),
  );
}

/** Nothing is signed yet: what is to be signed is known, and the act stops. */
class ToSign extends Error {
  override name = 'ToSign';
  constructor(readonly act: SignedAct) {
    super('a signature is asked for');
  }
}

async function performOf(desk: Desk, viewer: Viewer, fields: Record<string, unknown>): Promise<Perform> {
  const what = textOf(fields, 'what');
  if (isJoint(what)) return jointAct(desk, viewer, what, fields);
  const ownAct = own(OWN_ACTS, what);
  return ownAct === undefined ? taskAct(desk, viewer, fields) : ownAct(desk, viewer, fields);
}

async function beginAct(desk: Desk, request: Request): Promise<object> {
  const session = request.get('session');
  const viewer = viewerOf(request);
  const fields = await fieldsOf(request);
  if (!session?.key) throw new LoggedOut();
  refuseOther(viewer, fields);
  const perform = await performOf(desk, viewer, fields);
  const outcome = await perform((act) => Promise.reject(new ToSign(act))).catch((error: unknown) => {
    if (error instanceof ToSign) return error;
    throw refusedBy(error);
  });
  if (!(outcome instanceof ToSign)) return outcome; // done before: there is nothing to sign
  const unsigned = { key: session.key, time: new Date().toISOString(), nonce: newNonce() };
  const text = actText(outcome.act, unsigned);
  session.asked = { for: 'act', fields, text, unsigned };
  return { options: await optionsToSign(desk, session.key, text) };
}

async function finishAct(desk: Desk, request: Request): Promise<object> {
  const viewer = viewerOf(request);
  const { asked } = takeAsked(request, 'act');
  const { response } = await fieldsOf(request);
  const { fields, text, unsigned } = asked;
  const proof: Proof = { ...unsigned, signature: JSON.stringify(response) };
  const key = await passkeyNamed(desk.region, unsigned.key);
  if (key === undefined || !(await isAssertedBy(key, challengeOf(text), proof.signature))) {
    throw new Refused('签名不符：须用您登录时的通行密钥，且密钥仍然有效 (the signature is not that of your passkey)');
  }
  const perform = await performOf(desk, viewer, fields);
  return perform((act) => {
    if (actText(act, unsigned) === text) return Promise.resolve(proof);
    throw new Refused('签名期间情况已变，未办理：请刷新页面再看 (something has changed meanwhile: reload the page)');
  }).catch((error: unknown) => {
    throw refusedBy(error);
  });
}

/** What the database and the rules of an act say is said to the person; anything else is a fault. */
function refusedBy(error: unknown): unknown {
  if (error instanceof Refused || error instanceof Refusal) return error;
  if (error instanceof KeyConflict)
    return new Refused('此文号或此事项已按另外的内容办理过，未再办理 (done before with another content)');
  const words = refusalOf(error) ?? (error instanceof RangeError ? error.message : undefined);
  return words === undefined ? error : new Refused(words);
}
