/** 系统测算: what a budget is estimated at from three years of final accounts, heads and standards (RULES 6). */
import { type EstimateFacts, besideTrend, estimateOf, prepaidInput } from '../../figures/budgets/estimate';
import { decimal, yuanText, zero } from '../../rules/money';
import type { Scheme } from '../../rules/vocabulary';
import { lawWith } from './laws';

const YEAR = 2028;
const law = lawWith(YEAR, {
  'budget.growth_band': '0.10',
  'budget.major_illness_floor': '0.06',
  'subsidy.standard.2028': '700',
  'collection.individual.2028': '400',
});

/** Final accounts of 2025, 2026 and 2027, in yuan; everything else is 0. */
type History = Record<string, [string, string, string]>;
const facts = (scheme: Scheme, history: History, more: Partial<EstimateFacts> = {}): EstimateFacts => ({
  year: YEAR,
  scheme,
  area: '150100',
  targetInsured: null,
  prepaid: zero,
  levyAlone: null,
  factors: { premium: [], benefit: [] },
  history: (part, year, item) => decimal(history[`${part}/${item}`]?.[year - 2025] ?? '0'),
  ...more,
});
const estimated = (of: EstimateFacts): Record<string, string> =>
  Object.fromEntries(
    estimateOf(of, law).map(({ part, item, estimate }) => [`${part}/${item}`, yuanText(estimate.value)]),
  );

// what is shown                               final accounts of three years        estimate
// prettier-ignore
test.each<[what: string, accounts: [string, string, string], estimate: string]>([
  ['grows by the mean of 5 % and 10 %',        ['1000.00', '1050.00', '1155.00'],   '1241.63'], // 1155 × 1.075 = 1241.625
  ['at most 10 %',                             ['100.00', '200.00', '400.00'],      '440.00'],
  ['and falls at most 10 %',                   ['400.00', '200.00', '100.00'],      '90.00'],
  ['a year without a base has no growth',      ['0.00', '100.00', '105.00'],        '110.25'],
  ['no history, no growth',                    ['0.00', '0.00', '100.00'],          '100.00'],
])('an item with a history %s', (_what, accounts, estimate) => {
  expect(estimated(facts('employee', { 'pooled/inpatient': accounts }))['pooled/inpatient']).toBe(estimate);
});

test('each part has its own history', () => {
  const { 'pooled/premium': pooled, 'personal_account/premium': personal } = estimated(
    facts('employee', {
      'pooled/premium': ['1.00', '1.00', '1.00'],
      'personal_account/premium': ['2.00', '2.00', '2.00'],
    }),
  );
  expect([pooled, personal]).toEqual(['1.00', '2.00']);
});

test('premium and subsidy of residents follow heads, whatever their history', () => {
  const residents = facts(
    'resident',
    { 'pooled/premium': ['9.00', '9.00', '9.00'] },
    { targetInsured: decimal('1000') },
  );
  const { 'pooled/premium': premium, 'pooled/fiscal_subsidy': subsidy } = estimated(residents);
  expect([premium, subsidy]).toEqual(['400000.00', '700000.00']);
  // Without a number to insure there is nothing to estimate from.
  expect(estimated({ ...residents, targetInsured: null })['pooled/premium']).toBe('0.00');
});

test('trend and factors stand side by side, and the factors are used', () => {
  const history: History = { 'pooled/premium': ['9.00', '9.00', '9.00'], 'pooled/inpatient': ['8.00', '8.00', '8.00'] };
  const found = estimateOf(
    facts('resident', history, { targetInsured: decimal('1000'), prepaid: decimal('5.00') }),
    law,
  );
  const sides = (name: string): (string | null)[] => {
    const { trend, factors, estimate } = found.find(({ item }) => item === name)!;
    return [trend, factors, estimate].map(({ value }) => value && yuanText(value));
  };
  expect(sides('premium')).toEqual(['9.00', '400000.00', '400000.00']);
  expect(sides('inpatient')).toEqual(['8.00', null, '8.00']);
  expect(sides('levy_to_superior')).toEqual([null, '5.00', '5.00']);
  expect(sides('superior_grant')).toEqual([null, null, '0.00']);
});

describe('factor rows', () => {
  const unit = {
    class: 'unit' as const,
    heads: decimal('10'),
    base: decimal('100.00'),
    rate: decimal('0.08'),
    collection: decimal('1'),
  };
  const band = {
    band: '60+',
    insured: decimal('10'),
    visits: decimal('2'),
    cost: decimal('5.00'),
    pay_rate: decimal('0.8'),
    policy: zero,
  };
  const history: History = {
    'pooled/premium': ['60.00', '60.00', '60.00'],
    'personal_account/premium': ['20.00', '20.00', '20.00'],
    'pooled/inpatient': ['70.00', '70.00', '70.00'],
    'personal_account/outpatient': ['9.00', '9.00', '9.00'],
    'pooled/outpatient': ['8.00', '8.00', '8.00'],
  };
  const sides = (of: EstimateFacts) =>
    Object.fromEntries(
      estimateOf(of, law).map(({ part, item, ...row }) => [
        `${part}/${item}`,
        [row.trend, row.factors, row.estimate].map(({ value }) => value && yuanText(value)),
      ]),
    );

  test('replace the trend only in their own item and part', () => {
    const rows = {
      premium: [{ ...unit, part: 'pooled' as const }],
      benefit: [{ ...band, item: 'inpatient' as const }],
    };
    const found = sides(facts('employee', history, { factors: rows }));
    expect(found['pooled/premium']).toEqual(['60.00', '80.00', '80.00']);
    expect(found['personal_account/premium']).toEqual(['20.00', null, '20.00']);
    expect(found['pooled/inpatient']).toEqual(['70.00', '80.00', '80.00']);
    expect(found['personal_account/outpatient']).toEqual(['9.00', null, '9.00']);
    expect(found['pooled/outpatient']).toEqual(['8.00', null, '8.00']);
  });
  test('that come to 0 replace it too', () => {
    const rows = { premium: [{ ...unit, part: 'pooled' as const, heads: zero }], benefit: [] };
    expect(sides(facts('employee', history, { factors: rows }))['pooled/premium']).toEqual(['60.00', '0.00', '0.00']);
  });
  test('are shown beside the trend', () => {
    const rows = {
      premium: [{ ...unit, part: 'personal_account' as const }],
      benefit: [{ ...band, item: 'inpatient' as const }],
    };
    expect(besideTrend(estimateOf(facts('employee', history, { factors: rows }), law))).toEqual([
      '住院费用支出按因素 80.00、按趋势 70.00',
      '个人账户基本医疗保险费收入按因素 80.00、按趋势 20.00',
    ]);
  });
});

// income of 1 100 000: the floor is 66 000.00
test.each([
  ['65999.99', '66000.00'],
  ['66000.00', '66000.00'],
  ['66000.01', '66000.01'],
])('major illness of %s a year is estimated at %s: at least 6 %% of the income', (spent, estimate) => {
  const history: History = { 'pooled/major_illness': [spent, spent, spent] };
  const found = estimated(facts('resident', history, { targetInsured: decimal('1000') }));
  expect(found['pooled/major_illness']).toBe(estimate);
});

test('among the items between levels only the levy is estimated, at the amount to be prepaid', () => {
  const grants: History = { 'pooled/superior_grant': ['5.00', '5.00', '5.00'] };
  const found = estimateOf(facts('employee', grants, { prepaid: decimal('50.00') }), law);
  const amounts = Object.fromEntries(found.map(({ part, item, estimate }) => [`${part}/${item}`, estimate]));
  expect(yuanText(amounts['pooled/levy_to_superior']!.value)).toBe('50.00');
  expect(yuanText(amounts['personal_account/levy_to_superior']!.value)).toBe('0.00');
  expect(yuanText(amounts['pooled/superior_grant']!.value)).toBe('0.00');
  expect(amounts['pooled/superior_grant']!.because.article).toContain('上下级往来科目除上解外不测算');
});

test('the levy is what is to be prepaid; before all have reported, the area’s own levy', () => {
  const levyOf = (more: Partial<EstimateFacts>) =>
    estimateOf(facts('employee', {}, more), law).find(
      ({ part, item }) => part === 'pooled' && item === 'levy_to_superior',
    )!.estimate;
  expect(levyOf({ prepaid: decimal('30.24') })).toMatchObject({
    because: { inputs: { prepaid: { value: '30.24', from: { figure: 'levy.prepaid' } } } },
  });
  const levyAlone = { value: decimal('45.60'), because: { article: 'A(六)', formula: 'rate * base', inputs: {} } };
  expect(levyOf({ levyAlone })).toEqual(levyAlone);
});

test('a budget whose estimate did not wait for the others must include its own levy, and says so', () => {
  const levy = { scheme: 'employee', area: '150100', prepaid: decimal('45.60') } as const;
  expect(prepaidInput(levy).from).toEqual({ figure: 'levy.prepaid', of: { scheme: 'employee', area: '150100' } });
  expect(prepaidInput({ ...levy, isAlone: true }).from).toEqual({
    figure: 'budget_estimate.amount',
    of: { scheme: 'employee', area: '150100', part: 'pooled', item: 'levy_to_superior' },
  });
});
