/**
 * The first minute on an unfriendly machine: a home whose name means something to other programs, given relative to where the
 * person stands, a strict umask, proxies that lead nowhere, and what a full disk has left behind.
 */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { down, isHealthy, keepUp, release, type System } from '../../servers';
import { clusterFolder } from '../../servers/postgres-cluster';
import { ensureUpWith } from '../../servers/system';
import { pidsOf } from '../../servers/use';
import { CLI_VERSION } from '../../servers/temporal-cli';
import { hasNamespace } from '../../servers/temporal-namespace';
import { cliFolder } from '../cli-folder';
import { STUB_WORKER } from '../servers/helpers';

const environment = { ...process.env };
const NAME = '基金 #1? 100%25 !x';
const NOWHERE = 'http://127.0.0.1:9';
let parent: string;
let home: string;
let umask: number;

const up = (): Promise<System> => ensureUpWith(STUB_WORKER, () => undefined);

beforeAll(() => {
  parent = realpathSync(mkdtempSync(join(tmpdir(), 'fund-machine-')));
  chmodSync(parent, 0o711);
  home = join(parent, NAME);
  cliFolder(parent);
  umask = process.umask(0o077);
  process.env.TEMPORAL_CLI_PATH = join(parent, 'bin', `temporal-${CLI_VERSION}`);
  process.env.INIT_CWD = parent;
  process.env.FUND_HOME = NAME;
  delete process.env.no_proxy;
  delete process.env.NO_PROXY;
  for (const name of ['http_proxy', 'https_proxy', 'grpc_proxy', 'all_proxy']) {
    process.env[name] = NOWHERE;
    process.env[name.toUpperCase()] = NOWHERE;
  }
});

afterAll(async () => {
  await down(() => undefined);
  process.umask(umask);
  process.env = { ...environment };
  rmSync(parent, { recursive: true, force: true });
});

test('the servers start, and everything lies inside the home, which other users may pass through', async () => {
  expect(await up()).toMatchObject({ home });
  expect(isHealthy()).toBe(true);
  expect(readdirSync(parent).sort()).toEqual(['bin', NAME].sort());
  expect(readdirSync(home)).toEqual(expect.arrayContaining(['temporal.db', 'postgres', 'logs']));
  expect(clusterFolder(home)).toBe(join(home, 'postgres'));
  expect((statSync(home).mode & 0o777).toString(8)).toBe('711');
});

test('after a stop they start again on the same data, past an empty lock', async () => {
  await release();
  expect(Object.values(pidsOf(home)).flat()).toEqual([]);
  const size = statSync(join(home, 'temporal.db')).size;
  writeFileSync(join(home, 'lock'), '');
  utimesSync(join(home, 'lock'), new Date(0), new Date(0));
  const { temporalAddress } = await up();
  await keepUp();
  expect(size).toBeGreaterThan(0);
  expect(statSync(join(home, 'temporal.db')).size).toBeGreaterThanOrEqual(size);
  expect(await hasNamespace(temporalAddress, 'default')).toBe(true);
  await release();
  expect(isHealthy()).toBe(true);
});

test('a second home beside it, whose store a full disk has left empty, has servers of its own', async () => {
  process.env.FUND_HOME = '基金 #2';
  const second = join(parent, '基金 #2');
  mkdirSync(second, { mode: 0o711 });
  chmodSync(second, 0o711);
  writeFileSync(join(second, 'temporal.db'), '');
  try {
    expect(await up()).toMatchObject({ home: second });
    expect(pidsOf(second).temporal).not.toEqual(pidsOf(home).temporal);
  } finally {
    await release();
    process.env.FUND_HOME = NAME;
  }
});
