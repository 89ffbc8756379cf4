/** 导入权限: each office brings what is its own to report. */
import { brings, bringsFiles } from '../../rules/file-offices';
import { ROLES } from '../../rules/vocabulary';

// prettier-ignore
test.each([
  ['actuals.csv',            ['area_security', 'region_security']],
  ['history.csv',            ['area_security', 'region_security']],
  ['budget_submissions.csv', ['area_security', 'region_security']],
  ['resident_roll_2.csv',    ['area_security', 'region_security']],
  ['collection_totals.csv',  ['area_security', 'region_security']],
  ['adjustment_fund.csv',    ['region_security', 'region_finance']],
  ['resident_payments.csv',  ['region_security']],
  ['resident_payments_07.csv', ['region_security']],
  ['areas.csv',              ['region_security']],
  ['operators.csv',          ['region_security']],
  ['medical_aid.csv',        ['region_security']],
  ['enrolment_history.csv',  ['region_security']],
  ['parameters.json',        ['region_security']],
])('%s', (file, offices) => {
  expect(ROLES.filter((role) => brings(role, file))).toEqual(offices);
});

test('the finance bureau of an area and the government of the region bring none', () => {
  expect(ROLES.filter(bringsFiles)).toEqual(['area_security', 'region_security', 'region_finance']);
});
