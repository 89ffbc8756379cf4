/** A desk that is served to a real Chromium, and the officials at it: what they do reaches the workflows of a real Temporal. */
import type { Client } from '@temporalio/client';
import type { Browser } from 'playwright-core';
import { type Serving, serveDesk } from '../../desk/server';
import { freePort } from '../../servers/ports';
import type { TestDatabase } from '../database';
import { openBrowser } from '../web/browser';
import { Officials } from './officials';
import { OpenDesk } from './open-desk';

export class ServedDesk {
  private constructor(
    readonly open: OpenDesk,
    readonly officials: Officials,
    private readonly browser: Browser,
    private readonly serving: Serving,
  ) {}

  static async start(
    database: TestDatabase,
    { client, taskQueue }: { client: Client; taskQueue: string },
  ): Promise<ServedDesk> {
    const port = await freePort();
    const open = new OpenDesk(database, {
      origin: `http://localhost:${port}`,
      acting: { pool: database.pool, client: () => Promise.resolve(client), taskQueue },
    });
    const serving = await serveDesk(open.desk, { port, listen: '127.0.0.1' });
    const browser = await openBrowser();
    return new ServedDesk(open, new Officials(browser, open.desk.origin, database.as('owner')), browser, serving);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.serving.close();
  }
}
