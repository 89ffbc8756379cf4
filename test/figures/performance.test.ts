/** 绩效目标: what each indicator is held against, and whether it has reached it (RULES 10, READINGS 59). */
import { indicatorsOf } from '../../figures/evaluation/indicators';
import { performanceOf } from '../../figures/evaluation/performance';
import type { EvaluationFacts } from '../../figures/evaluation/facts';
import { targetTexts } from '../../parameters/targets';
import { decimal, zero } from '../../rules/money';
import { lawWith } from './laws';

const law = lawWith(2028, { 'risk.employee': ['3', '6', '9', '15'] });

/** An area of employees on its targets. */
const AREA: EvaluationFacts = {
  year: 2028,
  scheme: 'employee',
  area: '150100',
  inPhase: true,
  actual: { income: decimal('1000.00'), expenditure: decimal('1200.00'), premium: decimal('400.00') },
  budget: { income: decimal('1000.00'), expenditure: decimal('1200.00'), premium: decimal('400.00') },
  estimatedPremium: decimal('400.00'),
  insured: {
    insured: decimal('100'),
    target_insured: decimal('100'),
    low_income_registered: null,
    low_income_paid: null,
  },
  lowIncomePersons: null,
  targets: new Map(),
  localSubsidy: { due: zero, missing: zero },
  december: { level: 'green', months_payable_4: '9.0000', accumulated_surplus: decimal('900.00') },
  conduct: { unpaid: false, days_late: zero, unpaid_claims: null, policy_reimbursement: decimal('0.85') },
};
const rows = (changed: Partial<EvaluationFacts> = {}, of = law) => {
  const facts = { ...AREA, ...changed };
  return performanceOf(facts, indicatorsOf(facts, of), of).map((row) => [
    row.indicator,
    row.target,
    row.value,
    row.reached,
  ]);
};
const found = (indicator: string, changed: Partial<EvaluationFacts>, of = law) =>
  rows(changed, of).find(([name]) => name === indicator);

test('every indicator that has a value is compared with its default target', () => {
  expect(rows()).toEqual([
    ['budget_income', '1', '1.0000', 'yes'],
    ['budget_expenditure', '1', '1.0000', 'yes'],
    ['collection', '1', '1.0000', 'yes'],
    ['expansion', '1', '1.0000', 'yes'],
    ['months_payable', '9', '9.0000', 'yes'],
    ['levy_timeliness', '0', '0.0000', 'yes'],
    ['reimbursement', '0.85', '0.8500', 'yes'],
  ]);
});

// what is measured                                                                                     target  value     reached
// prettier-ignore
test.each<[string, Partial<EvaluationFacts>, string, string, string]>([
  ['collection',         { actual: { ...AREA.actual, premium: decimal('399.99') } },                       '1',    '1.0000', 'no'], // unrounded
  ['budget_expenditure', { actual: { ...AREA.actual, expenditure: decimal('1020.00') } },                  '1',    '0.8500', 'yes'],
  ['budget_expenditure', { actual: { ...AREA.actual, expenditure: decimal('1019.99') } },                  '1',    '0.8500', 'no'],
  ['budget_expenditure', { actual: { ...AREA.actual, expenditure: decimal('1200.01') } },                  '1',    '1.0000', 'no'],
  ['months_payable',     { december: { ...AREA.december!, accumulated_surplus: decimal('899.99') } },      '9',    '9.0000', 'no'],
  ['months_payable',     { december: { ...AREA.december!, months_payable_4: 'inf' }, actual: { ...AREA.actual, expenditure: zero } }, '9', 'inf', 'yes'],
  ['levy_timeliness',    { conduct: { ...AREA.conduct, days_late: decimal('1') } },                        '0',    '1.0000', 'no'],
  ['levy_timeliness',    { conduct: { ...AREA.conduct, unpaid: true } },                                   '0',    'unpaid', 'no'],
])('%s of %j', (indicator, facts, target, value, reached) => {
  expect(found(indicator, facts)).toEqual([indicator, target, value, reached]);
});

test('an area’s own target comes first, and one for an indicator without a value is left out', () => {
  const targets = new Map([
    ['collection', decimal('0.980')],
    ['low_income', decimal('1')],
  ]);
  const premium = { ...AREA.actual, premium: decimal('392.00') };
  expect(found('collection', { targets, actual: premium })).toEqual(['collection', '0.98', '0.9800', 'yes']);
  expect(found('low_income', { targets })).toBeUndefined();
});

test('the target of months payable follows the green bound, unless one is decided', () => {
  const moved = lawWith(2028, { 'risk.employee': ['3', '6', '9.5', '15'] });
  expect(found('months_payable', {}, moved)).toEqual(['months_payable', '9.5', '9.0000', 'no']);
  const decided = lawWith(2028, { 'performance.target.months_payable.employee': '8' });
  expect(found('months_payable', {}, decided)).toEqual(['months_payable', '8', '9.0000', 'yes']);
});

test('a target does not affect the score', () => {
  const scores = (targets: EvaluationFacts['targets']) =>
    indicatorsOf({ ...AREA, targets }, law).map(({ score }) => score);
  expect(scores(new Map([['collection', decimal('2')]]))).toEqual(scores(new Map()));
});

test('targets in words, for those who approve the budget', () => {
  const own = new Map([['collection', decimal('0.98')]]);
  expect(targetTexts(law, { year: 2028, scheme: 'employee', area: '150100', own })).toEqual([
    '收入预算不低于 1',
    '支出预算在 0.85 至 1 之间',
    '征缴率不低于 0.98',
    '扩面不低于 1',
    '可支付月数不低于 9',
    '上解及时不超过 0',
    '支付比例不低于 0.85',
  ]);
  // Before its phase nobody levies; residents have two indicators more.
  const residents = targetTexts(law, { year: 2026, scheme: 'resident', area: '150100', own: new Map() });
  expect(residents.join()).toMatch(/低收入参保不低于 0.99.*补助到位不低于 1/);
  expect(residents.join()).not.toContain('上解');
});
