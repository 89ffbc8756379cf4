/**
 * Suites that run whole years come first, so that none of them is still running when everything else is done. Jest knows how long
 * suites take only after it has run them; on a fresh clone it goes by the size of their files.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

/** About a minute or more. */
const LONGEST = [
  'year/golden',
  'live/live-year',
  'cli/commands',
  'explain/explain',
  'activities/provenance',
  'activities/late-rows',
  'db/decide-payments',
  'cli/what-if',
  'workflows/long-waits',
  'activities/import',
  'cli/usage',
];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => LONGEST.findIndex((suite) => path.endsWith(`/test/${suite}.test.ts`));
    const [long, others] = [tests.filter((test) => place(test) >= 0), tests.filter((test) => place(test) < 0)];
    return [...long.sort((a, b) => place(a) - place(b)), ...super.sort(others)];
  }
};
