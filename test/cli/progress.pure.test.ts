/** The time that a run still needs, beside its bar. */
import { timeText } from '../../scripts/words/progress';

// prettier-ignore
test.each<[number | string, string]>([
  [0,      '0s'],
  ['0',    '0s'],
  [59,     '59s'],
  [60,     '1m0s'],
  [80,     '1m20s'],
  ['INF',  '…'],
  ['NULL', '…'],
])('%p is %s', (seconds, text) => {
  expect(timeText(seconds)).toBe(text);
});
