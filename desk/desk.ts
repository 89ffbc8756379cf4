/** What the pages of the desk work with. */
import type { Client } from '@temporalio/client';
import type { Context } from 'hono';
import type { Database, Transaction } from '../db/connect';
import { readingFor } from '../db/seen';
import type { Site } from '../signing/passkey';
import type { Deliveries } from '../scripts/client/deliveries';
import type { Tries } from './limits';
import type { Session, Sessions } from './sessions';
import type { Viewer } from './viewer';

export interface Desk {
  /** As `fund_viewer`, which sees what one person may see: where pages come from. */
  viewing: Database;
  /** As `fund_reader`: who somebody is, and what is of the whole region. */
  region: Database;
  /** What an act needs: as `fund_worker`, and the workflows that wait. Reached only when somebody acts. */
  acting: { pool: Database; client: () => Promise<Client>; taskQueue: string };
  /** The files that people are bringing. */
  deliveries: Deliveries;
  sessions: Sessions;
  tries: Tries;
  /** The one address under which browsers know the desk. Passkeys are bound to its host. */
  origin: string;
  /** The Temporal UI, and its namespace: each line of the year links to the page of its workflow. */
  ui: { url: string | null; namespace: string };
}

/** The desk as one person sees it: `database` shows him nothing of another area or year, whatever a page asks. */
export interface OwnDesk extends Desk {
  database: Transaction;
}

/** Reads for a person. */
export const ownDesk = <T>(desk: Desk, { seen }: Viewer, read: (own: OwnDesk) => Promise<T>): Promise<T> =>
  readingFor(desk.viewing, seen, (database) => read({ ...desk, database }));

/** The site for which passkeys are made. */
export const siteOf = ({ origin }: Desk): Site => ({ rpId: new URL(origin).hostname, origin });

/** What is known about a request when its page is made. */
export interface Env {
  /** Undefined where a request was refused before anybody looked. */
  Variables: {
    session: Session | null | undefined;
    viewer: Viewer | null | undefined;
  };
}
export type Request = Context<Env>;

/** There is no such page, or not for this person: nobody can tell one from the other. */
export class NotHere extends Error {
  override name = 'NotHere';
}
/** Nobody is logged in, or the session is over. */
export class LoggedOut extends Error {
  override name = 'LoggedOut';
}

/** Somebody is logged in who holds no office: not appointed yet, or no longer. */
export class NoOffice extends Error {
  override name = 'NoOffice';
}

/** The person who looks. */
export function viewerOf(request: Request): Viewer {
  const viewer = request.get('viewer');
  if (viewer) return viewer;
  throw request.get('session')?.operator == null ? new LoggedOut() : new NoOffice();
}

/** The year that a page is about: the one asked for, if the person may look at it. */
export function yearOf(request: Request): number {
  const viewer = viewerOf(request);
  const asked = request.req.query('year');
  if (asked === undefined || asked === '') return viewer.usualYear;
  const year = viewer.years.find((known) => String(known) === asked);
  if (year === undefined) throw new NotHere();
  return year;
}
