/** The long suites, on a system like that of the others: `npm run campaign -- suites`, or one by `npx jest -c test/long.config.js NAME`. */
const { join } = require('node:path');
const config = require('../jest.config');

const rootDir = join(__dirname, '..');
const system = config.projects.find(({ displayName }) => displayName === 'system');

module.exports = {
  ...config,
  rootDir,
  projects: [{ ...system, rootDir, displayName: 'long', testMatch: ['**/test/**/*.long.test.ts'] }],
};
