/** Values of law: every cycle has all of them, dated and sourced, and overrides replace them. */
import {
  PARAMETERS,
  PRODUCT_PARAMETERS,
  SINGLE_CASE_PARAMETERS,
  ParameterSet,
  YEARLY_PARAMETERS,
  aboutParameter,
  isOfLevyOrShare,
  inForce,
  isSimulation,
  parametersInForce,
  productParametersInForce,
} from '../../parameters';
import { readerOf } from '../../parameters/forms';

const decided = (value: string) => ({ value, source: '测试文件' });
const set = (year: number, overrides = {}) => new ParameterSet(parametersInForce(year, overrides));

describe('every year from the first to 2040', () => {
  const years = Array.from({ length: 2040 - 2023 + 1 }, (_, n) => 2023 + n);

  test.each(years)('%d has every value, each with a date and a source, sorted by name', (year) => {
    const list = parametersInForce(year, {});
    const names = list.map(({ name }) => name);
    expect(names).toHaveLength(PARAMETERS.length + YEARLY_PARAMETERS.length);
    expect(names).toEqual([...names].sort());
    for (const { from, source } of [...list, ...productParametersInForce(year)]) {
      expect(from).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(from <= `${year}-12-31`).toBe(true);
      expect(source.length).toBeGreaterThan(5);
    }
  });

  test.each(years)('the defaults of %d would be accepted as overrides', (year) => {
    const set = new Map(parametersInForce(year, {}).map(({ name, value }) => [name, value]));
    const bad = PARAMETERS.filter(({ name, form }) => readerOf(form, year).read(set.get(name)) === undefined);
    expect(bad).toEqual([]);
  });
});

const TARGETS = [
  ...['budget_expenditure', 'budget_income', 'collection', 'expansion', 'levy_timeliness', 'low_income'],
  ...['months_payable.employee', 'months_payable.resident', 'reimbursement.employee', 'reimbursement.resident'],
  'subsidy_arrival',
].map((indicator) => `performance.target.${indicator}`);

const MONITORING = [
  'monitoring.answer_days',
  ...['low_income', 'ordinary', 'poverty_relieved'].map((name) => `monitoring.threshold.${name}`),
];

test('the names are those of the contract', () => {
  const values = new Map(parametersInForce(2027, {}).map(({ name, value }) => [name, value]));
  const names = [...values.keys()];
  expect(names).toEqual([
    'books.premium_recognition',
    'budget.deviation',
    'budget.growth_band',
    'budget.major_illness_floor',
    'budget.slight_surplus',
    'collection.individual.2027',
    'collection.window.end',
    'collection.window.extension',
    'collection.window.start',
    ...[
      'budget_expenditure',
      'budget_income',
      'collection',
      'expansion',
      'levy_timeliness',
      'low_income',
      'months_payable',
      'reimbursement',
      'subsidy_arrival',
    ].map((indicator) => `evaluation.weight.${indicator}`),
    'levy.base',
    'levy.cap.mode',
    'levy.cap.value',
    'levy.rate.employee',
    'levy.rate.resident',
    'levy.start_year.employee',
    'levy.start_year.resident',
    ...MONITORING,
    ...['over_limit', 'over_share', 'reserve'].map((name) => `payment.${name}`),
    ...['.community', '.institution', '_from'].map((name) => `payment.retain${name}`),
    ...TARGETS,
    ...['rates.floor', 'rates.step'],
    'risk.employee',
    'risk.resident',
    'share.alpha0',
    'share.bands.aged',
    'share.bands.collection',
    'share.bands.expansion',
    'share.bands.performance',
    'share.bands.ratio',
    'share.disqualify.collection_below',
    'share.disqualify.days_late',
    'share.managerial',
    'share.match_area',
    'share.max',
    'share.min',
    'share.premium_floor',
    'share.reserve',
    'share.scope_overspend',
    'subsidy.central',
    'subsidy.region.1',
    'subsidy.region.2',
    'subsidy.region.3',
    'subsidy.standard.2027',
  ]);
});

test.each([...PARAMETERS, ...PRODUCT_PARAMETERS, ...SINGLE_CASE_PARAMETERS])(
  '$name has its newest entry first, and one date for each',
  ({ entries }) => {
    const dates = entries.map(({ from }) => from);
    expect(dates).toEqual([...new Set(dates)].sort().reverse());
  },
);

// Defaults by year (CONTRACT 4): a year after the last published value takes that one, marked as assumed.
test.each([
  [2023, '360', '640', false, false],
  [2024, '380', '670', false, false],
  [2025, '400', '700', false, false],
  [2026, '400', '724', true, false],
  [2027, '400', '724', true, true],
  [2035, '400', '724', true, true],
])('%d: individual premium %s, subsidy %s', (year, individual, subsidy, isPremiumAssumed, isSubsidyAssumed) => {
  const law = set(year);
  const [premium, standard] = [law.get(`collection.individual.${year}`), law.get(`subsidy.standard.${year}`)];
  expect([premium.value, standard.value]).toEqual([individual, subsidy]);
  expect([premium.assumed, standard.assumed]).toEqual([isPremiumAssumed, isSubsidyAssumed]);
});

test('a date before the first entry is an error, never a zero', () => {
  expect(() => inForce(PARAMETERS[0]!, '1999-01-01')).toThrow('levy.start_year.employee');
  expect(() => parametersInForce(2022, {})).toThrow('collection.individual');
});

test('an override replaces its default, is decided, and holds from the start of the cycle', () => {
  expect(set(2027, { 'levy.rate.employee': decided('0.03') }).get('levy.rate.employee')).toEqual({
    name: 'levy.rate.employee',
    value: '0.03',
    from: '2026-09-01',
    until: '2027-12-31',
    source: '测试文件',
    assumed: false,
  });
});

test('an override of a dated name holds for that year alone', () => {
  const overrides = { 'subsidy.standard.2027': decided('750'), 'collection.individual.2027.150200': decided('420') };
  expect(set(2027, overrides).text('subsidy.standard.2027')).toBe('750');
  const later = set(2028, overrides);
  expect([later.text('subsidy.standard.2028'), later.has('subsidy.standard.2027')]).toEqual(['724', false]);
  expect(later.has('collection.individual.2027.150200')).toBe(false);
});

test('an area has its own value where there is one, else the general one, name by name', () => {
  const law = set(2027, {
    'collection.window.end.150200': decided('12-20'),
    'collection.window.extension': decided('2027-01-31'),
  });
  const of = (name: 'start' | 'end' | 'extension', area: string) =>
    law.get(law.nameFor(`collection.window.${name}`, area)).value;
  expect([of('start', '150200'), of('end', '150200'), of('extension', '150200')]).toEqual([
    '09-01',
    '12-20',
    '2027-01-31',
  ]);
  expect(of('end', '150100')).toBe('12-31');
});

test('an override may set a value to none', () => {
  const law = set(2027, { 'collection.window.extension.150200': { value: null, source: '测试文件' } });
  const name = law.nameFor('collection.window.extension', '150200');
  expect(law.get(name)).toMatchObject({ name: 'collection.window.extension.150200', value: null, assumed: false });
});

describe('a simulation', () => {
  const values = new Map(parametersInForce(2027, {}).map(({ name, value }) => [name, value]));
  const names = [...values.keys()];
  const open = names.filter((name) => isOfLevyOrShare(name) && !name.startsWith('levy.start_year.'));
  const overridden = (list: readonly string[]) =>
    parametersInForce(
      2027,
      Object.fromEntries(list.map((name) => [name, { value: values.get(name)!, source: '办法' }])),
    );

  test('until every value of levy and sharing is decided, except the start years', () => {
    expect(isSimulation(overridden(open))).toBe(false);
  });
  test.each(open)('while %s alone is assumed', (name) => {
    expect(isSimulation(overridden(open.filter((other) => other !== name)))).toBe(true);
  });
});

test('what A and B state is not assumed', () => {
  const stated = parametersInForce(2026, {}).filter(({ assumed }) => !assumed);
  expect(stated.map(({ name }) => name)).toEqual([
    'budget.major_illness_floor',
    'collection.window.end',
    'collection.window.extension',
    'collection.window.start',
    'levy.start_year.employee',
    'levy.start_year.resident',
    'performance.target.low_income',
    'performance.target.reimbursement.employee',
    'performance.target.reimbursement.resident',
    'rates.floor',
    'subsidy.central',
    'subsidy.region.1',
    'subsidy.region.2',
    'subsidy.region.3',
    'subsidy.standard.2026',
  ]);
});

test('every value in force says what it is', () => {
  const law = parametersInForce(2027, { 'collection.window.end.150200': decided('12-20') });
  for (const { name } of [...law, ...productParametersInForce(2027)]) expect(aboutParameter(name).zh).not.toBe('');
  expect(() => aboutParameter('levy')).toThrow('levy');
});

describe('typed access', () => {
  const law = set(2027);
  test('a value of another type or an unknown name is an error', () => {
    expect(() => law.text('share.managerial')).toThrow('share.managerial');
    expect(() => law.flag('share.min')).toThrow('share.min');
    expect(() => law.list('share.bands.ratio')).toThrow('share.bands.ratio');
    expect(() => law.bands('risk.employee')).toThrow('risk.employee');
    // @ts-expect-error: the compiler knows no such name.
    expect(() => law.get('levy.rate')).toThrow('levy.rate');
  });
  test('each kind of value is read as such', () => {
    expect(law.text('levy.rate.employee')).toBe('0.05');
    expect(law.flag('share.managerial')).toBe(true);
    expect(law.list('risk.resident')).toEqual(['2', '4', '6', '12']);
    expect(law.bands('share.bands.ratio').at(-1)).toEqual([null, '-0.05']);
    expect(law.optional('share.scope_overspend')).toBeNull();
    expect(law.optional('share.reserve')).toBe('0');
  });
});

// The statistic of the year before or, where that is not yet published, the last known one, marked as assumed.
test.each([
  [2025, '98148', '40077', false],
  [2024, '97260', '35921', true],
  [2028, '101160', '40077', true],
])('standards of %d: wage %s, income %s', (year, wage, income, isIncomeAssumed) => {
  const all = new ParameterSet(productParametersInForce(year));
  expect([all.text('standards.average_wage'), all.text('standards.disposable_income')]).toEqual([wage, income]);
  expect(all.get('standards.disposable_income').assumed).toBe(isIncomeAssumed);
});
