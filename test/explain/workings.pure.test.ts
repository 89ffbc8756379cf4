/** The steps between the inputs of a formula and its figure are computed exactly, and rounded so that nobody misreads them. */
import { readFormula, written } from '../../explain/formula';
import { workingsOf } from '../../explain/workings';
import { unitBudget } from '../../rules/total-budget';
import { cappedLevy } from '../../rules/levy';
import { worstRiskLevel } from '../../rules/risk';
import { noFactor, fundPayment, dependencyStepEmployee, achievementStep } from '../../rules/share';
import type { Value } from '../../explain/tree';

const given = (inputs: Record<string, Value>) => Object.entries(inputs).map(([name, value]) => ({ name, value }));
const FALLING = [
  ['1.00', '0.05'],
  ['0.98', '0'],
  [null, '-0.10'],
];
const RISING = [
  ['0.8', '0.10'],
  ['1.0', '0.05'],
  [null, '-0.05'],
];

test('a fund that runs short: the total entitled, the area’s own part, and what each yuan of it is paid', () => {
  const inputs = given({ entitled: ['80.00', '40.00'], available: '90.00', place: '1' });
  expect(workingsOf(fundPayment.formula, inputs)).toEqual([
    { kind: 'sum', formula: 'sum(entitled)', value: '120.00' },
    { kind: 'place', formula: 'at(entitled, place)', value: '80.00' },
    { kind: 'share', formula: 'available / sum(entitled)', value: '0.7500' },
  ]);
});

test('a fund with enough money splits nothing', () => {
  const inputs = given({ entitled: ['80.00', '40.00'], available: '120.00', place: '2' });
  expect(workingsOf(fundPayment.formula, inputs).map(({ kind }) => kind)).toEqual(['sum', 'place']);
});

test('a budget from what is not held back: the difference is divided as a whole', () => {
  const inputs = given({ total: '1000.00', held: '50.00', weight: ['3', '1'], place: '2' });
  expect(workingsOf(unitBudget.formula, inputs).at(-1)).toEqual({
    kind: 'share',
    formula: '(total - held) / sum(weight)',
    value: '237.5000',
  });
});

test('a levy under a full cap: the room is never below 0', () => {
  const inputs = given({ uncapped: ['10.00', '30.00'], room: '-5.00', place: '1' });
  expect(workingsOf(cappedLevy.formula, inputs).at(-1)).toEqual({
    kind: 'share',
    formula: 'max(0, room) / sum(uncapped)',
    value: '0.0000',
  });
});

// Actual and target, the ratio as shown, the bound that held (null: the last band), and its step. A ratio that would be rounded
// onto a bound gets enough decimals to show its side.
// prettier-ignore
test.each([
  ['850.00',    '870.00',     '0.9770',   null,   '-0.10'],
  ['852.60',    '870.00',     '0.9800',   '0.98', '0'],
  ['999999.00', '1000000.00', '0.999999', '0.98', '0'],
  ['870.00',    '870.00',     '1.0000',   '1.00', '0.05'],
])('collection of %s against %s is %s', (actual, target, value, bound, step) => {
  expect(workingsOf(achievementStep.formula, given({ actual, target, bands: FALLING }))).toEqual([
    { kind: 'ratio', formula: 'actual / target', value, band: { compared: '>=', bound, step } },
  ]);
});

test('nobody retired: the last band without a ratio', () => {
  const inputs = { numerator: '5', denominator: '0', region_numerator: '100', region_denominator: '50', bands: RISING };
  expect(workingsOf(dependencyStepEmployee.formula, given(inputs))).toEqual([]);
});

test('a step with a missing input is left out', () => {
  expect(workingsOf(achievementStep.formula, given({ actual: null, target: '1', bands: FALLING }))).toEqual([]);
  expect(workingsOf('sum(rows) + collection', given({ rows: [null, '1.00'], collection: '2.00' }))).toEqual([]);
  expect(workingsOf(noFactor.formula, [])).toEqual([]);
});

test('lines of a formula use those above', () => {
  const inputs = given({
    ...{ surplus: '10', income: '0', lump_premium: '5', lump_subsidy: '1', expenditure: '6', budgeted_income: '12' },
    ...{ budgeted_subsidy: '2', budgeted_expenditure: '12', prepaid: '1', month: '6', bounds: ['2', '4', '6', '12'] },
  });
  const lines = workingsOf(worstRiskLevel.formula, inputs).filter(({ kind }) => kind === 'line');
  expect(lines.map(({ name, value }) => `${name ?? ''} ${value}`)).toEqual([
    'window 12',
    'lump 7',
    'balance 0',
    'by_months green',
    'by_balance excess',
    'by_surplus excess',
  ]);
});

// prettier-ignore
test.each([
  'gap > 0 ? stated_cause ?? "other_reasonable" : null',
  'not known_area ? "unknown_area" : before(paid_on, opens) and not exempt or before(closes, paid_on) ? "late" : -amount',
  '100 * sum(map(heads, share, each(h, s) = split(standard * h, [central, (1 - central) * s], place))) / sum(weight .* s)',
])('%s is read as it is written', (formula) => {
  expect(readFormula(formula).map(({ expression }) => written(expression))).toEqual([formula]);
});
test.each(['1 +', 'max(1, 2', 'a b', '2 # 3'])('%s is not a formula', (text) => {
  expect(() => readFormula(text)).toThrow(SyntaxError);
});
