/** A desk for tests: its application on a test's database, and people at browsers of their own. */
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { deskApp } from '../../desk/app';
import type { Desk, Env } from '../../desk/desk';
import { Tries } from '../../desk/limits';
import { Sessions } from '../../desk/sessions';
import { Deliveries } from '../../scripts/client/deliveries';
import type { TestDatabase } from '../database';

export const ORIGIN = 'http://localhost:8320';

export class OpenDesk {
  readonly desk: Desk;
  readonly app: Hono<Env>;
  /** Where files lie that are being brought. */
  readonly uploads = join(tmpdir(), `desk-${randomUUID()}`);
  /** The clock of the sessions, in milliseconds. */
  now = Date.parse('2026-11-01T02:00:00Z');

  constructor(database: TestDatabase, of: Partial<Desk> = {}) {
    const acting = of.acting ?? {
      pool: database.pool,
      client: () => Promise.reject(new Error('nobody acts in this test')),
      taskQueue: 'none',
    };
    this.desk = {
      viewing: database.as('viewer'),
      region: database.as('reader'),
      acting,
      deliveries: new Deliveries(this.uploads, acting),
      sessions: new Sessions(() => this.now),
      tries: new Tries(),
      origin: ORIGIN,
      ui: { url: 'http://localhost:8233', namespace: 'default' },
      ...of,
    };
    this.app = deskApp(this.desk);
  }

  /** The cookie of a person who has logged in. */
  cookieOf(operator: string): string {
    return `desk=${this.desk.sessions.logIn(null, operator, `key of ${operator}`).id}`;
  }

  async get(path: string, operator?: string): Promise<Response> {
    return this.app.request(path, { headers: operator === undefined ? {} : { Cookie: this.cookieOf(operator) } });
  }

  /** The source of a page that must be there. */
  async page(path: string, operator: string): Promise<string> {
    const answer = await this.get(path, operator);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    return answer.text();
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return Promise.resolve(
      this.app.request(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: ORIGIN, ...headers },
        body: JSON.stringify(body),
      }),
    );
  }
}

/** What a reader sees of a page, in Chinese: the words without the marks. */
export const wordsOf = (page: string): string =>
  page
    .replace(/<span lang="en">.*?<\/span>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
