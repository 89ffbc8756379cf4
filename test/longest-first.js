/**
 * The suites that live whole years begin first, so that the last of them is not waited for alone. Jest knows how long suites took
 * only where they have run before; on a fresh clone it goes by the size of their files.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

/** Those of about a minute and more. */
const LONGEST = [
  'year/kills',
  'year/demo-year',
  'live/live-year',
  'cli/commands',
  'year/golden',
  'explain/tree',
  'year/one-cycle',
  'year/stopping',
  'web/report',
  'db/postgres-versions',
  'live/overlapping-years',
  'cli/usage',
];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => LONGEST.findIndex((suite) => path.endsWith(`/test/${suite}.test.ts`));
    const [long, others] = [tests.filter((test) => place(test) >= 0), tests.filter((test) => place(test) < 0)];
    return [...long.sort((a, b) => place(a) - place(b)), ...super.sort(others)];
  }
};
