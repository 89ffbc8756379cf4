/** 预算调整: from which day an adjusted budget is in force, and what its items are compared with. */
import { adjustedFrom } from '../../rules/budget-adjustment';
import { CHECKS, DEVIATION_FROM_BUDGET } from '../../rules/budget-checks';
import { decimal } from '../../rules/money';

// prettier-ignore
test.each([
  // why                                                          date          approved      in force from
  ['a run approves on its date',                                  '2027-06-15', '2027-06-15', '2027-07-01'],
  ['the first day of a month waits for the next one',             '2027-01-01', '2027-01-01', '2027-02-01'],
  ['the last day of a month too',                                 '2027-03-31', '2027-03-31', '2027-04-01'],
  ['the last day on which it can be',                             '2027-11-30', '2027-11-30', '2027-12-01'],
  ['approved later in its month',                                 '2027-06-01', '2027-06-30', '2027-07-01'],
  ['approved in a later month: the month that is over is not touched', '2027-06-15', '2027-07-02', '2027-08-01'],
  ['approved before its date',                                    '2027-06-15', '2027-05-20', '2027-07-01'],
  ['December leads into the next year, which the database refuses', '2027-11-30', '2027-12-01', '2028-01-01'],
])('%s', (_, date, approvedOn, from) => {
  expect(adjustedFrom({ date, approvedOn })).toBe(from);
});

test('an adjustment is compared with the budget in force as a submission is with the estimate', () => {
  const common = { amount: ['540', '12', '9'].map(decimal), deviation: decimal('0.15') };
  const base = ['480', '20', '0'].map(decimal);
  const reason = ['', '生育人数减少', ''];
  expect(DEVIATION_FROM_BUDGET.figure({ ...common, in_force: base, reason }).toString()).toBe('2');
  expect(DEVIATION_FROM_BUDGET.result({ ...common, in_force: base, reason })).toBe('fail');
  expect(DEVIATION_FROM_BUDGET.result({ ...common, in_force: base, reason: ['', '生育人数减少', '新增'] })).toBe(
    'warn',
  );
  expect(CHECKS.deviation.figure({ ...common, estimate: base, reason })).toEqual(
    DEVIATION_FROM_BUDGET.figure({ ...common, in_force: base, reason }),
  );
});
