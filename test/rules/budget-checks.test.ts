/** The checks on a submitted budget: for each the line that passes and its neighbour that does not (RULES 6, READINGS 25–28). */
import {
  type BudgetCheck,
  type BudgetYardstick,
  CHECKS,
  REMEDIES,
  type SubmittedRow,
  checkBudget,
  isApprovable,
  pooledTotals,
} from '../../rules/budget-checks';
import { decimal, yuanText } from '../../rules/money';
import type { CheckName } from '../../rules/vocabulary';
import { RESIDENT, line, lines, resident, withLines, yardstick } from './budgets';

const EMPLOYEE = { premium: '1000.00', inpatient: '990.00', 'personal_account/premium': '300.00' };

const employee = yardstick('employee', EMPLOYEE);

const found = (check: CheckName, rows: SubmittedRow[], by: BudgetYardstick): string => {
  const { result, figure } = checkBudget(rows, by).find((checked) => checked.check === check) as BudgetCheck;
  return `${result} ${figure}`;
};

test('a budget without fault passes every check of its scheme, in the order of RULES 6', () => {
  expect(checkBudget(lines(RESIDENT), resident)).toEqual([
    { check: 'identity', result: 'pass', figure: '0.00' },
    { check: 'no_deficit', result: 'pass', figure: '10.00' },
    { check: 'slight_surplus', result: 'pass', figure: '0.0100' },
    { check: 'subsidy_equals_due', result: 'pass', figure: '0.00' },
    { check: 'major_illness_floor', result: 'pass', figure: '0.0600' },
    { check: 'levy_included', result: 'pass', figure: '0.00' },
    { check: 'deviation', result: 'pass', figure: '0' },
    { check: 'negative_amount', result: 'pass', figure: '0' },
    { check: 'unknown_item', result: 'pass', figure: '0' },
  ]);
  expect(checkBudget(lines(EMPLOYEE), employee).map(({ check }) => check)).toEqual(
    Object.keys(CHECKS).filter((check) => check !== 'subsidy_equals_due' && check !== 'major_illness_floor'),
  );
});

// check and what is shown                            lines that differ from RESIDENT                          found
// prettier-ignore
const residents: [CheckName, what: string, changed: Record<string, string>, found: string][] = [
  ['identity', 'totals as they are',                  { total_income: '1000.00', total_expenditure: '990.00', surplus: '10.00' }, 'pass 0.00'],
  ['identity', 'one total a fen off',                 { total_income: '1000.01' },                              'fail 0.01'],
  ['identity', 'differences do not cancel out',       { total_income: '1000.01', total_expenditure: '989.99', surplus: '10.02' }, 'fail 0.04'],
  ['identity', 'totals count level items',            { superior_grant: '7.00', total_income: '1007.00' },      'pass 0.00'],
  ['identity', 'totals leave unknown items out',      { advertising: '7.00', total_expenditure: '990.00' },     'pass 0.00'],
  ['no_deficit', 'a surplus of 0',                    { inpatient: '710.00' },                                  'pass 0.00'],
  ['no_deficit', 'a deficit of one fen',              { inpatient: '710.01' },                                  'fail -0.01'],
  ['no_deficit', 'the levy counts',                   { levy_to_superior: '60.01' },                            'fail -0.01'],
  ['no_deficit', 'other level items do not',          { grant_to_subordinate: '99.00', superior_grant: '5.00' }, 'pass 10.00'],
  ['slight_surplus', 'a surplus of 0 will do',        { inpatient: '710.00' },                                  'pass 0.0000'],
  ['slight_surplus', 'printed 0, but below it',       { inpatient: '710.01' },                                  'fail 0.0000'],
  ['slight_surplus', 'without income no ratio',       { premium: '', fiscal_subsidy: '' },                      'fail '],
  ['slight_surplus', 'with negative income neither',  { premium: '-700.00' },                                   'fail '],
  ['subsidy_equals_due', 'a fen too much warns only', { fiscal_subsidy: '600.01' },                             'warn 0.01'],
  ['subsidy_equals_due', 'a fen too little too',      { fiscal_subsidy: '599.99' },                             'warn -0.01'],
  ['subsidy_equals_due', 'none at all too',           { fiscal_subsidy: '' },                                   'warn -600.00'],
  ['major_illness_floor', 'just 6 %',                 { major_illness: '60.00' },                               'pass 0.0600'],
  ['major_illness_floor', 'printed 6 %, but below',   { major_illness: '59.99' },                               'fail 0.0600'],
  ['major_illness_floor', 'income counts no grants',  { superior_grant: '1000.00' },                            'pass 0.0600'],
  ['major_illness_floor', 'without income no ratio',  { premium: '', fiscal_subsidy: '' },                      'fail '],
  ['levy_included', 'a fen less',                     { levy_to_superior: '49.99' },                            'fail -0.01'],
  ['levy_included', 'a fen more',                     { levy_to_superior: '50.01' },                            'fail 0.01'],
  ['levy_included', 'none',                           { levy_to_superior: '' },                                 'fail -50.00'],
  ['deviation', '15 % up',                            { premium: '460.00' },                                    'pass 0'],
  ['deviation', '15 % and a fen up',                  { premium: '460.01' },                                    'fail 1'],
  ['deviation', '15 % down',                          { premium: '340.00' },                                    'pass 0'],
  ['deviation', '15 % and a fen down',                { premium: '339.99' },                                    'fail 1'],
  ['deviation', 'something where nothing was expected', { interest: '0.01' },                                   'fail 1'],
  ['deviation', 'nothing where nothing was expected', { interest: '0.00' },                                     'pass 0'],
  ['deviation', 'an item left out does not deviate',  { premium: '', outpatient: '' },                          'pass 0'],
  ['deviation', 'level items count too',              { superior_grant: '1.00', levy_to_superior: '57.51' },    'fail 2'],
  ['deviation', 'unknown items and totals do not',    { advertising: '1.00', total_income: '5.00' },            'pass 0'],
  ['negative_amount', 'a fen below 0',                { interest: '-0.01' },                                    'fail 1'],
  ['negative_amount', 'in unknown items too',         { advertising: '-1.00', interest: '-1.00' },              'fail 2'],
  ['negative_amount', 'a stated total may be below 0', { surplus: '-1.00' },                                    'pass 0'],
  ['unknown_item', 'one',                             { advertising: '0.00' },                                  'fail 1'],
  ['unknown_item', 'a total is no item',              { total_income: '1000.00' },                              'pass 0'],
];
test.each(residents)('%s: %s', (check, _what, changed, expected) => {
  expect(found(check, withLines(RESIDENT, changed), resident)).toBe(expected);
});

// The personal account takes part in identity, negative amounts and unknown items, and in nothing else.
// prettier-ignore
const employees: [CheckName, what: string, changed: Record<string, string>, found: string][] = [
  ['identity', 'each part by itself',                 { 'personal_account/total_income': '300.00', total_income: '1000.00' }, 'pass 0.00'],
  ['identity', 'both parts add up in the figure',     { 'personal_account/total_income': '299.99', total_income: '1000.02' }, 'fail 0.03'],
  ['no_deficit', 'the pooled part alone',             { 'personal_account/outpatient': '9999.00' },             'pass 10.00'],
  ['levy_included', 'the pooled part alone',          { 'personal_account/levy_to_superior': '1.00' },          'pass 0.00'],
  ['deviation', 'the pooled part alone',              { 'personal_account/premium': '9.00' },                   'pass 0'],
  ['negative_amount', 'both parts',                   { 'personal_account/premium': '-0.01' },                  'fail 1'],
  ['unknown_item', 'both parts',                      { 'personal_account/advertising': '1.00' },               'fail 1'],
  ['unknown_item', 'major illness is the residents’', { major_illness: '1.00' },                                'fail 1'],
  ['no_deficit', 'major illness counts nowhere here', { major_illness: '99.00' },                               'pass 10.00'],
];
test.each(employees)('employees, %s: %s', (check, _what, changed, expected) => {
  expect(found(check, withLines(EMPLOYEE, changed), employee)).toBe(expected);
});

// reasons of the two deviating lines, and what the check says
// prettier-ignore
test.each([
  ['新增定点医院', '费率下调', 'warn 2'],
  ['新增定点医院', '',         'fail 2'],
  ['新增定点医院', '  ',       'fail 2'],
  ['新增定点医院', '\u200b',   'fail 2'],
  ['新增定点医院', '\u3000。', 'fail 2'],
  ['新增定点医院', '5',        'warn 2'],
  ['',             '',         'fail 2'],
])('deviation with the reasons “%s” and “%s”', (first, second, expected) => {
  const rows = [line('premium', '500.00', first), line('outpatient', '300.00', second), line('inpatient', '700.00')];
  expect(found('deviation', rows, resident)).toBe(expected);
});

test('a slight surplus may be asked for, and is compared unrounded', () => {
  const asked = { ...resident, slightSurplus: decimal('0.01') };
  expect(found('slight_surplus', lines(RESIDENT), asked)).toBe('pass 0.0100');
  expect(found('slight_surplus', withLines(RESIDENT, { inpatient: '700.01' }), asked)).toBe('fail 0.0100');
});

test('a warning does not block, a failure does', () => {
  expect(isApprovable(checkBudget(lines(RESIDENT), resident))).toBe(true);
  expect(isApprovable(checkBudget(withLines(RESIDENT, { fiscal_subsidy: '599.99' }), resident))).toBe(true);
  expect(isApprovable(checkBudget(withLines(RESIDENT, { levy_to_superior: '49.99' }), resident))).toBe(false);
});

test('the sums behind the checks leave level items out; the levy stands by itself', () => {
  const rows = withLines(RESIDENT, {
    superior_grant: '5.00',
    grant_to_subordinate: '3.00',
    'personal_account/interest': '1.00',
  });
  const { income, expenditure, levy, surplus } = pooledTotals(rows, 'resident');
  expect([income, expenditure, levy, surplus].map(yuanText)).toEqual(['1000.00', '940.00', '50.00', '10.00']);
});

test('the remedies come in the order of 财社〔2017〕144号 art. 38: own surplus first, rates and benefits last', () => {
  expect(REMEDIES).toHaveLength(5);
  expect([REMEDIES[0], REMEDIES[4]]).toEqual(['动用历年滚存结余', '按程序调整缴费费率或待遇政策']);
});
