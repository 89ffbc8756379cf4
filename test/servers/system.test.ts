/** The servers in every state that a command may find: new, running, killed, shared, hindered. Real servers, in a home of their own. */
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { down, isHealthy, keepUp, release, status, type System } from '../../servers';
import { readRecord } from '../../servers/home';
import { clusterFolder } from '../../servers/postgres-cluster';
import { find, findWorkingIn } from '../../servers/process-table';
import { ensureUpWith } from '../../servers/system';
import { pidsOf } from '../../servers/use';
import { until } from '../../servers/wait';
import { end, newHome, query, startCommand, STUB_WORKER } from './helpers';

jest.setTimeout(60_000);

let home: string;
let said: string[];

const up = (): Promise<System> => {
  said = [];
  return ensureUpWith(STUB_WORKER, (line) => said.push(line));
};
const quiet = () => undefined;
/** Waits as well, because a killed process stays in the process table for a moment. */
async function kill(pids: number[]): Promise<void> {
  pids.forEach((pid) => process.kill(pid, 'SIGKILL'));
  await until(() => !isHealthy(), { within: 5000, every: 5 });
}
const processes = () => [...Object.values(pidsOf(home)).flat(), ...findWorkingIn(clusterFolder(home), 'postgres')];

beforeAll(() => {
  home = newHome();
});

afterAll(async () => {
  await down(quiet);
  rmSync(home, { recursive: true, force: true });
});

test('a fresh home: everything is created, started and migrated', async () => {
  const system = await up();
  expect(system).toMatchObject({ home, temporalNamespace: 'default' });
  expect(isHealthy()).toBe(true);
  expect((await status()).map(({ name, state }) => `${name} ${state}`)).toEqual([
    'postgres running',
    'temporal running',
    'worker running',
    'desk stopped',
  ]);
  expect(await query(system.databaseUrl, 'select 1 from public.fund_migration limit 1')).toHaveLength(1);
  await query(system.databaseUrl, `create table public.kept as select 'still here' as text`);
  expect((await fetch(system.uiUrl ?? '')).status).toBe(200);
});

test('a second call finds everything running and starts nothing', async () => {
  const before = pidsOf(home);
  await up();
  expect(pidsOf(home)).toEqual(before);
  expect(said).toEqual([]);
});

test.each(['postgres', 'temporal', 'worker'] as const)(
  '%s killed: only this server is started again, with its data',
  async (name) => {
    const before = pidsOf(home);
    await kill(before[name]);
    expect(isHealthy()).toBe(false);
    const { databaseUrl } = await up();
    const after = pidsOf(home);
    for (const other of ['postgres', 'temporal', 'worker'] as const) {
      if (other === name) expect(after[other]).not.toEqual(before[other]);
      else expect(after[other]).toEqual(before[other]);
    }
    expect(await query(databaseUrl, 'select text from public.kept')).toEqual([{ text: 'still here' }]);
  },
);

test('the last user to leave stops everything, and no process remains', async () => {
  const leaving = release();
  await expect(up()).rejects.toThrow('Stopped');
  await leaving;
  expect(processes()).toEqual([]);
  expect((await status()).map(({ state }) => state)).toEqual(['stopped', 'stopped', 'stopped', 'stopped']);
});

test('a stale pid file and ports in use do no harm: the data stays, the addresses are new', async () => {
  const before = readRecord<{ port: number }>(home, 'postgres').port ?? 0;
  const grpc = readRecord<{ grpc: number }>(home, 'temporal').grpc ?? 0;
  const strangers = [before, grpc].map((port) => createServer().listen(port, '127.0.0.1'));
  // The pid of a live process that is not PostgreSQL.
  writeFileSync(join(clusterFolder(home), 'postmaster.pid'), `${process.pid}\n${clusterFolder(home)}\n`);
  const { databaseUrl, temporalAddress } = await up();
  expect(databaseUrl).not.toContain(`:${before}/`);
  expect(temporalAddress).not.toContain(`:${grpc}`);
  expect(await query(databaseUrl, 'select text from public.kept')).toEqual([{ text: 'still here' }]);
  strangers.forEach((stranger) => stranger.close());
  await release();
});

test('two commands at once share one set of servers: the first to leave does not stop it, the last one does', async () => {
  const [one, two] = await Promise.all([startCommand(), startCommand()]);
  expect(one.system).toEqual(two.system);
  expect(Object.values(pidsOf(home)).map((pids) => pids.length)).toEqual([1, 1, 1, 0]);
  await end(one.command, 'SIGINT');
  expect(isHealthy()).toBe(true);
  await expect(down(quiet)).rejects.toThrow(new RegExp(`in use by process ${two.command.pid}`));
  await end(two.command, 'SIGTERM');
  expect(processes()).toEqual([]);
});

test('a killed command is recognised: the next one to leave stops the servers', async () => {
  const { command } = await startCommand();
  await end(command, 'SIGKILL');
  expect(isHealthy()).toBe(true);
  await up();
  expect(said).toEqual([]);
  await release();
  expect(processes()).toEqual([]);
});

test('`up` keeps the servers when nobody uses them; a worker for another database is replaced; `down` stops them', async () => {
  const { databaseUrl, temporalAddress } = await up();
  await keepUp();
  await release();
  expect(isHealthy()).toBe(true);
  const before = pidsOf(home);
  process.env.DATABASE_URL = databaseUrl.replace('127.0.0.1', 'localhost');
  process.env.TEMPORAL_ADDRESS = temporalAddress;
  try {
    expect(await up()).toMatchObject({ databaseUrl: process.env.DATABASE_URL, uiUrl: null });
    expect(said).toEqual(['Starting the worker.']);
    expect((await status()).map(({ state, pid }) => [state, pid === null])).toEqual([
      ['running', true],
      ['running', true],
      ['running', false],
      ['stopped', true],
    ]);
  } finally {
    delete process.env.DATABASE_URL;
    delete process.env.TEMPORAL_ADDRESS;
  }
  expect({ ...pidsOf(home), worker: [] }).toEqual({ ...before, worker: [] });
  await release();
  await down(quiet);
  expect(processes()).toEqual([]);
});

test('an address where nothing answers is refused with the remedy, and no process remains', async () => {
  process.env.TEMPORAL_ADDRESS = '127.0.0.1:1';
  try {
    await expect(up()).rejects.toThrow(/cannot be used .* unset TEMPORAL_ADDRESS/);
  } finally {
    delete process.env.TEMPORAL_ADDRESS;
  }
  expect(processes()).toEqual([]);
});

test('a worker that cannot start is reported in its own words, and no process remains', async () => {
  const broken = join(home, 'broken-worker.ts');
  writeFileSync(broken, `throw new Error('the bundle is broken');`);
  await expect(ensureUpWith(broken, quiet)).rejects.toThrow(/worker did not start: .*the bundle is broken/);
  rmSync(broken);
  expect(processes()).toEqual([]);
  expect(find(['--worker-of', home])).toEqual([]);
});
