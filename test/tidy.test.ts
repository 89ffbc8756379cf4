/** Conventions that no linter knows. Each says what to do when it fails. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vocabulary from '../rules/vocabulary';

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
  'explain',
  'activities',
  'workflows',
  'worker',
  'servers',
  'scripts',
  'web',
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

test('the glossary has every word of the vocabulary: add it to docs/GLOSSARY.md', () => {
  const glossary = textOf('docs/GLOSSARY.md');
  const words = [
    ...[vocabulary.SCHEMES, vocabulary.PARTS, vocabulary.ITEMS, vocabulary.GROUPS, vocabulary.AID_KINDS],
    ...[vocabulary.AID_FUNDINGS, vocabulary.ROLES, vocabulary.RISK_LEVELS, vocabulary.CAUSES],
    vocabulary.SUBSIDY_LEVELS,
  ].flat();
  const names = [vocabulary.SCHEME_NAMES, vocabulary.PART_NAMES, vocabulary.ITEM_NAMES, vocabulary.ROLE_NAMES];
  const chinese = [...names, vocabulary.RISK_LEVEL_NAMES, vocabulary.CAUSE_NAMES, vocabulary.GROUP_NAMES].flatMap(
    (table) => Object.values(table),
  );
  expect(words.filter((word) => !glossary.includes(`\`${word}\``))).toEqual([]);
  expect(chinese.filter((name) => !glossary.includes(name))).toEqual([]);
});

test('what the documents point to is there: mend the link, or the file', () => {
  const pages = [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'docs/operations.md',
    'docs/GLOSSARY.md',
  ];
  const broken = pages.flatMap((page) =>
    [...textOf(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
      .map(([, target]) => join(dirname(page), target!))
      .filter((target) => !existsSync(join(ROOT, target)))
      .map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
});

test('every variable that a supervisor’s file sets is one that the documents explain', () => {
  const explained = textOf('docs/operations.md') + textOf('README.md');
  const named = [...filesOf('deploy/systemd', '.example'), ...filesOf('deploy/systemd', '.service')].flatMap((file) =>
    [...textOf(file).matchAll(/^(?:# |Environment=)?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name!),
  );
  expect([...new Set(named)].filter((name) => !explained.includes(`\`${name}\``))).toEqual([]);
});
