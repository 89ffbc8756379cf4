/** What the checks of a version, a directed budget, the budget in force and the region's summary say of their sources. */
import { checksOf } from '../../figures/budgets/checks';
import { type DirectedFacts, directedBudget } from '../../figures/budgets/directed';
import type { VersionFacts } from '../../figures/budgets/facts';
import { adjustedItems, directedItems, submittedItems } from '../../figures/budgets/in-force';
import { summaryOf } from '../../figures/budgets/region-summary';
import { DEVIATION_FROM_BUDGET } from '../../rules/budget-checks';
import { decimal, yuanText } from '../../rules/money';
import { lines } from '../rules/budgets';
import { lawWith } from './laws';

const law = lawWith(2028, {
  'budget.slight_surplus': '0',
  'budget.deviation': '0.15',
  'budget.major_illness_floor': '0.06',
});
const VERSION: VersionFacts = {
  year: 2028,
  scheme: 'employee',
  area: '150100',
  version: 2,
  rows: lines({
    premium: '100.00',
    inpatient: '40.00',
    advertising: '1.00',
    total_income: '100.00',
    levy_to_superior: '5.00',
  }),
  estimate: [{ part: 'pooled', item: 'premium', amount: decimal('100.00') }],
  prepaid: decimal('5.00'),
  targetInsured: null,
};
const checked = (facts: VersionFacts) => Object.fromEntries(checksOf(facts, law).map((check) => [check.check, check]));

test('every check has a figure and a result, each with its reason', () => {
  const checks = checksOf(VERSION, law);
  expect(checks.map(({ check, result, figure }) => `${check} ${result} ${figure}`)).toEqual([
    'identity pass 0.00',
    'no_deficit pass 55.00',
    'slight_surplus pass 0.5500',
    'levy_included pass 0.00',
    'deviation fail 2', // nothing was estimated for inpatient and for the levy
    'negative_amount pass 0',
    'unknown_item fail 1',
  ]);
  for (const { because } of checks) expect(because.result.inputs).toEqual(because.figure.inputs);
});

test('what deviates are known items of the pooled part, in the order of their names', () => {
  const { deviation } = checked(VERSION);
  expect(deviation!.because.figure.inputs.amount).toEqual({
    from: {
      rows: 'budget_submissions.csv',
      of: {
        area: '150100',
        scheme: 'employee',
        version: 2,
        part: 'pooled',
        item: ['inpatient', 'levy_to_superior', 'premium'],
        by: 'item',
      },
    },
  });
});

test('an adjustment rests on its own file, and is compared with the budget in force', () => {
  const cells = {
    area: '150100',
    scheme: 'employee',
    part: 'pooled',
    item: ['inpatient', 'levy_to_superior', 'premium'],
    by: 'item',
  };
  const inForce = (adjustment: number | null) =>
    checked({ ...VERSION, version: 4, adjusts: { adjustment } }).deviation!.because.figure;
  expect(inForce(null).inputs.amount).toEqual({
    from: { rows: 'budget_adjustments.csv', of: { ...cells, version: 4 } },
  });
  expect(inForce(null).inputs.in_force).toEqual({ from: { rows: 'budgets.csv', of: cells } });
  expect(inForce(3).inputs.in_force).toEqual({ from: { rows: 'adjusted_budgets.csv', of: { ...cells, version: 3 } } });
  expect(inForce(3).formula).toBe(DEVIATION_FROM_BUDGET.figure.formula);
});

test('an adjusted budget holds its known items, each with its line, from a day that says why', () => {
  const dates = { date: '2028-05-20', approvedOn: '2028-06-02', from: '2028-07-01' };
  const { items, because } = adjustedItems({ area: '150100', scheme: 'employee', version: 4 }, VERSION.rows, dates);
  expect(items.map(({ item, amount }) => `${item} ${yuanText(amount)}`)).toEqual([
    'premium 100.00',
    'inpatient 40.00',
    'levy_to_superior 5.00',
  ]);
  expect(items[0]!.because.inputs.value!.from).toMatchObject({
    rows: 'budget_adjustments.csv',
    of: { version: 4, item: 'premium' },
  });
  expect(because.from!.inputs).toMatchObject({
    value: { value: '2028-07-01' },
    dated: { value: '2028-05-20' },
    approved: { value: '2028-06-02' },
  });
});

test('a stated total is paired with the items that it adds up', () => {
  const { stated, counted } = checked(VERSION).identity!.because.figure.inputs;
  expect(stated!.from).toMatchObject([{ of: { part: 'pooled', item: 'total_income' } }]);
  expect(counted!.from).toMatchObject([
    { of: { part: 'pooled', item: expect.arrayContaining(['premium', 'interest']) as string[] } },
  ]);
});

/** Premium 100, levy 50, transfers 10: 40 may be spent of the 80 submitted. */
const DIRECTED: DirectedFacts = {
  scheme: 'employee',
  area: '150100',
  version: 3,
  rows: lines({ premium: '100.00', inpatient: '60.00', outpatient: '20.00', transfer_out: '10.00' }),
  prepaid: decimal('50.00'),
};

test('a directed budget keeps its intermediate sums, and an item the place at which it was cut', () => {
  const { directed, because, itemBecause } = directedBudget(DIRECTED, law);
  const [income, other, allowed] = ['income', 'other', 'allowed'].map((name) => because[name]!.value);
  expect([income, other, allowed]).toEqual(['100', '60', '40']);
  expect(directed.items.map(({ item, amount }) => `${item} ${yuanText(amount)}`)).toEqual([
    'premium 100.00',
    'inpatient 30.00',
    'outpatient 10.00',
    'transfer_out 10.00',
    'levy_to_superior 50.00',
  ]);
  expect(itemBecause('pooled', 'outpatient').inputs.place).toMatchObject({ value: 2 });
  expect(itemBecause('pooled', 'transfer_out').formula).toBe('max(0, submitted)');
  expect(itemBecause('pooled', 'levy_to_superior').inputs).toHaveProperty('prepaid');
});

// The lines are those of the version, or those of the estimate where nothing was submitted.
test.each([
  [3, { rows: 'budget_submissions.csv' }],
  [0, { figure: 'budget_estimate.amount' }],
])('directed from version %d', (version, from) => {
  const { itemBecause } = directedBudget({ ...DIRECTED, version }, law);
  expect(itemBecause('pooled', 'premium').inputs.submitted!.from).toMatchObject(from);
});

test('what comes into force: known items as they were submitted, or the directed items', () => {
  const approved = submittedItems({ scheme: 'employee', area: '150100', version: 2 }, VERSION.rows);
  expect(approved.items.map(({ item, amount }) => `${item} ${yuanText(amount)}`)).toEqual([
    'premium 100.00',
    'inpatient 40.00',
    'levy_to_superior 5.00',
  ]);
  expect(approved.because.origin!.inputs.value).toEqual({ value: 'submitted', from: { stated: '报送并批复的版本' } });

  const directed = directedItems({ scheme: 'employee', area: '150100', version: 3 }, directedBudget(DIRECTED, law));
  expect(directed.items).toHaveLength(5);
  expect(directed.because.origin!.inputs.value).toMatchObject({ value: 'directed' });
  expect(Object.keys(directed.because)).toEqual(expect.arrayContaining(['income', 'other', 'allowed', 'version']));
});

test('the region’s summary adds up each scheme and part by itself', () => {
  const row = (scheme: 'employee' | 'resident', part: 'pooled' | 'personal_account', amount: string) => ({
    scheme,
    part,
    item: 'premium' as const,
    amount: decimal(amount),
  });
  const summary = summaryOf([
    row('resident', 'pooled', '3.00'),
    row('employee', 'pooled', '1.00'),
    row('employee', 'personal_account', '0.50'),
    row('employee', 'pooled', '1.00'),
  ]);
  expect(summary.map(({ scheme, part, amount }) => `${scheme} ${part} ${yuanText(amount)}`)).toEqual([
    'employee personal_account 0.50',
    'employee pooled 2.00',
    'resident pooled 3.00',
  ]);
});
