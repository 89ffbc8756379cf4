/** Conventions that no linter knows. Each says what to do when it fails. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const sources = [
  'rules',
  'parameters',
  'pack',
  'db',
  'audit',
  'activities',
  'workflows',
  'worker',
  'servers',
  'scripts',
];

test('every rule has a twin test: write test/rules/<name>.test.ts', () => {
  const untested = filesOf('rules', '.ts')
    .map((file) => file.replace('rules/', 'test/rules/').replace(/\.ts$/, '.test.ts'))
    .filter((twin) => !filesOf('test/rules', '.test.ts').includes(twin));
  expect(untested).toEqual([]);
});

test('every source file opens with what it is: begin it with a /** … */ sentence', () => {
  const silent = sources.flatMap((room) => filesOf(room, '.ts')).filter((file) => !textOf(file).startsWith('/**'));
  expect(silent).toEqual([]);
});

test('money never passes through a JavaScript number: use decimal(text) of rules/money', () => {
  const suspects = ['rules', 'activities', 'audit', 'workflows', 'parameters']
    .flatMap((room) => filesOf(room, '.ts'))
    .filter((file) => /\b(parseFloat|toNumber)\(|\bNumber\((?!FIRST_DAY)/.test(textOf(file)));
  expect(suspects).toEqual([]);
});

test('a migration is numbered without a gap: the next one takes the next number', () => {
  const numbers = filesOf('db/migrations', '.sql')
    .map((file) => file.slice('db/migrations/'.length, 'db/migrations/'.length + 4))
    .sort();
  expect(numbers).toEqual(numbers.map((_, i) => String(i + 1).padStart(4, '0')));
});

test('every figure table tells why: give it a `because` column', () => {
  const tables = textOf('db/migrations/0004_figures.sql').split('create table fund.').slice(1);
  const silent = tables
    .map((table) => ({ name: table.slice(0, table.indexOf(' ')), body: table.slice(0, table.indexOf(');')) }))
    .filter(
      ({ name, body }) =>
        !['finding', 'full_aid_enrolment', 'budget_item'].includes(name) && !/because +jsonb/.test(body),
    );
  expect(silent.map(({ name }) => name)).toEqual([]);
});
