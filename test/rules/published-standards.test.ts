/** Standards published at the start of a cycle, from last year's statistics (RULES 3). */
import { decimal, yuanText } from '../../rules/money';
import { PUBLISHED_STANDARDS } from '../../rules/published-standards';

// With an average wage w of 98 765.43 and a disposable income q of 40 123.45:
// standard                        factor  statistic    published
// prettier-ignore
test.each([
  ['contribution_base_floor',      '0.8',  '98765.43',  '79012.34'],
  ['contribution_base_ceiling',    '3.0',  '98765.43', '296296.29'],
  ['flexible_worker_base',         '0.8',  '98765.43',  '79012.34'],
  ['unemployed_base',              '0.6',  '98765.43',  '59259.26'],
  ['major_illness_deductible_max', '1',    '40123.45',  '40123.45'],
  ['benefit_cap',                  '6',    '40123.45', '240740.70'],
] as const)('%s is %s × %s', (name, factor, statistic, published) => {
  const standard = PUBLISHED_STANDARDS[name]({ factor: decimal(factor), statistic: decimal(statistic) });
  expect(yuanText(standard)).toBe(published);
});

test('half a fen is rounded up', () => {
  const base = PUBLISHED_STANDARDS.unemployed_base;
  expect(yuanText(base({ factor: decimal('0.5'), statistic: decimal('0.03') }))).toBe('0.02');
  expect(yuanText(base({ factor: decimal('0.49'), statistic: decimal('0.03') }))).toBe('0.01');
});

test('each standard quotes its own article', () => {
  for (const { article } of Object.values(PUBLISHED_STANDARDS)) expect(article).toMatch(/^[AB]\(.+\)“.+”$/);
});
