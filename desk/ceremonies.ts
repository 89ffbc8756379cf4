/** Enrolment and login by passkey: the desk asks, the browser's passkey answers, the desk judges. No password is known anywhere. */
import type { Hono } from 'hono';
import { generateAuthenticationOptions, generateRegistrationOptions } from '@simplewebauthn/server';
import { invitedBy, passkeyNamed } from '../db/passkeys';
import { registerKey } from '../db/proofs';
import { refusalOf } from '../db/refusals';
import { challengeOf, isAssertedBy, registeredPasskey } from '../signing/passkey';
import { addressOf } from './address';
import { fieldsOf, textOf } from './body';
import { giveSession } from './cookies';
import { type Desk, type Env, type Request, siteOf } from './desk';
import { TITLE } from './frame';
import { Refused, json } from './json';
import type { Asked, Session } from './sessions';

export function ceremonies(app: Hono<Env>, desk: Desk): void {
  app.post(
    '/enrol/begin',
    json((request) => beginEnrolment(desk, request)),
  );
  app.post(
    '/enrol/finish',
    json((request) => finishEnrolment(desk, request)),
  );
  app.post(
    '/login/begin',
    json((request) => beginLogin(desk, request)),
  );
  app.post(
    '/login/finish',
    json((request) => finishLogin(desk, request)),
  );
}

/** The session of this browser, or a new one of nobody. */
function sessionFor(desk: Desk, request: Request): Session {
  const known = request.get('session');
  if (known) return known;
  const session = desk.sessions.begin();
  giveSession(desk, request, session);
  return session;
}

/** What this browser was asked last, which one answer uses up. */
export function takeAsked<Kind extends Asked['for']>(
  request: Request,
  kind: Kind,
): { session: Session; asked: Extract<Asked, { for: Kind }> } {
  const session = request.get('session');
  const asked = session?.asked ?? null;
  if (!session || asked?.for !== kind) {
    throw new Refused('这次验证已过期，请再按一次 (this try is over: try again)');
  }
  session.asked = null;
  return { session, asked: asked as Extract<Asked, { for: Kind }> };
}

async function beginEnrolment(desk: Desk, request: Request): Promise<object> {
  await desk.tries.count('code', addressOf(request));
  const code = textOf(await fieldsOf(request), 'code').trim();
  const operator = await invitedBy(desk.region, code);
  if (operator === null)
    throw new Refused('没有这个邀请码，或已用过、已过期，请另要邀请 (no such invitation, or it is over)');
  const options = await generateRegistrationOptions({
    rpName: TITLE.zh,
    rpID: siteOf(desk).rpId,
    userName: operator,
    userDisplayName: operator,
    userID: Uint8Array.from(Buffer.from(operator)),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  sessionFor(desk, request).asked = { for: 'enrol', challenge: options.challenge, code };
  return { options };
}

async function finishEnrolment(desk: Desk, request: Request): Promise<object> {
  const { session, asked } = takeAsked(request, 'enrol');
  const { response } = await fieldsOf(request);
  const made = await registeredPasskey(response, asked.challenge, siteOf(desk));
  if (made === null) throw new Refused('通行密钥的登记没有通过验证，请再试一次 (the passkey could not be verified)');
  const operator = await registerKey(desk.acting.pool, asked.code, made).catch((error: unknown) => {
    const words = refusalOf(error);
    throw words === undefined ? error : new Refused(words);
  });
  await desk.tries.giveBack('code', addressOf(request));
  giveSession(desk, request, desk.sessions.logIn(session, operator, made.key));
  return { to: '/' };
}

/** The person need not say who he is: the passkey knows. */
async function beginLogin(desk: Desk, request: Request): Promise<object> {
  await desk.tries.count('login', addressOf(request));
  const options = await generateAuthenticationOptions({ rpID: siteOf(desk).rpId, userVerification: 'required' });
  const { to } = await fieldsOf(request);
  sessionFor(desk, request).asked = { for: 'login', challenge: options.challenge, to: pathWithin(to) };
  return { options };
}

async function finishLogin(desk: Desk, request: Request): Promise<object> {
  const { session, asked } = takeAsked(request, 'login');
  const { response } = await fieldsOf(request);
  const key = await passkeyNamed(desk.region, idOf(response));
  if (key === undefined || !(await isAssertedBy(key, asked.challenge, JSON.stringify(response)))) {
    throw new Refused('这把通行密钥没有登记，或已注销、已过期 (this passkey is not registered, or no longer valid)');
  }
  await desk.tries.giveBack('login', addressOf(request));
  giveSession(desk, request, desk.sessions.logIn(session, key.operator, key.key));
  return { to: asked.to };
}

const idOf = (response: unknown): string => {
  const id = typeof response === 'object' && response !== null && 'id' in response ? response.id : '';
  return typeof id === 'string' ? id : '';
};

/** A page of the desk to go on to, never another site. */
export function pathWithin(to: unknown): string {
  if (typeof to !== 'string' || !to.startsWith('/') || to.length > 2000 || !URL.canParse(to, 'http://desk')) return '/';
  const url = new URL(to, 'http://desk');
  const isWithin = url.host === 'desk' && url.protocol === 'http:' && !url.pathname.startsWith('//');
  return isWithin ? `${url.pathname}${url.search}` : '/';
}

/** What an act's passkey is asked: it signs the challenge that stands for the text. */
export const optionsToSign = (desk: Desk, key: string, text: string): Promise<object> =>
  generateAuthenticationOptions({
    rpID: siteOf(desk).rpId,
    challenge: Uint8Array.from(Buffer.from(challengeOf(text), 'base64url')),
    allowCredentials: [{ id: key }],
    userVerification: 'required',
  });
