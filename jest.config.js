/**
 * Two projects. `pure` asks no server and answers in seconds: `npm run test:pure`. `system` starts PostgreSQL, Temporal and a
 * worker once for all its suites; `maxWorkers: 2` makes those that live whole years take turns.
 */
const common = {
  testEnvironment: 'node',
  testTimeout: 120_000,
  // The date library comes as ES modules, which jest has translated as it has TypeScript.
  transformIgnorePatterns: ['/node_modules/(?!temporal-(polyfill|utils)/)'],
  transform: {
    '^.+\\.[tj]s$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
};

/** Folders and single suites that need neither a database nor Temporal. */
const PURE = [
  'rules/*',
  'parameters/*',
  'pack/*',
  'figures/*',
  'explain/{articles,workings}',
  'cli/{explanation-text,patiently,rule,single-cases}',
  'servers/archives',
  'year/compare-results',
  'tidy',
].map((suite) => `<rootDir>/test/${suite}.test.ts`);

module.exports = {
  projects: [
    { ...common, displayName: 'pure', testMatch: PURE },
    {
      ...common,
      displayName: 'system',
      testMatch: ['<rootDir>/test/**/*.test.ts', ...PURE.map((suite) => `!${suite}`)],
      globalSetup: '<rootDir>/test/setup.ts',
      globalTeardown: '<rootDir>/test/teardown.ts',
    },
  ],
  testSequencer: '<rootDir>/test/longest-first.js',
  reporters: ['default', '<rootDir>/test/closing-line.js'],
  maxWorkers: 2,
};
