/**
 * `npm run postgres`: checks whether a PostgreSQL is suitable. It runs the tests of the database and of the acts, and a whole
 * golden year, on the server of DATABASE_URL, in databases that it creates and drops. The login must be allowed to create
 * databases and roles.
 */
import { Command } from 'commander';
import { execute, selectOne } from '../db/rows';
import { connect } from '../db/connect';
import { JEST, runInstalled } from './installed-program';
import { Refusal, printFailure } from './words/refusal';

const SCRATCH = 'fund_check';
const SUITES = ['test/db', 'test/activities', 'test/audit', 'test/year/golden.test.ts'];
/** The golden suite is limited to this year, because every home uses the one scratch database. */
const GOLDEN = 'by the real command';

async function check(): Promise<number> {
  const given = process.env.DATABASE_URL;
  if (!given) throw new Refusal('Set DATABASE_URL to the PostgreSQL that is to be checked.');
  const server = connect(given, 'owner', 1);
  try {
    const login = await selectOne<{ version: string; superuser: boolean; fit: boolean }>(
      server,
      `select current_setting('server_version') as version, rolsuper as superuser,
         rolsuper or (rolcreatedb and rolcreaterole) as fit
       from pg_roles where rolname = current_user`,
    );
    if (!login?.fit)
      throw new Refusal('The login must be allowed to create databases and roles (CREATEDB, CREATEROLE).');
    console.log(`PostgreSQL ${login.version}, ${login.superuser ? 'a superuser' : 'an ordinary owner'}`);
    let code = 0;
    for (const [suites, pattern] of [
      [SUITES.slice(0, 3), ''],
      [SUITES.slice(3), GOLDEN],
    ] as const) {
      await execute(server, `drop database if exists ${SCRATCH} with (force)`);
      await execute(server, `create database ${SCRATCH}`);
      const url = new URL(given);
      url.pathname = `/${SCRATCH}`;
      code = (await jest([...suites, ...(pattern ? ['-t', pattern] : [])], url.href)) || code;
    }
    return code;
  } finally {
    await execute(server, `drop database if exists ${SCRATCH} with (force)`).catch(() => undefined);
    await server.destroy();
  }
}

const jest = (args: readonly string[], databaseUrl: string): Promise<number> =>
  runInstalled(JEST, args, { ...process.env, DATABASE_URL: databaseUrl });

new Command('npm run postgres --')
  .description(
    'Checks the PostgreSQL that DATABASE_URL names: the tests of the database and the acts, and a golden year.',
  )
  .action(async () => {
    process.exitCode = await check();
  })
  .parseAsync()
  .catch(printFailure);
