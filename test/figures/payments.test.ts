/** 总额预算与清算: from a budget and the accounts of its units to what each is owed, and what of it is a finding (RULES 11). */
import { type Allotment, allotmentOf } from '../../figures/payments/allotment';
import type { AllottedUnit } from '../../db/total-budgets';
import { type ClearingFacts, clearedRow, clearingOf } from '../../figures/payments/clearing';
import { type AfterClearing, clearingFindings, openClearingFindings } from '../../figures/payments/findings';
import { decimal, zero } from '../../rules/money';
import type { UnitKind } from '../../rules/vocabulary';
import { lawWith } from './laws';

const FUND = { area: '150100', scheme: 'employee' } as const;
const law = lawWith(2028);

const unitOf = (kind: UnitKind, unit: string, budget: string, incurred: string, paid = '0.00'): AllottedUnit => ({
  unit,
  name: '单位',
  kind,
  budget: decimal(budget),
  incurred: decimal(incurred),
  paid: decimal(paid),
});
const facts = (units: AllottedUnit[], reserve = '50.00'): ClearingFacts => ({
  ...FUND,
  reserve: decimal(reserve),
  units,
});

describe('分配', () => {
  const units = [
    { unit: 'H1', kind: 'institution', weight: decimal('3') },
    { unit: 'M1', kind: 'community', weight: decimal('1.0') },
  ] as const;
  const allotted = (changed = {}): Allotment =>
    allotmentOf({ ...FUND, items: ['600.00', '350.00', '50.00'].map(decimal), units }, lawWith(2028, changed));

  test('the vector of RULES 11: the total less its reserve, by weight', () => {
    const { total, reserve, units: of } = allotted();
    expect([total, reserve]).toEqual(['1000.00', '50.00']);
    expect(of.map(({ unit, weight, budget }) => [unit, weight, budget])).toEqual([
      ['H1', '3', '712.50'],
      ['M1', '1', '237.50'],
    ]);
  });
  test('the reserve is a value of law', () => {
    expect(allotted({ 'payment.reserve': '1' }).units.map(({ budget }) => budget)).toEqual(['0.00', '0.00']);
  });
  test('a budget names its place, and the weights of all units by reference', () => {
    const [, second] = allotted().units;
    expect(second?.because.budget.inputs).toMatchObject({
      total: { value: '1000.00', from: { figure: 'total_budget.total', of: { ...FUND, unit: 'reserve' } } },
      held: { value: '50.00', from: { figure: 'total_budget.budget', of: { ...FUND, unit: 'reserve' } } },
      weight: { from: { rows: 'payment_units.csv', of: { ...FUND, column: 'weight', by: 'unit' } } },
      place: { value: 2 },
    });
  });
});

describe('清算', () => {
  const cleared = (units: AllottedUnit[], reserve?: string, of = law) =>
    clearingOf(facts(units, reserve), of).units.map((unit) => {
      const { retained, entitled, fund_share, payable, clearing } = clearedRow(unit);
      return [retained, entitled, fund_share, payable, clearing];
    });

  // what is shown                                     the unit                                                              kept    entitled   fund     payable   clearing
  // prettier-ignore
  test.each<[string, AllottedUnit, string[]]>([
    ['an institution keeps 60 % of what it saved',     unitOf('institution', 'H1', '712.50', '700.00', '680.00'),            ['7.50', '0.00',  '0.00',  '707.50', '27.50']],
    ['a community keeps all of it, and gives back',    unitOf('community', 'M1', '237.50', '230.00', '240.00'),              ['7.50', '0.00',  '0.00',  '237.50', '-2.50']],
    ['half of overspending within 10 % is borne',      unitOf('community', 'M1', '237.50', '300.00', '240.00'),              ['0.00', '11.88', '11.88', '249.38', '9.38']],
    ['care elsewhere below its budget is paid at cost', unitOf('elsewhere', 'X1', '350.00', '300.00', '300.00'),             ['0.00', '0.00',  '0.00',  '300.00', '0.00']],
    ['care elsewhere above it too',                    unitOf('elsewhere', 'X1', '950.00', '1200.00', '1100.00'),            ['0.00', '0.00',  '0.00',  '1200.00', '100.00']],
    ['a unit that has left is owed nothing',           unitOf('institution', 'H9', '0.00', '0.00', '12.00'),                 ['0.00', '0.00',  '0.00',  '0.00', '-12.00']],
  ])('%s', (_what, unit, row) => {
    expect(cleared([unit])).toEqual([row]);
  });

  test('a reserve that runs short is split by what is due, and care elsewhere gets none of it', () => {
    const units = [
      unitOf('institution', 'H1', '400.00', '480.00', '350.00'),
      unitOf('institution', 'H2', '200.00', '250.00', '150.00'),
      unitOf('elsewhere', 'X1', '350.00', '500.00', '300.00'),
    ];
    const { fundShare } = clearingOf(facts(units), lawWith(2028, { 'payment.over_limit': '0.20' }));
    expect(cleared(units, '50.00', lawWith(2028, { 'payment.over_limit': '0.20' }))).toEqual([
      ['0.00', '40.00', '33.33', '433.33', '83.33'],
      ['0.00', '20.00', '16.67', '216.67', '66.67'],
      ['0.00', '0.00', '0.00', '500.00', '200.00'],
    ]);
    expect(fundShare.value.toFixed(2)).toBe('50.00');
  });

  test('each kind keeps by its own value of law', () => {
    const saved = [unitOf('institution', 'H1', '100.00', '90.00'), unitOf('community', 'M1', '100.00', '90.00')];
    const [institution, community] = clearingOf(facts(saved), law).units;
    expect(institution?.figures.retained.because.inputs.retain?.from).toMatchObject({
      parameter: 'payment.retain.institution',
      assumed: true,
    });
    expect(community?.figures.retained.because.inputs.retain?.from).toMatchObject({
      parameter: 'payment.retain.community',
    });
  });
});

describe('发现问题', () => {
  const after = (units: AllottedUnit[], more: Partial<AfterClearing> = {}): AfterClearing => ({
    ...facts(units),
    year: 2028,
    paidForEarlierYears: zero,
    bookedCare: units.reduce((total, { paid }) => total.plus(paid), zero),
    expenditure: decimal('12000.00'),
    ...more,
  });
  const found = (of: AfterClearing) => clearingFindings(of).map(({ code, figure }) => [code, figure]);

  test('none for a year in which all kept to their budgets and were paid', () => {
    expect(found(after([unitOf('institution', 'H1', '100.00', '95.00', '95.00')]))).toEqual([]);
  });
  test('overspending of those who could have kept to their budgets', () => {
    const units = [
      unitOf('community', 'M1', '237.50', '300.00', '300.00'),
      unitOf('elsewhere', 'X1', '10.00', '90.00', '90.00'),
    ];
    expect(found(after(units))).toEqual([['total_budget_over', '62.50']]);
  });
  test('payments that are not in the books, care of earlier years included', () => {
    const units = [unitOf('institution', 'H1', '100.00', '95.00', '95.00')];
    const more = { paidForEarlierYears: decimal('5.00'), bookedCare: decimal('120.00') };
    expect(found(after(units, more))).toEqual([['units_paid_differ', '-20.00']]);
  });
  test('more than a month’s expenditure unpaid, care elsewhere included', () => {
    const units = [
      unitOf('institution', 'H1', '1000.00', '950.00', '100.00'),
      unitOf('elsewhere', 'X1', '500.00', '400.00', '200.00'),
    ];
    expect(found(after(units))).toEqual([['unpaid_at_units', '1050.00']]);
    expect(found(after(units, { expenditure: decimal('12600.00') }))).toEqual([]);
  });

  test('a clearing beside a gap', () => {
    const open = (gap: string, ...clearing: string[]) =>
      openClearingFindings(FUND, clearing.map(decimal), decimal(gap)).map(({ figure }) => figure);
    expect(open('110.00', '83.33', '66.67')).toEqual(['150.00']);
    expect(open('0.00', '83.33')).toEqual([]);
    expect(open('110.00')).toEqual([]);
  });
});
