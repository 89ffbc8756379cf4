/** Whether a target is reached: values unrounded, the bounds inside (RULES 10, READINGS 59). */
import { decimal } from '../../rules/money';
import { REACHED } from '../../rules/performance';
import { exact } from '../../rules/ratio';

const of = (v: string, target: string) => ({ v: exact(decimal(v)), target: decimal(target), margin: decimal('0.15') });

// value, target → at least, at most, within 0.15 below
// prettier-ignore
test.each([
  ['1',         '1',    'yes', 'yes', 'yes'],
  ['0.99999',   '1',    'no',  'yes', 'yes'], // printed 1.0000
  ['1.00001',   '1',    'yes', 'no',  'no'],
  ['0.85',      '1',    'no',  'yes', 'yes'],
  ['0.84999',   '1',    'no',  'yes', 'no'],
  ['-1.08',     '9',    'no',  'yes', 'no'],
])('%s against %s', (v, target, atLeast, atMost, within) => {
  expect([REACHED.at_least(of(v, target)), REACHED.at_most(of(v, target)), REACHED.within(of(v, target))]).toEqual([atLeast, atMost, within]);
});

test('months without end reach any target, an unpaid levy none', () => {
  expect([REACHED.endless({ endless: true }), REACHED.unpaid({ unpaid: true })]).toEqual(['yes', 'no']);
});
