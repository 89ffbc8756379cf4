/** Several workers at once, each in the foreground as a supervisor starts it: one is killed in mid-year, and the year closes. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, type Server, connect, createServer } from 'node:net';
import { Command } from '../../scripts/trials/campaign/command';
import { Home } from '../../scripts/trials/campaign/home';
import type { ServerStatus, System } from '../../servers';
import { freePort } from '../../servers/ports';
import { postgresPort, postgresUrl } from '../../servers/postgres';
import { pidsOf } from '../../servers/use';
import { until } from '../../servers/wait';
import { caseNamed } from '../year/cases';
import { compareResults } from '../year/compare-results';

jest.setTimeout(300_000);

const YEAR = caseNamed('two-areas-2028');

let servers: Home;
let here: Home;
let others: { DATABASE_URL: string; TEMPORAL_ADDRESS: string };
const workers: { command: Command; health: string }[] = [];

beforeAll(async () => {
  servers = new Home();
  here = new Home();
  const { temporalAddress } = JSON.parse((await servers.fund('up', '--json')).stdout) as System;
  others = {
    DATABASE_URL: postgresUrl(servers.folder, postgresPort(servers.folder) ?? 0),
    TEMPORAL_ADDRESS: temporalAddress,
  };
  pidsOf(servers.folder).worker.forEach((pid) => process.kill(pid, 'SIGTERM'));
  await until(() => pidsOf(servers.folder).worker.length === 0, { within: 20_000 });
  Object.assign(process.env, others);
});
afterAll(async () => {
  for (const { command } of workers) command.signal('SIGKILL');
  for (const name of Object.keys(others)) Reflect.deleteProperty(process.env, name);
  await here.remove();
  await servers.remove();
});

async function startWorker(databaseUrl = others.DATABASE_URL): Promise<(typeof workers)[number]> {
  const health = `127.0.0.1:${await freePort()}`;
  const env = { FUND_HOME: here.folder, FUND_HEALTH_ADDRESS: health, DATABASE_URL: databaseUrl };
  const command = new Command(['fund', 'worker'], env);
  const worker = { command, health };
  workers.push(worker);
  return worker;
}
const isReady = async ({ health }: { health: string }): Promise<boolean> =>
  (await fetch(`http://${health}/ready`).catch(() => null))?.status === 200;
const workerStatus = async (): Promise<ServerStatus> =>
  (JSON.parse((await here.fund('status', '--json')).stdout) as { servers: ServerStatus[] }).servers[2]!;

test('`migrate` finds the servers of others up to date, and starts none', async () => {
  const { code, stdout } = await here.fund('migrate', '--json');
  expect({ code, printed: JSON.parse(stdout) as object }).toEqual({ code: 0, printed: { migrated: true, notes: [] } });
  expect(here.processes()).toEqual([]);
  expect((await workerStatus()).state).toBe('stopped');
});

test('two workers are ready, and `status` counts them wherever they run', async () => {
  const both = [await startWorker(), await startWorker()];
  for (const worker of both) {
    expect(await until(() => isReady(worker), { within: 120_000 })).toBe(true);
    expect((await fetch(`http://${worker.health}/live`)).status).toBe(200);
  }
  await until(async () => (await workerStatus()).note.startsWith('elsewhere 2'), { within: 30_000 });
  expect(await workerStatus()).toMatchObject({ name: 'worker', state: 'running', pid: null });
  expect((await workerStatus()).note).toMatch(/^elsewhere 2: \d+@\S+, \d+@\S+$/);
});

test('one is killed in mid-run: the year closes with the same figures, and the command starts no worker of its own', async () => {
  const run = here.startRun(YEAR);
  expect(await run.says('2028-03-31')).toBe(true);
  workers[0]!.command.signal('SIGKILL');
  const { code, stdout } = await run.ended;
  expect(code).toBe(0);
  expect(stdout).not.toContain('Starting the worker');
  expect(compareResults(YEAR.expected, here.out)).toEqual([]);
  expect((await workerStatus()).note).toMatch(/^elsewhere 1: /);
});

test('the monitor is given Temporal’s figures and the fund’s on one page, which Prometheus can read', async () => {
  const text = await (await fetch(`http://${workers[1]!.health}/metrics`)).text();
  expect(text).toMatch(/^temporal_\w+\{.*task_queue="fund".*\} \d/m);
  expect(text).toMatch(/^fund_database_up 1$/m);
  expect(text).toMatch(/^fund_years\{mode="run",status="closed"\} 1$/m);
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(/^(# (HELP|TYPE) |[a-zA-Z_:][\w:]*(\{.*\})? \S+$)/);
  const promtool = spawnSync('promtool', ['check', 'metrics', '--lint=none'], { input: text, encoding: 'utf8' });
  if (!promtool.error) expect(promtool.stderr).toBe('');
});

test('SIGTERM ends a worker well within a supervisor’s patience, with 0; its log is lines of JSON without figures', async () => {
  const { command } = workers[1]!;
  const since = Date.now();
  command.signal('SIGTERM');
  const { code, stdout, stderr } = await command.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(Date.now() - since).toBeLessThan(15_000);
  const logged = stdout.split('\n').map((line) => JSON.parse(line) as { level: string; msg: string });
  expect(logged.map(({ msg }) => msg)).toEqual(
    expect.arrayContaining(['taking work', 'asked to stop: acts under way may end']),
  );
  expect(stdout).not.toContain(new URL(others.DATABASE_URL).password);
});

/** Stands before PostgreSQL, and cuts the first `cuts` connections that ask how the schema stands. */
function cutting(cuts: number): Server {
  let left = cuts;
  const port = Number(new URL(others.DATABASE_URL).port);
  return createServer((client) => {
    const server = connect(port, '127.0.0.1');
    for (const socket of [client, server]) socket.on('error', () => undefined);
    client.on('data', (bytes) => {
      if (left > 0 && bytes.includes('fund_schema_file')) {
        left--;
        client.destroy();
        server.destroy();
      }
    });
    client.pipe(server).pipe(client);
  });
}

test('a worker whose sessions are cut as it begins takes work all the same', async () => {
  const before = cutting(2).listen(0, '127.0.0.1');
  await once(before, 'listening');
  try {
    const url = new URL(others.DATABASE_URL);
    url.port = String((before.address() as AddressInfo).port);
    const worker = await startWorker(url.href);
    await until(async () => worker.command.isOver || (await isReady(worker)), { within: 120_000 });
    expect(await isReady(worker)).toBe(true);
    worker.command.signal('SIGTERM');
    expect((await worker.command.ended).code).toBe(0);
  } finally {
    before.close();
  }
});

test('without a database and a Temporal named, a foreground worker is refused', async () => {
  const bare = new Command(['fund', 'worker'], { FUND_HOME: here.folder, DATABASE_URL: '' });
  const { code, stdout, stderr } = await bare.ended;
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^须设置 DATABASE_URL 和 TEMPORAL_ADDRESS.*`up`/);
});

test('on a database that lacks a migration it does not begin, and names the command', async () => {
  const url = new URL(others.DATABASE_URL);
  url.pathname = '/postgres';
  const { code, stderr } = await new Command(['fund', 'worker'], { DATABASE_URL: url.href }).ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The database is older than this program: run `npm run fund -- migrate`/);
});
