/** A live year is backed up and goes on in a new FUND_HOME: what waited there waits here, and is acted on. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, connect } from '../../db/connect';
import { waitingTasks } from '../../db/tasks';
import { cycleStartOf } from '../../parameters';
import { Home } from '../../scripts/trials/campaign/home';
import { Signers } from '../../scripts/trials/signers';
import { restoreFolder } from '../../servers/home';
import { freePort } from '../../servers/ports';
import { postgresPort, postgresUrl } from '../../servers/postgres';
import { pidsOf } from '../../servers/use';
import { until } from '../../servers/wait';
import { THIS_YEAR } from '../live/live-years';
import { caseNamed } from '../year/cases';
import { changedPack, movedByYears } from '../year/changed-pack';

jest.setTimeout(240_000);

const YEAR = String(THIS_YEAR);
const home = new Home();
const restored = new Home();
const elsewhere = new Home({ DATABASE_URL: 'postgres://somewhere/fund' });
const folder = mkdtempSync(join(tmpdir(), 'fund-backup-'));
const backup = join(folder, 'backup');
const pools: Database[] = [];

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.destroy()));
  for (const one of [home, restored]) {
    await one.fund('down');
    await one.remove();
  }
  await elsewhere.remove();
  rmSync(folder, { recursive: true });
});

function databaseOf({ folder: of }: Home): Database {
  const pool = connect(postgresUrl(of, postgresPort(of) as number), 'owner', 2);
  pools.push(pool);
  return pool;
}

async function done(one: Home, ...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await one.fund(...args, '--json');
  if (code !== 0) throw new Error(`fund ${args.join(' ')}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}
async function refusal(one: Home, ...args: string[]): Promise<string> {
  const { code, stdout } = await one.fund(...args, '--json');
  expect(code).toBe(1);
  return (JSON.parse(stdout) as { refused: string }).refused;
}
const submissions = async (pool: Database) =>
  (await waitingTasks(pool, cycleStartOf, THIS_YEAR)).filter(
    ({ kind, of_area }) => kind === 'submit' && of_area === '150100',
  );
const running = (one: Home): string[] =>
  Object.entries(pidsOf(one.folder)).flatMap(([server, pids]) => pids.map(() => server));

let waiting: Awaited<ReturnType<typeof submissions>>;

beforeAll(async () => {
  await done(home, 'up', '--listen', `127.0.0.1:${await freePort()}`);
  const { pack, year: of } = caseNamed('two-areas-2028');
  const moved = changedPack(pack, join(folder, 'pack'), (_, text) => movedByYears(text, THIS_YEAR - of));
  await done(home, 'import', moved, '--year', YEAR);
  const pool = databaseOf(home);
  const signers = new Signers(pool);
  await signers.appoint(THIS_YEAR);
  await signers.keep(restored.keys, ['sec-150100']);
  await done(home, 'start', '--year', YEAR);
  expect(await until(async () => (await submissions(pool)).length === 2, { within: 60_000 })).toBe(true);
  waiting = await submissions(pool);
});

test('a backup that is given up leaves nothing, and the servers run again', async () => {
  const command = home.start('backup', backup);
  expect(await command.says('Stopping the servers.')).toBe(true);
  command.signal('SIGINT');
  const { code, stderr } = await command.ended;
  expect({ code, refused: stderr.trim().split('\n').at(-1) }).toEqual({
    code: 130,
    refused: '已取消，没有留下备份 (stopped: there is no backup)',
  });
  expect(readdirSync(folder)).toEqual(['pack']);
  expect(running(home)).toEqual(['postgres', 'temporal', 'worker', 'desk']);
});

test('a backup says what it holds; it is its owner’s alone, and the servers run on', async () => {
  const before = pidsOf(home.folder);
  expect(await done(home, 'backup', backup)).toMatchObject({
    folder: backup,
    years: [{ year: THIS_YEAR, status: 'open' }],
  });
  expect(readdirSync(backup).sort()).toEqual(['backup.json', 'home.tar.gz', 'postgres.tar.gz']);
  for (const file of readdirSync(backup)) expect(statSync(join(backup, file)).mode & 0o777).toBe(0o600);
  expect(running(home)).toEqual(['postgres', 'temporal', 'worker', 'desk']);
  expect(pidsOf(home.folder).postgres).not.toEqual(before.postgres);

  expect(await refusal(home, 'backup', backup)).toMatch(/holds the backup of .*: name a new folder/);
  expect(await refusal(home, 'backup', folder)).toMatch(/is not empty: name a new folder/);
  expect(await refusal(home, 'backup', join(home.folder, 'backup'))).toMatch(/is inside the system/);
  expect(await refusal(restored, 'backup', join(folder, 'none'))).toMatch(/There is no system in/);
  expect(await refusal(elsewhere, 'backup', join(folder, 'other'))).toMatch(/DATABASE_URL names a server of your own/);
});

test('a damaged or unfinished backup, and a home with a system, are refused before anything is written', async () => {
  const before = readdirSync(restored.folder);
  const damaged = join(folder, 'damaged');
  cpSync(backup, damaged, { recursive: true });
  const file = join(damaged, 'home.tar.gz');
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
  writeFileSync(file, bytes);
  expect(await refusal(restored, 'restore', damaged)).toMatch(/home\.tar\.gz is damaged .*nothing was restored/);
  rmSync(join(damaged, 'backup.json'));
  expect(await refusal(restored, 'restore', damaged)).toMatch(/holds no finished backup: it has no backup\.json/);
  expect(readdirSync(restored.folder)).toEqual(before);
  expect(await refusal(home, 'restore', backup)).toMatch(
    /There is a system in .* already: set FUND_HOME to a new folder/,
  );
});

test('a restore that was killed lets no server start, and begins again', async () => {
  mkdirSync(restoreFolder(restored.folder));
  expect(await refusal(restored, 'up')).toMatch(/was not finished: run .* again/);
  expect(running(restored)).toEqual([]);
});

test('restored beside the first system, it has the same tasks; an act succeeds and its workflow goes on', async () => {
  expect(await done(restored, 'restore', backup)).toMatchObject({ years: [{ year: THIS_YEAR, status: 'open' }] });
  await done(restored, 'up');
  expect(postgresPort(restored.folder)).not.toBe(postgresPort(home.folder));
  const pool = databaseOf(restored);
  expect(await submissions(pool)).toEqual(waiting);
  const version = ['--year', YEAR, '--area', '150100', '--scheme', 'employee', '--version', '1'];
  const submitted = await done(restored, 'submit', '--as', 'sec-150100', ...version);
  expect(submitted.next).toMatchObject([{ role: 'area_finance' }]);
  expect(await submissions(databaseOf(home))).toEqual(waiting);
});
