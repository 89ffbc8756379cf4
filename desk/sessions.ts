/** Sessions: who is logged in at which browser. They live in the memory of the process, so a restart ends all of them. */
import { randomBytes } from 'node:crypto';
import type { Proof } from '../signing/act-text';

const MINUTE = 60_000;
export const IDLE = 30 * MINUTE;
export const LONGEST = 10 * 60 * MINUTE;
/** Before somebody has logged in there is little to keep, and anybody may begin one. */
const ANONYMOUS_LASTS = 10 * MINUTE;
const MOST_ANONYMOUS = 5000;

export interface Session {
  readonly id: string;
  readonly operator: string | null; // null: nobody has logged in yet
  /** The passkey that he logged in with; it signs his acts. */
  readonly key: string | null;
  readonly begun: number;
  seen: number;
  /** What the person was last asked to sign. It answers one request and is gone. */
  asked: Asked | null;
}
/** An act that waits for its signature: what the form said, and the text that is signed. */
export interface AskedAct {
  fields: Record<string, unknown>;
  text: string;
  unsigned: Omit<Proof, 'signature'>;
}
export type Asked =
  | { for: 'enrol'; challenge: string; code: string }
  | { for: 'login'; challenge: string; to: string }
  | ({ for: 'act' } & AskedAct);

export class Sessions {
  readonly #sessions = new Map<string, Session>();

  constructor(private readonly now: () => number = Date.now) {}

  /** A session of nobody, for a challenge before the login. The oldest of these makes room. */
  begin(): Session {
    const anonymous = [...this.#sessions.values()].filter(({ operator }) => operator === null);
    for (const session of anonymous.slice(0, Math.max(0, anonymous.length - MOST_ANONYMOUS + 1))) this.end(session);
    return this.#open(null, null);
  }

  /** The session of a cookie, which lives on by being used; null when it is over or was never there. */
  find(id: string): Session | null {
    const session = this.#sessions.get(id);
    if (session === undefined) return null;
    if (this.#isOver(session)) {
      this.end(session);
      return null;
    }
    session.seen = this.now();
    return session;
  }

  /** A login begins a session of its own: an id that somebody planted in the browser before is worth nothing. */
  logIn(before: Session | null, operator: string, key: string): Session {
    if (before !== null) this.end(before);
    return this.#open(operator, key);
  }

  end({ id }: Session): void {
    this.#sessions.delete(id);
  }

  #isOver({ operator, begun, seen }: Session): boolean {
    const [idle, longest] = operator === null ? [ANONYMOUS_LASTS, ANONYMOUS_LASTS] : [IDLE, LONGEST];
    return this.now() - seen > idle || this.now() - begun > longest;
  }

  #open(operator: string | null, key: string | null): Session {
    for (const session of this.#sessions.values()) if (this.#isOver(session)) this.end(session);
    const now = this.now();
    const id = randomBytes(32).toString('base64url');
    const session = { id, operator, key, begun: now, seen: now, asked: null };
    this.#sessions.set(session.id, session);
    return session;
  }
}
