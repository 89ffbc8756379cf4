/** 公布标准 (RULES 3): which factor and which statistic each standard takes, and what comes of them. */
import { publishedStandards } from '../../figures/published-standards';
import { lawWith } from './laws';

const W = 'standards.average_wage';
const Q = 'standards.disposable_income';
const rows = publishedStandards(lawWith(2028, { [W]: '98765.43', [Q]: '40123.45' }), 2028);

// With an average wage w of 98 765.43 and a disposable income q of 40 123.45:
// prettier-ignore
test.each([
  // standard                      published    factor                      of
  ['contribution_base_floor',      '79012.34',  'standards.base_floor',      W], // 0.8 w = 79 012.344
  ['contribution_base_ceiling',    '296296.29', 'standards.base_ceiling',    W], // 3 w
  ['flexible_worker_base',         '79012.34',  'standards.flexible_base',   W], // 0.8 w
  ['unemployed_base',              '59259.26',  'standards.unemployed_base', W], // 0.6 w = 59 259.258
  ['major_illness_deductible_max', '40123.45',  'standards.deductible',      Q], // q
  ['benefit_cap',                  '240740.70', 'standards.benefit_cap',     Q], // 6 q
])('%s is published as %s: %s × %s', (standard, published, factor, statistic) => {
  const row = rows.find(({ name }) => name === standard);
  expect(row).toMatchObject({ fund_year: 2028, amount: published });
  expect(row?.because.amount.inputs).toMatchObject({
    factor: { from: { parameter: factor } },
    statistic: { from: { parameter: statistic } },
  });
});

test('there is no other standard', () => {
  expect(rows).toHaveLength(6);
});
