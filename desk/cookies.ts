/** The two cookies of the desk: the session, and the language. */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Language } from '../web/text';
import type { Desk, Request } from './desk';
import type { Session } from './sessions';

const A_YEAR = 365 * 24 * 60 * 60; // seconds

const isSecure = ({ origin }: Desk): boolean => origin.startsWith('https:');
/** With TLS a cookie of this name can be set by this host alone. */
const nameOf = (desk: Desk): string => (isSecure(desk) ? '__Host-desk' : 'desk');

export const sessionOf = (desk: Desk, request: Request): Session | null =>
  desk.sessions.find(getCookie(request, nameOf(desk)) ?? '');

/** It ends with the browser at the latest. */
export function giveSession(desk: Desk, request: Request, { id }: Session): void {
  setCookie(request, nameOf(desk), id, { path: '/', httpOnly: true, sameSite: 'Strict', secure: isSecure(desk) });
}
export function takeSession(desk: Desk, request: Request): void {
  deleteCookie(request, nameOf(desk), { path: '/', secure: isSecure(desk) });
}

/** Chinese, unless the person has chosen. */
export function languageOf(request: Request): Language {
  const asked = request.req.query('lang');
  if (asked !== 'zh' && asked !== 'en') return getCookie(request, 'language') === 'en' ? 'en' : 'zh';
  setCookie(request, 'language', asked, { path: '/', maxAge: A_YEAR, sameSite: 'Strict', httpOnly: true });
  return asked;
}
