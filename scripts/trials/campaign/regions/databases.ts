/** A PostgreSQL for the trials, with a database for each year, copied from one migrated database. */
import { randomUUID } from 'node:crypto';
import { execute } from '../../../../db/rows';
import { type Database, connect } from '../../../../db/connect';
import { migrate } from '../../../../db/migrate';
import { openHome } from '../../../../servers/home';
import { ensurePostgres } from '../../../../servers/postgres';
import { Home } from '../home';

const newName = (kind: string): string => `${kind}_${randomUUID().replaceAll('-', '')}`;
/** Switched off for speed: nothing here has to survive a power cut. */
const DURABILITY = ['fsync', 'synchronous_commit', 'full_page_writes'];

export class Databases {
  private constructor(
    private readonly url: string,
    private readonly admin: Database,
    private readonly template: string,
    private readonly closing: () => Promise<void>,
  ) {}

  /** On a PostgreSQL of its own, which `close` removes. */
  static async open(): Promise<Databases> {
    const home = new Home();
    process.env.FUND_HOME = home.folder;
    openHome();
    const signal = new AbortController().signal;
    const url = await ensurePostgres({ home: home.folder, say: () => undefined, signal });
    const databases = await Databases.on(url, () => home.remove());
    for (const setting of DURABILITY) await execute(databases.admin, `alter system set ${setting} = off`);
    await execute(databases.admin, 'select pg_reload_conf()');
    return databases;
  }

  /** On a PostgreSQL that runs already. */
  static async on(url: string, closing: () => Promise<void> = () => Promise.resolve()): Promise<Databases> {
    const admin = connect(url, 'owner', 1);
    const databases = new Databases(url, admin, newName('migrated'), closing);
    await execute(admin, `create database ${databases.template}`);
    await migrate(databases.#urlOf(databases.template));
    return databases;
  }

  /** Gives `work` a migrated database of its own, and drops it afterwards. */
  async use<Result>(work: (pool: Database) => Promise<Result>): Promise<Result> {
    const name = newName('year');
    await execute(this.admin, `create database ${name} template ${this.template} strategy file_copy`);
    const pool = connect(this.#urlOf(name), 'worker', 4);
    try {
      return await work(pool);
    } finally {
      await pool.destroy();
      await execute(this.admin, `drop database ${name} with (force)`);
    }
  }

  async close(): Promise<void> {
    await execute(this.admin, `drop database ${this.template}`);
    await this.admin.destroy();
    await this.closing();
  }

  #urlOf(database: string): string {
    const url = new URL(this.url);
    url.pathname = `/${database}`;
    return url.href;
  }
}
