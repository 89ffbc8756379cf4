/** 偏离说明: what is said of the lines that leave the estimate (RULES 6, `deviation`). */
import { type EstimatedSides, deviationsOf } from '../../figures/budgets/deviations';
import { decimal, zero } from '../../rules/money';
import type { Item, Scheme } from '../../rules/vocabulary';
import { lawWith } from './laws';

const law = lawWith(2028, { 'budget.deviation': '0.15' });
const number = (text: string | null) => (text === null ? null : decimal(text));

/** One line of a version beside its estimate by trend and by factors. */
function said(scheme: Scheme, item: Item, amount: string, trend: string | null, factors: string | null): string[] {
  const estimate = decimal(factors ?? trend ?? '0');
  const sides: EstimatedSides = {
    part: 'pooled',
    item,
    amount: estimate,
    trend: number(trend),
    factors: number(factors),
  };
  const facts = {
    ...{ year: 2028, scheme, area: '150100', version: 1, prepaid: zero, targetInsured: null },
    rows: [{ part: 'pooled' as const, item, amount: decimal(amount), reason: '' }],
    estimate: [sides],
  };
  return deviationsOf(facts, [sides], law);
}

// prettier-ignore
test.each<[Scheme, Item, string, string | null, string | null, string[]]>([
  ['employee', 'premium',          '115.00', '90.00', '100.00', []], // within the margin
  ['employee', 'premium',          '115.01', '90.00', '100.00', ['基本医疗保险费收入报送 115.01，按因素测算 100.00（按趋势 90.00），偏离 +15.0%：变动在缴费人数、缴费基数、费率、征缴率']],
  ['resident', 'premium',          '80.00',  '90.00', '100.00', ['基本医疗保险费收入报送 80.00，按因素测算 100.00（按趋势 90.00），偏离 -20.0%：变动在参保任务数、每人标准']],
  ['employee', 'inpatient',        '130.00', '90.00', '100.00', ['住院费用支出报送 130.00，按因素测算 100.00（按趋势 90.00），偏离 +30.0%：变动在参保人数、住院次数、次均费用、支付比例、政策调整']],
  ['employee', 'interest',         '130.00', '100.00', null,    ['利息收入报送 130.00，按趋势测算 100.00，偏离 +30.0%：与历年收支规模不符']],
  ['employee', 'other_income',     '1.00',   '0.00',   null,    ['其他收入报送 1.00，按趋势测算 0.00：与历年收支规模不符']],
  ['employee', 'levy_to_superior', '1.00',   null,     '5.00',  ['上解上级支出报送 1.00，应预缴 5.00，偏离 -80.0%']],
])('%s %s of %s, by trend %s, by factors %s', (scheme, item, amount, trend, factors, texts) => {
  expect(said(scheme, item, amount, trend, factors)).toEqual(texts);
});
