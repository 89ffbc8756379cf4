/** The first command after a clone, in a checkout of its own with an npm that only copies. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT } from '../../servers/home';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'fund-bootstrap-')));
  // Stands in for node_modules: the translator takes a text as it is, and writes what it has seen.
  mkdirSync(join(folder, 'modules', '@swc', 'core'), { recursive: true });
  writeFileSync(
    join(folder, 'modules', '@swc', 'core', 'index.js'),
    `exports.transformSync = (code) => (require('fs').appendFileSync(${JSON.stringify(join(folder, 'seen'))}, '.'), { code });`,
  );
  writeFileSync(join(folder, 'modules', '.package-lock.json'), '{"packages":{}}');
  writeFileSync(
    join(folder, 'npm-cli.js'),
    `require('fs').cpSync(${JSON.stringify(join(folder, 'modules'))}, process.argv.at(-1) + '/node_modules', { recursive: true });`,
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function checkout(name: string, installed: boolean): string {
  const place = join(folder, name);
  mkdirSync(join(place, 'scripts'), { recursive: true });
  for (const file of ['bootstrap.mjs', 'typescript.cjs']) {
    cpSync(join(CHECKOUT, 'scripts', file), join(place, 'scripts', file));
  }
  writeFileSync(join(place, 'scripts', 'fund.ts'), `console.log('the command runs');`);
  writeFileSync(join(place, 'package-lock.json'), '{"packages":{"":{}}}');
  if (installed) cpSync(join(folder, 'modules'), join(place, 'node_modules'), { recursive: true });
  return place;
}

const lockOf = (place: string): string =>
  join(folder, `fund-install-${createHash('sha256').update(place).digest('hex').slice(0, 16)}`);

const commandIn = (place: string) =>
  [
    process.execPath,
    [join(place, 'scripts', 'bootstrap.mjs'), 'fund'],
    { env: { ...process.env, TMPDIR: folder, npm_execpath: join(folder, 'npm-cli.js') }, timeout: 20_000 },
  ] as const;

function run(place: string, env: NodeJS.ProcessEnv = {}): { status: number | null; stdout: string; stderr: string } {
  const [program, args, options] = commandIn(place);
  return spawnSync(program, args, { ...options, env: { ...options.env, ...env }, encoding: 'utf8' });
}

test.each(['a b', '基金#1', '100%25', "it's"])('a checkout in a folder named %s works', (name) => {
  expect(run(checkout(name, true))).toMatchObject({ status: 0, stdout: 'the command runs\n', stderr: '' });
});

test.each([
  ['wow!', '!'],
  ['what?', '?'],
  ['a!b/c', '!'],
])('a checkout in %s is refused, and the sign is named', (name, sign) => {
  const { status, stdout, stderr } = run(checkout(name, true));
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toBe(
    `The checkout lies in ${join(folder, name)}: move it to a folder without “${sign}” in its path, and repeat.\n`,
  );
});

test('a stamp that cannot be written does no harm', () => {
  const place = checkout('read-only', true);
  mkdirSync(join(place, 'node_modules', '.installed-from'));
  expect(run(place)).toMatchObject({ status: 0, stdout: 'the command runs\n', stderr: '' });
});

test('a file is translated once, and again when it has changed', () => {
  const place = checkout('twice', true);
  const seen = (): number => readFileSync(join(folder, 'seen')).length;
  run(place);
  expect(run(place)).toMatchObject({ status: 0, stdout: 'the command runs\n', stderr: '' });
  expect(seen()).toBe(1);
  writeFileSync(join(place, 'scripts', 'fund.ts'), `console.log('another command runs');`);
  expect(run(place)).toMatchObject({ status: 0, stdout: 'another command runs\n', stderr: '' });
  expect(seen()).toBe(2);
});

test('a translation that was cut off, or cannot be kept, hinders nobody', () => {
  const place = checkout('unkept', true);
  const kept = join(place, 'node_modules', '.cache', 'fund');
  mkdirSync(kept, { recursive: true });
  writeFileSync(
    join(
      kept,
      createHash('sha256')
        .update(join(place, 'scripts', 'fund.ts'))
        .digest('hex'),
    ),
    '// cut off',
  );
  expect(run(place)).toMatchObject({ status: 0, stdout: 'the command runs\n', stderr: '' });
  rmSync(kept, { recursive: true });
  writeFileSync(kept, 'a file where the folder should be');
  expect(run(place)).toMatchObject({ status: 0, stdout: 'the command runs\n', stderr: '' });
});

test('variables of a file with CRLF lose their carriage return, those of others keep it', () => {
  const place = checkout('crlf', true);
  const names = ['FUND_HOME', 'DATABASE_URL', 'TEMPORAL_NAMESPACE', 'PGPASSWORD', 'OTHER'];
  writeFileSync(
    join(place, 'scripts', 'fund.ts'),
    `console.log(JSON.stringify(${JSON.stringify(names)}.map((name) => process.env[name])));`,
  );
  const env = Object.fromEntries(names.map((name) => [name, name === 'PGPASSWORD' ? 'blank at the end ' : 'x\r']));
  expect(JSON.parse(run(place, env).stdout)).toEqual(['x', 'x', 'x', 'blank at the end ', 'x\r']);
});

test('an install that was cut off is done again', () => {
  const place = checkout('cut-off', true);
  writeFileSync(join(place, 'node_modules', '.package-lock.json'), '{"pack');
  expect(run(place)).toMatchObject({ status: 0, stdout: 'the command runs\n' });
});

test('interrupted while npm installs: it ends at once, says so, and the next command installs', async () => {
  const place = checkout('slow', false);
  const npm = readFileSync(join(folder, 'npm-cli.js'), 'utf8');
  // An npm that does not listen.
  writeFileSync(
    join(folder, 'npm-cli.js'),
    `process.on('SIGINT', () => undefined); setTimeout(() => undefined, 60_000);`,
  );
  const [program, args, options] = commandIn(place);
  const command = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  command.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  await once(command.stderr, 'data');
  await new Promise((resolve) => setTimeout(resolve, 500)); // npm has started
  const asked = Date.now();
  command.kill('SIGINT');
  const [code] = (await once(command, 'exit')) as [number];
  expect(code).toBe(1);
  expect(Date.now() - asked).toBeLessThan(5000);
  expect(said.join('')).toContain('Installing was interrupted: repeat the command');
  writeFileSync(join(folder, 'npm-cli.js'), npm);
  expect(run(place)).toMatchObject({ status: 0, stdout: 'the command runs\n' });
});

test.each([
  ['nothing', ''],
  ['pid 0', '0'],
  ['every process', '-1'],
  ['words', 'busy'],
  ['a process that has ended', String(spawnSync('true').pid)],
])('the lock of an install that names %s is removed', (_what, content) => {
  const place = checkout('new', false);
  writeFileSync(lockOf(place), content);
  const before = new Date(Date.now() - 3_600_000);
  utimesSync(lockOf(place), before, before);
  expect(run(place)).toMatchObject({ status: 0, stdout: 'the command runs\n' });
});

test('a running install is waited for, and the lock is named', async () => {
  const place = checkout('new', false);
  writeFileSync(lockOf(place), String(process.pid));
  utimesSync(lockOf(place), new Date(0), new Date(0));
  const [program, args, options] = commandIn(place);
  const command = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  const [line] = (await once(command.stderr, 'data')) as [Buffer];
  expect(line.toString()).toContain(`(lock ${lockOf(place)})`);
  command.kill();
  await once(command, 'exit');
});
