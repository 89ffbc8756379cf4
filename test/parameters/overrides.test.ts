/** What an override may be, in pairs: an accepted value and one beside it that is refused. */
import fc from 'fast-check';
import { faultsOfOverrides } from '../../parameters';

/** Every fault as one sentence. */
const overrideFaults = (overrides: Record<string, unknown>, of = context): string[] =>
  faultsOfOverrides(overrides, of).map(({ name, found, expected }) =>
    found === null ? `${name}: ${expected}` : `${name}: ${found}；应为${expected}`,
  );

const context = { year: 2028, areas: ['150100', '150200'] };
const faultsOf = (values: Record<string, unknown>, of = context) =>
  overrideFaults(
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, source: '测试文件' }])),
    of,
  );

// prettier-ignore
const pairs: [name: string, taken: unknown, refused: unknown][] = [
  ['levy.rate.employee', '0', '-0.01'],
  ['levy.rate.employee', '1', '1.01'],
  ['levy.rate.resident', '0.05', 0.05],
  ['levy.rate.resident', '0.050', '5%'],
  ['levy.rate.resident', '0.05', '.05'],
  ['levy.start_year.employee', '2030', '30'],
  ['levy.start_year.resident', '9999', 2030],
  ['levy.base', 'premium_only', 'premium'],
  ['levy.cap.mode', 'none', 'never'],
  ['levy.cap.value', '0', '-1'],
  ['levy.cap.value', '6.5', null],
  ['share.reserve', '0', '-0.01'],
  ['share.reserve', '1000000.55', '0.555'],
  ['share.managerial', false, 'false'],
  ['share.match_area', true, 1],
  ['share.alpha0', '0.65', '65'],
  ['share.min', '0.80', '0.81'],
  ['share.max', '0.50', '0.49'],
  ['share.scope_overspend', null, 'none'],
  ['share.scope_overspend', '0.30', '30'],
  ['share.disqualify.days_late', '0', '0.5'],
  ['share.disqualify.collection_below', '0', null],
  ['share.bands.ratio', [['0.8', '0.1'], ['0.9', '0'], [null, '-0.1']], [['0.9', '0'], ['0.8', '0.1'], [null, '-0.1']]],
  ['share.bands.ratio', [[null, '0']], []],
  ['share.bands.aged', [['1.2', '0.1'], ['0.8', '0'], [null, '-0.1']], [['0.8', '0'], ['1.2', '0.1'], [null, '-0.1']]],
  ['share.bands.collection', [['1.0', '0.1'], [null, '0']], [['1.0', '0.1'], ['0.9', '0']]],
  ['share.bands.collection', [['1.0', '0.1'], [null, '0']], [[null, '0'], ['1.0', '0.1']]],
  ['share.bands.expansion', [['1.0', '0.1'], [null, '0']], [['1.0', '0.1'], ['1.0', '0.2'], [null, '0']]],
  ['share.bands.expansion', [['1.0', '-1'], [null, '1']], [['1.0', '5'], [null, '0']]],
  ['share.bands.expansion', [['1.0', '0'], [null, '0']], [['1.0', 0], [null, '0']]],
  ['share.premium_floor', '0', '1.01'],
  ['share.bands.performance', [['90', '0.05'], ['80', '0'], [null, '-0.05']], [['80', '0'], ['90', '0.05'], [null, '-0.05']]],
  ['rates.floor', '0.08', '8'],
  ['rates.step', '0', '-0.005'],
  ['performance.target.collection', '0.98', '-1'],
  ['performance.target.months_payable.resident', '6.5', 'six'],
  ['budget.slight_surplus', '0.01', '1.01'],
  ['budget.deviation', '0', '15'],
  ['budget.growth_band', '0.10', '-0.10'],
  ['budget.major_illness_floor', '0.06', '6'],
  ['risk.employee', ['3', '6', '9', '15'], ['15', '9', '6', '3']],
  ['risk.employee', ['3', '3', '9.5', '15'], ['3', '6', '9']],
  ['risk.resident', ['2', '4', '6', '12'], '2'],
  ['risk.resident', ['0', '4', '6', '12'], ['-1', '4', '6', '12']],
  ['risk.resident', ['9', '10', '11', '100'], [9, 10, 11, 100]],
  ['collection.individual.2028', '400.5', '0'],
  ['collection.individual.2028', '0.01', '400.555'],
  ['collection.individual.2030.150100', '420', '-420'],
  ['subsidy.standard.2028', '750', 'free'],
  ['subsidy.central', '0.60', '60'],
  ['subsidy.region.3', '0', 'none'],
  ['collection.window.start', '09-15', '9-15'],
  ['collection.window.start.150100', '12-31', '12-32'],
  ['collection.window.end', '12-20', '2027-12-20'],
  ['collection.window.extension', '2028-02-29', '2028-03-01'],
  ['collection.window.extension', null, 'none'],
  ['collection.window.extension.150200', '2028-01-31', '2028-01-32'],
  ['collection.window.extension', '2027-09-01', '2027-08-31'],
  ['evaluation.weight.collection', '0', '-1'],
];
for (const [name, taken, refused] of pairs) {
  test(`${name}: ${JSON.stringify(taken)} is accepted, ${JSON.stringify(refused)} is refused`, () => {
    expect(faultsOf({ [name]: taken })).toEqual([]);
    const [fault, ...others] = faultsOf({ [name]: refused });
    // Where minimum and maximum cross, the minimum is named.
    expect(fault).toContain(name === 'share.max' && refused === '0.49' ? 'share.min' : name);
    expect(others).toEqual([]);
  });
}

// prettier-ignore
const names: [why: string, name: string][] = [
  ['unknown', 'levy.rate'],
  ['unknown', 'share.alpha'],
  ['unknown indicator', 'evaluation.weight.luck'],
  ['a fourth class', 'subsidy.region.4'],
  ['no year', 'subsidy.standard'],
  ['a short year', 'subsidy.standard.27'],
  ['a subsidy by area', 'subsidy.standard.2028.150100'],
  ['an unknown area', 'collection.individual.2028.150900'],
  ['an unknown area', 'collection.window.end.150900'],
  ['an area of a value that has none', 'levy.rate.employee.150100'],
  ['a value of the product', 'budget.execution.low'],
  ['a name of every object', 'constructor'],
];
for (const [why, name] of names) {
  test(`name refused, ${why}: ${name}`, () => {
    expect(faultsOf({ [name]: '0.5' })).toEqual([expect.stringContaining(name)]);
  });
}

// prettier-ignore
const together: [why: string, values: Record<string, unknown>, faulty: string | null][] = [
  ['no cap takes any number', { 'levy.cap.mode': 'none', 'levy.cap.value': '200' }, null],
  ['no cap needs no number', { 'levy.cap.mode': 'none', 'levy.cap.value': null }, null],
  ['a cap in months takes 6', { 'levy.cap.mode': 'top_up_months', 'levy.cap.value': '6' }, null],
  ['a cap in per cent takes 0.10', { 'levy.cap.mode': 'percent_of_income', 'levy.cap.value': '0.10' }, null],
  ['a cap in per cent takes the default of 2', { 'levy.cap.mode': 'percent_of_income' }, null],
  ['a cap in yuan takes millions', { 'levy.cap.mode': 'absolute', 'levy.cap.value': '300000000.50' }, null],
  ['minimum and maximum may meet', { 'share.min': '0.6', 'share.max': '0.60' }, null],
  ['minimum and maximum may not cross', { 'share.min': '0.61', 'share.max': '0.60' }, 'share.min'],
  ['a window may last one day', { 'collection.window.start': '10-01', 'collection.window.end': '10-01' }, null],
  ['a window does not end before it starts', { 'collection.window.start': '10-02', 'collection.window.end': '10-01' }, 'collection.window.start'],
  ['an area\'s end before the general start', { 'collection.window.end.150100': '08-31' }, 'collection.window.start'],
  ['an area\'s start after the general end', { 'collection.window.end': '10-01', 'collection.window.start.150100': '10-02' }, 'collection.window.start.150100'],
  ['a general extension before an area\'s start', { 'collection.window.extension': '2027-09-14', 'collection.window.start.150100': '09-15' }, 'collection.window.extension'],
];
for (const [why, values, faulty] of together) {
  test(`together: ${why}`, () => {
    expect(faultsOf(values)).toEqual(faulty === null ? [] : [expect.stringContaining(faulty)]);
  });
}

test('the last day of February is that of the year', () => {
  const extension = { 'collection.window.extension': '2027-02-28' };
  expect(faultsOf(extension, { ...context, year: 2027 })).toEqual([]);
  expect(faultsOf({ 'collection.window.extension': '2027-02-29' }, { ...context, year: 2027 })).toHaveLength(1);
});

test('29 February is a day of the window where the year before has one', () => {
  const start = { 'collection.window.start': '02-29' };
  expect(faultsOf(start, { ...context, year: 2029 })).toEqual([]);
  expect(faultsOf(start, { ...context, year: 2028 })).toHaveLength(1);
});

// prettier-ignore
test.each([
  ['no source', { value: '0.03' }],
  ['a blank source', { value: '0.03', source: '  ' }],
  ['a source that is no text', { value: '0.03', source: 1 }],
  ['no value', { source: '文件' }],
  ['a value alone', '0.03'],
  ['nothing', null],
  ['a word too many', { value: '0.03', source: '文件', from: '2027-07-01' }],
])('an override is a value and a source: %s', (_, override) => {
  expect(overrideFaults({ 'levy.rate.employee': override }, context)).toEqual([expect.stringContaining('levy.rate.employee')]);
});

test('all faults are reported at once', () => {
  expect(faultsOf({ 'levy.rate.employee': '5', 'share.min': 'x', nonsense: '1' })).toHaveLength(3);
});

test('a year without published standards asks for them; a year before the book begins is refused', () => {
  expect(faultsOf({}, { ...context, year: 2022 })).toEqual([expect.stringContaining('collection.individual.2022')]);
  expect(faultsOf({ 'collection.individual.2022': '320' }, { ...context, year: 2022 })).toEqual([]);
  expect(faultsOf({}, { ...context, year: 2021 })).toEqual([expect.stringContaining('2021')]);
});

test('the lower bound of the share may equal the upper one, whatever their zeros, and not pass it', () => {
  const cents = (n: number) => `0.${String(n).padStart(2, '0')}`;
  const hundredths = fc.integer({ min: 0, max: 99 });
  expect(faultsOf({ 'share.min': '0.5', 'share.max': '0.50' })).toEqual([]);
  fc.assert(
    fc.property(hundredths, hundredths, (min, max) => {
      expect(faultsOf({ 'share.min': cents(min), 'share.max': cents(max) })).toHaveLength(min > max ? 1 : 0);
    }),
  );
});

test('a value that no document gives for the year is named with its article and the remedy', () => {
  const of = { ...context, year: 2022 };
  const [fault, ...others] = faultsOf({}, of);
  expect(others).toEqual([]);
  expect(fault).toMatch(/^collection\.individual\.2022: .*2022 年度没有有效值 \(no value\)，依据 .*（一）/);
  expect(faultsOf({ 'collection.individual.2022': '320' }, of)).toEqual([]);
});

test('together with a fault of another kind, all at once', () => {
  const faults = faultsOf({ 'levy.rate': '0.05' }, { ...context, year: 2022 });
  expect(faults.map((fault) => fault.slice(0, fault.indexOf(':')))).toEqual([
    'levy.rate',
    'collection.individual.2022',
  ]);
});
