/** What a supervisor asks a worker: is it alive, can it work, and the figures for a monitor. On the real servers of the tests. */
import { NativeConnection } from '@temporalio/worker';
import { readdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Server as TcpServer, type Socket, createServer } from 'node:net';
import { createServer as createHttp } from 'node:http';
import { join } from 'node:path';
import { connect } from '../../db/connect';
import { execute } from '../../db/rows';
import { type Watched, listenAddress, serveHealth } from '../../worker/health';
import { type TestDatabase, testDatabase } from '../database';
import { keepQuiet } from '../workflows/stage';

let database: TestDatabase;
let connection: NativeConnection;
let sdk: Server;
const open: (Server | TcpServer)[] = [];

beforeAll(async () => {
  keepQuiet();
  database = await testDatabase();
  connection = await NativeConnection.connect({ address: process.env.FUND_TEST_TEMPORAL as string });
  sdk = createHttp((_, response) => response.end('# TYPE temporal_request counter\ntemporal_request 7\n'));
  await new Promise<void>((done) => sdk.listen(0, '127.0.0.1', done));
  open.push(sdk);
});
afterAll(async () => {
  for (const server of open) {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  }
  await connection.close();
  await database.drop();
});

async function health(changed: Partial<Watched> = {}): Promise<(path: string) => Promise<Response>> {
  const server = await serveHealth('127.0.0.1:0', {
    pool: database.pool,
    connection,
    namespace: 'default',
    state: () => 'RUNNING',
    sdkMetricsPort: (sdk.address() as AddressInfo).port,
    ...changed,
  });
  open.push(server);
  return (path) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
}
const ready = async (changed?: Partial<Watched>): Promise<[number, object]> => {
  const answer = await (await health(changed))('/ready');
  return [answer.status, (await answer.json()) as object];
};

const NEWEST = `migrations/${readdirSync(join(__dirname, '../../db/migrations')).sort().at(-1)!}`;
const GOOD = { ready: true, worker: 'RUNNING', temporal: 'ok', postgres: 'ok', schema: 'current' };

test('alive', async () => {
  const answer = await (await health())('/live');
  expect([answer.status, await answer.json()]).toEqual([200, { live: true }]);
});

test('ready', async () => expect(await ready()).toEqual([200, GOOD]));

test('a worker that is stopping is not ready', async () => {
  expect(await ready({ state: () => 'DRAINING' })).toEqual([503, { ...GOOD, ready: false, worker: 'DRAINING' }]);
});

test('Temporal without the namespace', async () => {
  expect(await ready({ namespace: 'nowhere' })).toEqual([503, { ...GOOD, ready: false, temporal: 'no answer' }]);
});

test('Postgres does not answer, or is down', async () => {
  const held: Socket[] = [];
  const silent = createServer((socket) => held.push(socket));
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
  open.push(silent);
  const { port } = silent.address() as AddressInfo;
  for (const host of [`127.0.0.1:${port}`, '127.0.0.1:1']) {
    const pool = connect(`postgres://fund:x@${host}/fund`, 'worker', 1);
    const state = { ...GOOD, ready: false, postgres: 'no answer', schema: 'unknown' };
    expect(await ready({ pool })).toEqual([503, state]);
    const figures = await (await (await health({ pool }))('/metrics')).text();
    expect(figures).toMatch(/^fund_database_up 0$/m);
    expect(figures).toMatch(/^temporal_request 7$/m);
    expect(figures).not.toMatch(/fund_years/);
    const ended = pool.destroy();
    held.forEach((socket) => socket.destroy());
    await ended;
  }
});

describe('the schema', () => {
  const owner = (sql: string) => execute(database.as('owner'), sql);
  const state = async () => (await ready())[1];

  test('lacks a migration: not ready; has one of a newer release: ready', async () => {
    await owner(`update public.fund_schema_file set name = 'migrations/9999_later.sql' where name = '${NEWEST}'`);
    expect(await state()).toEqual({ ...GOOD, ready: false, schema: 'behind' });
    await owner(`insert into public.fund_schema_file (name, sha256)
      select '${NEWEST}', sha256 from public.fund_schema_file where name = 'migrations/9999_later.sql'`);
    expect(await state()).toEqual({ ...GOOD, schema: 'newer' });
    await owner(`update public.fund_schema_file set sha256 = 'other' where name like '%/0003%'`);
    expect(await state()).toEqual({ ...GOOD, ready: false, schema: 'changed' });
  });
});

test('figures: what waits for whom, what is late (in live years only), where the years stand', async () => {
  const link = (year: number, chain: string, position: number, role: string, due: string, state = 'open'): string =>
    `(${year}, '${chain}/${position}', '${chain}', ${position}, 'w', 'approve', '${role}', '对象', 'h', '${due}', '${state}')`;
  await execute(
    database.as('owner'),
    `
    insert into fund.fund_year (year, mode) values (2027, 'live'), (2028, 'run');
    insert into fund.task (fund_year, task, chain, position, workflow_id, kind, role, subject, figures_hash, due_on, state) values
      ${link(2027, 'a', 1, 'region_security', '2020-01-01', 'done')},
      ${link(2027, 'a', 2, 'region_finance', '2020-01-01')},
      ${link(2027, 'a', 3, 'region_government', '2020-01-01')},
      ${link(2027, 'b', 1, 'region_finance', '2099-01-01')},
      ${link(2028, 'c', 1, 'region_finance', '2020-01-01')}`,
  );
  const answer = await (await health())('/metrics');
  expect(answer.headers.get('content-type')).toContain('version=0.0.4');
  const text = await answer.text();
  expect(text.split('\n').filter((line) => line && !line.startsWith('#'))).toEqual([
    'temporal_request 7',
    'fund_database_up 1',
    'fund_open_tasks{fund_year="2027",role="region_finance"} 2',
    'fund_open_tasks{fund_year="2028",role="region_finance"} 1',
    'fund_overdue_tasks{fund_year="2027",role="region_finance"} 1',
    'fund_overdue_tasks{fund_year="2028",role="region_finance"} 0',
    'fund_years{mode="live",status="open"} 1',
    'fund_years{mode="run",status="open"} 1',
  ]);
});

test('another path is not found, and says which there are', async () => {
  expect((await (await health())('/secret')).status).toBe(404);
});

test.each([
  ['127.0.0.1:9464', { host: '127.0.0.1', port: 9464 }],
  [':9464', { host: '0.0.0.0', port: 9464 }],
  ['9464', { host: '0.0.0.0', port: 9464 }],
  ['[::1]:9464', { host: '::1', port: 9464 }],
])('listens on %s', (text, address) => expect(listenAddress(text)).toEqual(address));

test.each(['', 'here', '127.0.0.1', '127.0.0.1:70000'])('refuses “%s”', (text) => {
  expect(() => listenAddress(text)).toThrow(/FUND_HEALTH_ADDRESS must be host:port/);
});

test('a port that is taken is refused with a readable reason', async () => {
  const taken = createServer();
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
  open.push(taken);
  const address = `127.0.0.1:${(taken.address() as AddressInfo).port}`;
  const watched = { pool: database.pool, connection, namespace: 'default', state: () => 'RUNNING', sdkMetricsPort: 1 };
  await expect(serveHealth(address, watched)).rejects.toThrow(/cannot be used \(.*EADDRINUSE/);
});
