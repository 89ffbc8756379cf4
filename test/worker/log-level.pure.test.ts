/** How much a worker logs: a variable of our own, and the one that other programs share. */
import { logLevel } from '../../worker/log';

test.each([
  ['nothing', {}, 'info'],
  ['an empty one', { LOG_LEVEL: '', FUND_LOG_LEVEL: '' }, 'info'],
  ['the level of other programs, as they write it', { LOG_LEVEL: 'WARN' }, 'warn'],
  ['a level that only others know', { LOG_LEVEL: 'notice' }, 'info'],
  ['ours before the shared one', { LOG_LEVEL: 'error', FUND_LOG_LEVEL: ' Debug ' }, 'debug'],
])('the level by %s', (_, env, level) => {
  expect(logLevel(env)).toBe(level);
});

test('a FUND_LOG_LEVEL that is not a level is refused', () => {
  expect(() => logLevel({ FUND_LOG_LEVEL: 'loud' })).toThrow(
    'FUND_LOG_LEVEL must be one of trace, debug, info, warn, error, not “loud”',
  );
});
