/** A PostgreSQL for the trials, and in it a database for each year that is lived: copied from one that is migrated. */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { connect } from '../../../db/connect';
import { migrate } from '../../../db/migrate';
import { openHome } from '../../../servers/home';
import { ensurePostgres } from '../../../servers/postgres';
import { Home } from '../home';

const TEMPLATE = 'migrated';
/** Nothing here must survive a power cut. */
const HASTE = ['fsync', 'synchronous_commit', 'full_page_writes'];

export class Databases {
  private constructor(
    private readonly home: Home,
    private readonly url: string,
    private readonly admin: Pool,
  ) {}

  static async open(): Promise<Databases> {
    const home = new Home();
    process.env.FUND_HOME = home.folder;
    openHome();
    const url = await ensurePostgres({
      home: home.folder,
      say: () => undefined,
      signal: new AbortController().signal,
    });
    const admin = connect(url, 'owner', 1);
    for (const setting of HASTE) await admin.query(`alter system set ${setting} = off`);
    await admin.query('select pg_reload_conf()');
    await admin.query(`create database ${TEMPLATE}`);
    const databases = new Databases(home, url, admin);
    await migrate(databases.#urlOf(TEMPLATE));
    return databases;
  }

  /** A migrated database of its own for `work`, dropped afterwards. */
  async use<Result>(work: (pool: Pool) => Promise<Result>): Promise<Result> {
    const name = `year_${randomUUID().replaceAll('-', '')}`;
    await this.admin.query(`create database ${name} template ${TEMPLATE} strategy file_copy`);
    const pool = connect(this.#urlOf(name), 'worker', 4);
    try {
      return await work(pool);
    } finally {
      await pool.end();
      await this.admin.query(`drop database ${name} with (force)`);
    }
  }

  async close(): Promise<void> {
    await this.admin.end();
    await this.home.remove();
  }

  #urlOf(database: string): string {
    const url = new URL(this.url);
    url.pathname = `/${database}`;
    return url.href;
  }
}
