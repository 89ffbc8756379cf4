/**
 * Two projects. `pure` needs no server and takes seconds (`npm run test:pure`). `system` starts PostgreSQL, Temporal and a worker once
 * for all its suites; `maxWorkers: 2` keeps those that run whole years from crowding each other. Suites with which `npm test` would take
 * more than a quarter of an hour are named `*.long.test.ts` and belong to `npm run campaign -- suites` (test/long.config.js).
 */
const common = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
};

/** Suites that need neither a database nor Temporal: whole folders, and elsewhere those that say so by their name. */
const PURE = [
  '**/test/*.test.ts', // of the sources themselves
  '**/test/{figures,pack,parameters,rules}/**/*.test.ts',
  '**/test/**/*.pure.test.ts',
];

module.exports = {
  // Of all projects: jest does not read it from one of them.
  testTimeout: 120_000,
  projects: [
    { ...common, displayName: 'pure', testMatch: PURE },
    {
      ...common,
      displayName: 'system',
      testMatch: ['**/test/**/*.test.ts', ...[...PURE, '**/*.long.test.ts'].map((pattern) => `!${pattern}`)],
      globalSetup: '<rootDir>/test/setup.ts',
      globalTeardown: '<rootDir>/test/teardown.ts',
    },
  ],
  testSequencer: '<rootDir>/test/longest-first.js',
  reporters: ['default', '<rootDir>/test/closing-line.js'],
  maxWorkers: 2,
};
