/** Strict types, and the arrows between the rooms (ARCHITECTURE.md): anything not drawn there is refused here. */
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** What a room may not import. Types may cross: they vanish at run time. */
const never = (room, group, message) => ({
  files: [`${room}/**/*.ts`],
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns: [{ group, message, allowTypeImports: true }] }],
  },
});

const world = ['pg', 'pg-copy-streams', '@temporalio/*', 'node:*'];
const rooms = (...names) =>
  names.flatMap((name) => ['../', '../../'].flatMap((up) => [`${up}${name}`, `${up}${name}/**`]));

export default tseslint.config(
  { ignores: ['node_modules/', '.fund/', 'out/', '**/*.js', '**/*.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver()],
      'import-x/extensions': ['.ts'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      // This sees circles of values; test/tidy.test.ts counts types as well.
      'import-x/no-cycle': ['warn', { ignoreExternal: true }],
      'max-lines-per-function': ['warn', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 7],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.name='parseFloat']",
          message: 'Money and rates are Decimal: use decimal(text) of rules/money.',
        },
      ],
    },
  },
  never('rules', [...world, ...rooms('parameters', 'db', 'activities', 'workflows')], 'A rule is pure.'),
  never('parameters', [...world, ...rooms('db', 'activities', 'workflows', 'pack')], 'A parameter is data.'),
  never(
    'workflows',
    [
      'pg',
      'node:*',
      'decimal.js',
      'fraction.js',
      '@temporalio/client',
      '@temporalio/worker',
      ...rooms('db', 'activities', 'parameters', 'figures', 'audit', 'explain', 'servers', 'scripts', 'pack'),
      '../rules/*',
      '!../rules/vocabulary',
      '!../rules/keys',
      '!../rules/decisions',
      '!../rules/calendar-day',
      '!../rules/beijing-time',
    ],
    'A workflow only orders steps.',
  ),
  {
    files: ['workflows/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.property.name=/^(get|set)(FullYear|Month|Date|Day|Hours|Minutes)$/]',
          message: 'Local time follows the worker’s zone: use UTC.',
        },
        {
          selector: "CallExpression[callee.property.name='format'][arguments.length=0]",
          message: 'Intl format() without a date reads the host clock.',
        },
      ],
    },
  },
  never(
    'figures',
    [...world, ...rooms('db', 'activities', 'workflows', 'audit', 'explain', 'servers', 'scripts', 'pack', 'web')],
    'A figure is reckoned from facts that it is given.',
  ),
  never(
    'activities',
    ['@temporalio/workflow', ...rooms('workflows', 'explain', 'servers', 'scripts', 'worker')],
    'An act does not know who calls it.',
  ),
  never(
    'db',
    [
      '@temporalio/*',
      ...rooms('activities', 'workflows', 'parameters', 'figures', 'audit', 'explain', 'servers', 'scripts'),
    ],
    'db/ only stores and fetches.',
  ),
  never(
    'audit',
    [
      '@temporalio/*',
      ...rooms('activities', 'workflows', 'figures', 'explain', 'servers', 'scripts'),
      '../db/*',
      '!../db/connect',
      '!../db/rows',
    ],
    'The audit reads with queries of its own: it shares no reader with the acts that it judges.',
  ),
  never(
    'explain',
    ['@temporalio/*', ...rooms('activities', 'workflows', 'figures', 'audit', 'servers', 'scripts')],
    'An explanation reads what was stored.',
  ),
  never(
    'pack',
    ['pg', '@temporalio/*', ...rooms('activities', 'workflows', 'db', 'audit', 'explain', 'servers', 'scripts')],
    'A pack is read, not loaded.',
  ),
  never(
    'web',
    [
      'pg',
      '@temporalio/*',
      ...rooms('activities', 'workflows', 'servers', 'scripts', 'worker', 'pack', 'audit', 'explain'),
    ],
    'A report shows what is stored.',
  ),
  never(
    'servers',
    rooms('activities', 'rules', 'figures', 'audit', 'explain', 'pack', 'scripts'),
    'A server knows nothing of the fund.',
  ),
  never(
    'scripts/words',
    ['@temporalio/*', ...rooms('commands', 'client', 'single-cases', 'what-if', 'trials')],
    'Words print what they are given.',
  ),
  never(
    'scripts/single-cases',
    [
      '@temporalio/*',
      ...rooms('commands', 'client', 'what-if', 'trials'),
      ...['db', 'activities', 'workflows', 'servers'].map((room) => `../../${room}/**`),
    ],
    'A single case is computed from what it is given.',
  ),
  never(
    'scripts/client',
    rooms('commands', 'single-cases', 'what-if', 'trials'),
    'The client of a running system does not know who calls it.',
  ),
  never('scripts/what-if', rooms('commands', 'single-cases', 'trials'), 'A what-if runs on the client.'),
  never('scripts/commands', rooms('trials'), 'Trials are no part of the product.'),
  never('scripts/trials', rooms('commands', 'single-cases', 'what-if'), 'A trial drives the product from outside.'),
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      'max-lines': 'off',
    },
  },
);
