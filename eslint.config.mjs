/** Strict types, and the arrows between the rooms (ARCHITECTURE.md): an import that is not drawn there is refused here. */
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import tseslint from 'typescript-eslint';

/** Which rooms a room may import from, of which it may import types only, and why nothing else. */
const ARROWS = {
  rules: { from: [], because: 'A rule is pure.' },
  parameters: { from: ['rules'], because: 'A parameter is data.' },
  figures: {
    from: ['rules', 'parameters'],
    types: ['db'],
    because: 'A figure is worked out from facts that it is given.',
  },
  pack: { from: ['rules', 'parameters'], because: 'A pack is read, not loaded.' },
  signing: { from: ['rules'], because: 'A signature is checked against a text, whoever keeps it.' },
  db: { from: ['rules', 'pack'], types: ['parameters', 'signing'], because: 'db/ only stores and fetches.' },
  audit: {
    from: ['rules', 'parameters', 'signing', 'db'],
    because: 'The judge reads with queries of its own: it shares no reader with the acts.',
  },
  explain: { from: ['rules', 'parameters', 'db'], because: 'An explanation reads what was stored.' },
  web: { from: ['rules', 'parameters', 'db'], types: ['figures'], because: 'A report shows what is stored.' },
  desk: {
    from: ['rules', 'parameters', 'db', 'signing', 'audit', 'explain', 'web', 'scripts'],
    because: 'The desk shows what is stored, and acts through the client as a command does.',
  },
  activities: {
    from: ['rules', 'parameters', 'figures', 'pack', 'signing', 'db', 'audit'],
    because: 'An act does not know who calls it.',
  },
  workflows: { from: ['rules'], types: ['activities', 'db'], because: 'A workflow only orders steps.' },
  servers: { from: ['db', 'workflows'], because: 'A server knows nothing of the fund.' },
  worker: { from: ['activities', 'workflows', 'db', 'servers'], because: 'A worker only joins.' },
  scripts: { from: [] },
};

/** The rooms inside scripts/, which of the others each may import from, and what else it may not. Beside them are the entry points. */
const SCRIPTS = {
  words: { from: [], not: ['@temporalio/*'], because: 'Words print what they are given.' },
  client: { from: ['words'], because: 'The client does not know which command uses it.' },
  'single-cases': {
    from: [],
    not: ['@temporalio/*', ...['db', 'activities', 'workflows', 'servers'].map((room) => `../../${room}/**`)],
    because: 'A single case is computed from what it is given.',
  },
  'what-if': { from: ['client', 'words'], because: 'A comparison does not know which command shows it.' },
  commands: { from: ['client', 'words', 'single-cases', 'what-if'], because: 'The product does without its trials.' },
  trials: { from: ['client', 'words'], because: 'A trial uses commands as a person does: by calling them.' },
};

/**
 * Refuses imports by the files of a room, at each depth inside it, where another room is spelled with as many `../`. A group may let
 * types pass.
 */
const refuse = (room, message, ...groups) =>
  [1, 2, 3, 4].map((depth) => ({
    files: [`${room}${'/*'.repeat(depth)}.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: groups
            .map(({ rooms = [], packages = [], ...rest }) => ({
              group: [
                ...rooms.flatMap((other) => ['', '/**'].map((end) => `${'../'.repeat(depth)}${other}${end}`)),
                ...packages,
              ],
              message,
              ...rest,
            }))
            .filter(({ group }) => group.length > 0),
        },
      ],
    },
  }));

const BEYOND_PURE = ['pg', 'pg-copy-streams', 'knex', '@temporalio/*', 'node:*'];
/** What may enter the workflow sandbox of the rules: those that compute no money. */
const SANDBOXED = [
  'vocabulary',
  'keys',
  'decisions',
  'calendar-day',
  'beijing-time',
  'text',
  'thousands',
  'returned-version',
];
/** Packages that a room may not use, and single files of rooms that it may otherwise import from. */
const PACKAGES = {
  rules: BEYOND_PURE,
  parameters: BEYOND_PURE,
  figures: BEYOND_PURE,
  pack: ['pg', 'knex', '@temporalio/*'],
  signing: ['pg', 'knex', '@temporalio/*'],
  db: ['@temporalio/*'],
  audit: ['@temporalio/*', '../db/*', '!../db/connect', '!../db/rows'],
  explain: ['@temporalio/*'],
  web: ['pg', 'knex', '@temporalio/*'],
  desk: [
    ...['pg', 'knex', '@temporalio/worker', '@temporalio/workflow'],
    ...['commands', 'trials', 'single-cases', 'what-if'].map((room) => `**/scripts/${room}/**`),
  ],
  activities: ['@temporalio/workflow'],
  workflows: [
    ...['pg', 'knex', 'node:*', 'decimal.js', 'fraction.js', '@temporalio/client', '@temporalio/worker'],
    ...['**/rules/*', ...SANDBOXED.map((file) => `!**/rules/${file}`)],
  ],
};

const others = (all, room, ...allowed) =>
  Object.keys(all).filter((other) => ![room, ...allowed.flat()].includes(other));

const arrows = Object.entries(ARROWS)
  .filter(([room]) => room !== 'scripts')
  .flatMap(([room, { from, types = [], because }]) =>
    refuse(
      room,
      because,
      { rooms: others(ARROWS, room, from, types) },
      { rooms: types, packages: PACKAGES[room], allowTypeImports: true },
    ),
  );
const arrowsInScripts = Object.entries(SCRIPTS).flatMap(([room, { from, not, because }]) =>
  refuse(`scripts/${room}`, because, { rooms: others(SCRIPTS, room, from), packages: not }),
);

const longFunctions = builtinRules.get('max-lines-per-function');
/** ESLint's rule, except that the suites of a `describe` are a chapter and no function that anybody reads in one go. */
const house = {
  rules: {
    'max-lines-per-function': {
      meta: longFunctions.meta,
      create(context) {
        const isDescribe = ({ parent }) =>
          parent.type === 'CallExpression' && context.sourceCode.getText(parent.callee).startsWith('describe');
        const report = { value: (found) => isDescribe(found.node) || context.report(found) };
        return longFunctions.create(Object.create(context, { report }));
      },
    },
  },
};

export default tseslint.config(
  { ignores: ['node_modules/', '.fund/', 'out/', '**/*.js', '**/*.cjs', '**/*.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX, house },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver()],
      'import-x/extensions': ['.ts'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // This sees circles of values; test/tidy.test.ts counts types as well.
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'house/max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
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
  ...arrows,
  ...arrowsInScripts,
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
