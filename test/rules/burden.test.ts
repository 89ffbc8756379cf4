/** 高额医疗费用负担患者监测 (RULES 12): classes, thresholds, deadlines. */
import {
  answerDueOn,
  burdenClassOf,
  burdenOutcome,
  doPushesWait,
  pushOutcome,
  selfPaidToDate,
} from '../../rules/burden';
import { decimal } from '../../rules/money';
import { GROUPS } from '../../rules/vocabulary';

test('the groups of the classes', () => {
  const of = (ofClass: string): string[] => GROUPS.filter((group) => burdenClassOf(group) === ofClass);
  expect(of('low_income')).toEqual(['destitute', 'orphan', 'subsistence', 'monitored']);
  expect(of('poverty_relieved')).toEqual(['poverty_relieved']);
  expect(of('ordinary')).toHaveLength(GROUPS.length - 5);
});

// what is shown, the months of the year, the threshold, the outcome
// prettier-ignore
test.each<[string, string[], string, string]>([
  ['the threshold itself is not above it', ['6000.00', '4000.00'],  '10000', 'not_flagged'],
  ['a fen more is',                        ['6000.00', '4000.01'],  '10000', 'flagged'],
  ['nobody without a burden',              [],                      '10000', 'not_flagged'],
  ['nothing is not above nothing',         ['0.00'],                '0',     'not_flagged'],
  ['a fen is',                             ['0.01'],                '0',     'flagged'],
])('%s', (_what, months, threshold, outcome) => {
  const self_paid_to_date = selfPaidToDate({ self_paid: months.map(decimal) });
  expect(burdenOutcome({ self_paid_to_date, threshold: decimal(threshold) })).toBe(outcome);
});

// pushed on, days to answer, the month's end, answered on, the outcome
// prettier-ignore
test.each<[string, string, string, string, string | null, string]>([
  ['the deadline has not come',              '2028-01-31', '30', '2028-02-29', null,         'not_overdue'],
  ['it is over by the next month’s end',     '2028-01-31', '30', '2028-03-31', null,         'overdue'],
  ['a deadline on the month’s end is kept',  '2028-01-31', '29', '2028-02-29', null,         'not_overdue'],
  ['a day before it is not',                 '2028-01-31', '28', '2028-02-29', null,         'overdue'],
  ['an answer on the month’s end counts',    '2028-01-31', '30', '2028-03-31', '2028-03-31', 'not_overdue'],
  ['an answer after it does not yet',        '2028-01-31', '30', '2028-03-31', '2028-04-01', 'overdue'],
  ['without a day to answer',                '2028-01-31', '0',  '2028-01-31', null,         'not_overdue'],
])('%s', (_what, pushed_on, days, month_end, answered_on, outcome) => {
  const answer_due = answerDueOn({ pushed_on, answer_days: decimal(days) });
  expect(pushOutcome({ answer_due, month_end, answered_on })).toBe(outcome);
});

test('one push that waits in any class is a finding', () => {
  expect(doPushesWait({ overdue: [decimal('0'), decimal('1')] })).toBe(true);
  expect(doPushesWait({ overdue: [decimal('0')] })).toBe(false);
});
