/**
 * External servers: Temporal behind mutual TLS and an API key, PostgreSQL over TLS. Connections without the right credentials are
 * refused, a whole year runs with them, and afterwards no secret is found anywhere.
 */
import { chownSync, copyFileSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { NativeConnection } from '@temporalio/worker';
import { connect, withTls } from '../../db/connect';
import { execute, selectOne } from '../../db/rows';
import { Home } from '../../scripts/trials/campaign/home';
import type { System } from '../../servers';
import { postgresPort, postgresUrl } from '../../servers/postgres';
import { clusterFolder } from '../../servers/postgres-cluster';
import { errorText } from '../../servers/refused';
import { pidsOf } from '../../servers/use';
import { environmentFor, temporalAccess } from '../../servers/temporal-access';
import { Authority, type Certificate } from '../tls/authority';
import { type Gate, temporalGate } from '../tls/temporal-gate';
import { caseNamed } from '../year/cases';
import { compareResults } from '../year/compare-results';

jest.setTimeout(300_000);

const API_KEY = 'the-key-that-nobody-may-see';
const YEAR = caseNamed('two-areas-2028');

let home: Home;
let authority: Authority;
let stranger: Authority;
let client: Certificate;
let gate: Gate;
let password: string;
let good: Record<string, string>;

const setAll = (env: Record<string, string>): void => void Object.assign(process.env, env);
const unset = (): void => {
  for (const name of [...Object.keys(good), 'TEMPORAL_TLS']) Reflect.deleteProperty(process.env, name);
};

beforeAll(async () => {
  home = new Home();
  const { temporalAddress } = JSON.parse((await home.fund('up', '--json')).stdout) as System;
  authority = new Authority(home.folder, 'authority');
  stranger = new Authority(home.folder, 'stranger');
  client = authority.issue('fund-worker');
  gate = await temporalGate(temporalAddress, authority.pems('temporal.example'), API_KEY);
  password = readFileSync(join(home.folder, 'postgres.password'), 'utf8');
  const plain = postgresUrl(home.folder, postgresPort(home.folder) ?? 0);
  await serveTls(plain);
  good = {
    DATABASE_URL: plain.replace('127.0.0.1', 'localhost').replace('?sslmode=disable', ''),
    PGSSLMODE: 'verify-full',
    PGSSLROOTCERT: authority.crt,
    TEMPORAL_ADDRESS: `127.0.0.1:${gate.port}`,
    TEMPORAL_API_KEY: API_KEY,
    TEMPORAL_TLS_CLIENT_CERT_PATH: client.crt,
    TEMPORAL_TLS_CLIENT_KEY_PATH: client.key,
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority.crt,
    TEMPORAL_TLS_SERVER_NAME: 'temporal.example',
  };
});
afterAll(async () => {
  unset();
  await gate.close();
  await home.remove();
});

/** Makes the embedded PostgreSQL of the home use TLS, as `localhost`. */
async function serveTls(url: string): Promise<void> {
  const folder = clusterFolder(home.folder);
  const { crt, key } = authority.issue('localhost');
  const { uid, gid } = statSync(folder);
  for (const [file, name] of [
    [crt, 'server.crt'],
    [key, 'server.key'],
  ] as const) {
    copyFileSync(file, join(folder, name));
    chownSync(join(folder, name), uid, gid);
  }
  const pool = connect(url, 'owner', 1);
  await execute(pool, 'alter system set ssl = on');
  await execute(pool, 'select pg_reload_conf()');
  await pool.destroy();
}

describe('Temporal', () => {
  const reach = async (changed: Record<string, string | undefined>, connectTimeout: number): Promise<string> => {
    const env = { ...good, ...changed };
    try {
      const connection = await Connection.connect({
        ...temporalAccess(good.TEMPORAL_ADDRESS!, env),
        connectTimeout,
      });
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      await connection.close();
      return 'reached';
    } catch (error) {
      return errorText(error);
    }
  };

  test.each([
    ['certificate, key, authority, name and API key', {}, /^reached$/],
    ['a wrong API key', { TEMPORAL_API_KEY: 'another' }, /UNAUTHENTICATED/],
    ['no API key', { TEMPORAL_API_KEY: undefined }, /UNAUTHENTICATED/],
    [
      'no client certificate',
      { TEMPORAL_TLS_CLIENT_CERT_PATH: undefined, TEMPORAL_TLS_CLIENT_KEY_PATH: undefined },
      /Failed to connect/,
    ],
    ['an authority that did not sign the server', { CA: 'stranger' }, /Failed to connect/],
    ['another server name', { TEMPORAL_TLS_SERVER_NAME: 'other.example' }, /Failed to connect/],
    ['no TLS at all', { TEMPORAL_TLS: 'false' }, /Failed to connect/],
    ['a certificate without its key', { TEMPORAL_TLS_CLIENT_KEY_PATH: '' }, /set both/],
    ['a file that is not there', { TEMPORAL_TLS_CLIENT_KEY_PATH: '/nowhere' }, /_KEY_PATH names cannot be read/],
    ['a malformed switch', { TEMPORAL_TLS: 'perhaps' }, /must be true or false/],
  ])('with %s', async (_, changed, outcome) => {
    const { CA, ...env } = changed as Record<string, string | undefined>;
    // A short wait where no answer will come, a long one where a busy machine may be slow.
    const patience = outcome.source.includes('Failed') ? 2000 : 20_000;
    const answer = await reach({ ...env, ...(CA ? { TEMPORAL_TLS_SERVER_CA_CERT_PATH: stranger.crt } : {}) }, patience);
    expect(answer).toMatch(outcome);
    expect(answer).not.toContain(API_KEY);
  });

  test('the worker’s connection takes the same credentials', async () => {
    const bare = { ...good, TEMPORAL_TLS_CLIENT_CERT_PATH: '', TEMPORAL_TLS_CLIENT_KEY_PATH: '' };
    const address = good.TEMPORAL_ADDRESS!;
    await (await NativeConnection.connect(temporalAccess(address, good))).close();
    await expect(NativeConnection.connect(temporalAccess(address, bare))).rejects.toThrow();
    const wrong = temporalAccess(address, { ...good, TEMPORAL_API_KEY: 'another' });
    await expect(NativeConnection.connect(wrong)).rejects.toThrow();
  });

  test('a variable may contain the PEM text itself', () => {
    const read = (file: string): string => readFileSync(file, 'utf8');
    const env = {
      TEMPORAL_ADDRESS: 'a:1',
      TEMPORAL_TLS_CLIENT_CERT_DATA: read(client.crt),
      TEMPORAL_TLS_CLIENT_KEY_DATA: read(client.key),
    };
    expect(temporalAccess('a:1', env).tls?.clientCertPair?.key.toString()).toBe(read(client.key));
  });

  test('the credentials go only to the server they are meant for', () => {
    expect(temporalAccess('127.0.0.1:7233', good)).toEqual({ address: '127.0.0.1:7233', tls: null });
    expect(Object.keys(environmentFor('127.0.0.1:7233', good))).toEqual([
      ...['DATABASE_URL', 'PGSSLMODE', 'PGSSLROOTCERT', 'TEMPORAL_ADDRESS'],
    ]);
  });
});

describe('PostgreSQL', () => {
  const reach = async (env: Record<string, string>, host = 'localhost'): Promise<string> => {
    const pool = connect(withTls(good.DATABASE_URL!.replace('localhost', host), env), 'owner', 1);
    try {
      const row = await selectOne<{ ssl: boolean }>(pool, 'select ssl from pg_stat_ssl where pid = pg_backend_pid()');
      return row?.ssl ? 'over TLS' : 'in the clear';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      await pool.destroy();
    }
  };

  test.each([
    ['the authority', () => ({ PGSSLMODE: 'verify-full', PGSSLROOTCERT: authority.crt }), 'localhost', /^over TLS$/],
    ['require, which checks as well', () => ({ PGSSLMODE: 'require' }), 'localhost', /certificate/],
    ['another authority', () => ({ PGSSLMODE: 'verify-full', PGSSLROOTCERT: stranger.crt }), 'localhost', /certif/],
    ['another host name', () => ({ PGSSLMODE: 'require', PGSSLROOTCERT: authority.crt }), '127.0.0.1', /altnames|IP/],
    ['no check, explicitly', () => ({ PGSSLMODE: 'no-verify' }), 'localhost', /^over TLS$/],
    ['disable', () => ({ PGSSLMODE: 'disable' }), 'localhost', /^in the clear$/],
    ['nothing', () => ({}), 'localhost', /^in the clear$/],
  ])('with %s', async (_, env, host, outcome) => {
    expect(await reach(env(), host)).toMatch(outcome);
  });

  test('the parameters of the URL win over the environment', () => {
    const url = withTls('postgres://a@b/c?sslmode=disable', { PGSSLMODE: 'require' });
    expect(url).toBe('postgres://a@b/c?sslmode=disable');
  });

  test('a malformed URL is refused without being shown', () => {
    for (const url of ['fund:secret@db', '//fund:secret@db', 'secret']) {
      expect(() => withTls(url)).toThrow(/^DATABASE_URL must have the form(?!.*secret)/);
    }
  });
});

test('a whole year runs over TLS, worker and command, with no secret in output, arguments, logs or histories', async () => {
  setAll(good);
  const run = home.startRun(YEAR);
  await run.says('2028-03-31');
  const commandLines = pidsOf(home.folder).worker.map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  const { stdout: status } = await home.fund('status', '--json');
  const { code, stdout, stderr } = await run.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(compareResults(YEAR.expected, home.out)).toEqual([]);
  expect(gate.passed).toBeGreaterThan(500);
  expect(status).toContain('"note": "TEMPORAL_ADDRESS"');

  const connection = await Connection.connect(temporalAccess(good.TEMPORAL_ADDRESS!, good));
  const history = await new Client({ connection }).workflow.getHandle('fund-year-2028').fetchHistory();
  await connection.close();
  const logs = readdirSync(join(home.folder, 'logs')).map((file) =>
    readFileSync(join(home.folder, 'logs', file), 'utf8'),
  );
  const keyBody = readFileSync(client.key, 'utf8').split('\n')[1]!;
  for (const text of [stdout, stderr, status, ...commandLines, ...logs, historyToJSON(history)]) {
    for (const secret of [API_KEY, password, keyBody]) expect(text).not.toContain(secret);
  }
  expect(commandLines).toHaveLength(1);
});

test('a refusal names the address and the remedy, but not the key', async () => {
  setAll({ ...good, TEMPORAL_API_KEY: 'another' });
  const { code, stdout, stderr } = await home.fund('up');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/TEMPORAL_ADDRESS 127\.0\.0\.1:\d+, namespace default, cannot be used/);
  expect(stderr).not.toMatch(/another|^\s+at /m);
});
