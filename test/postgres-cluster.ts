/** A PostgreSQL of a given version for a test, with the logins of deploy/compose/logins.sh, none of which is a superuser. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { as, makeFolderFor, operatingUser } from '../servers/operating-user';
import { freePort } from '../servers/ports';
import { letsIn } from '../servers/postgres';
import { postgresPrograms } from '../servers/postgres-binaries';
import { until } from '../servers/wait';

const LOGINS = join(__dirname, '..', 'deploy', 'compose', 'logins.sh');
/** Where Debian and Ubuntu, and Red Hat and its relatives, install it. */
const PLACES_OF_15 = ['/usr/lib/postgresql/15/bin', '/usr/pgsql-15/bin'];

export const postgres15 = (): string | undefined =>
  [process.env.POSTGRES_15, ...PLACES_OF_15].find((folder) => folder && existsSync(join(folder, 'initdb')));
export const postgres18 = (): string => postgresPrograms(operatingUser(quiet), quiet);

export interface Cluster {
  urlOf: (login: 'fund_owner' | 'fund_app') => string;
  stop: () => Promise<void>;
}

export async function startCluster(programs: string): Promise<Cluster> {
  const user = operatingUser(quiet);
  const folder = mkdtempSync(join(tmpdir(), 'fund-postgres-'));
  chmodSync(folder, 0o711);
  const data = join(folder, 'data');
  makeFolderFor(user, data);
  const trusting = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C'];
  execFileSync(join(programs, 'initdb'), ['-D', data, ...trusting], { ...as(user), stdio: 'pipe' });
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const server = spawn(join(programs, 'postgres'), args, { ...as(user), stdio: 'ignore' });
  const urlOf = (login: string, database = 'fund') => `postgres://${login}:test@127.0.0.1:${port}/${database}`;
  const superuser = urlOf('postgres', 'postgres');
  await until(() => letsIn(superuser), { within: 60_000 });
  await createLogins(superuser);
  return { urlOf, stop: () => stop(server, folder) };
}

/** Runs the statements of the script one by one, as psql does. */
async function createLogins(superuser: string): Promise<void> {
  const script = /<<'SQL'\n([^]*)\nSQL\n/.exec(readFileSync(LOGINS, 'utf8'))?.[1] ?? '';
  const sql = script.replace(/^\\getenv .*$/gm, '').replace(/:'\w+'/g, `'test'`);
  const client = new Client({ connectionString: superuser });
  await client.connect();
  for (const statement of sql.split(';').filter((part) => part.trim())) await client.query(statement);
  await client.end();
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  server.kill('SIGINT');
  await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
}

function quiet(): void {
  // Progress messages are of no interest in a test.
}
