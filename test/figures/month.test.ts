/** Checked funds at a month's end (RULES 7): surplus, prepaid levy, level, findings, and where each amount comes from. */
import type { Law } from '../../parameters/law';
import { type FundFacts, checkedFund } from '../../figures/month/checked-fund';
import { monthFindings } from '../../figures/month/findings';
import { monthEnd } from '../../rules/calendar-day';
import { decimal, yuanText } from '../../rules/money';
import { itemAmounts as items } from './items';
import { lawWith } from './laws';

const YEAR = 2028;
const LAW = lawWith(YEAR);

/** An employees' fund with 1 200.00 in a year on both sides of its budget, 1 000.00 at its opening, and no levy. */
const facts = (of: Partial<FundFacts> = {}): FundFacts => ({
  area: '150100',
  scheme: 'employee',
  actuals: items({}),
  budget: items({ premium: '1200.00', inpatient: '1200.00' }),
  adjustment: null,
  opening: decimal('1000.00'),
  collection: null,
  levy: null,
  advanced: decimal('0'),
  ...of,
});
const check = (of: Partial<FundFacts>, month: number, law: Law = LAW) =>
  checkedFund(facts(of), law, { year: YEAR, month, date: monthEnd(YEAR, month) });

describe('prepaid by the end of a month', () => {
  const levy = { prepaid: decimal('100.03'), unpaid: false };
  const prepaid = (month: number, law?: Law, of: Partial<FundFacts> = { levy }): string =>
    yuanText(decimal(check(of, month, law).because.prepaid_to_date?.value as string));

  // Instalments are due on the 10th of January, April, July and October; the last takes the rest.
  test.each([
    [1, '25.00'],
    [3, '25.00'],
    [4, '50.00'],
    [6, '50.00'],
    [7, '75.00'],
    [9, '75.00'],
    [10, '100.03'],
    [12, '100.03'],
  ])('month %i: %s', (month, amount) => {
    expect(prepaid(month)).toBe(amount);
  });

  test('the calendar of the year decides: an instalment moved from April to May is not made in April', () => {
    const moved = lawWith(YEAR, { 'calendar.prepayment_2': `${YEAR}-05-10` });
    expect([4, 5].map((month) => prepaid(month, moved))).toEqual(['25.00', '50.00']);
    const { surplus, because } = check({ levy }, 4, moved);
    expect(yuanText(surplus.value)).toBe('975.00');
    expect(because.prepaid_to_date?.inputs.made).toEqual({
      value: 1,
      from: { stated: '1、5、7、10 月各缴一次，截至本月已缴次数' },
    });
  });

  test('a withheld levy is not paid', () => {
    expect(prepaid(12, LAW, { levy: { ...levy, unpaid: true } })).toBe('0.00');
  });

  test('before the phase there is no levy', () => {
    expect(prepaid(12, LAW, {})).toBe('0.00');
  });
});

// what is shown, the facts, month, surplus
// prettier-ignore
test.each<[string, Partial<FundFacts>, number, string]>([
  ['opening alone',                      {},                                                                                 1, '1000.00'],
  ['income in, expenditure out',         { actuals: items({ premium: '300.00', inpatient: '120.50' }) },                      3, '1179.50'],
  ['transfers between funds do not count', { actuals: items({ superior_grant: '50.00', levy_to_superior: '70.00' }) },        3, '1000.00'],
  ['an advance counts from its date',    { advanced: decimal('40.00') },                                                     3, '1040.00'],
  ['residents: what was collected counts', { scheme: 'resident', collection: { amount: decimal('200.00'), byPerson: true } }, 3, '1200.00'],
  ['residents: premium of the actuals too', { scheme: 'resident', collection: { amount: decimal('200.00'), byPerson: false }, actuals: items({ premium: '1.00' }) }, 3, '1201.00'],
])('surplus: %s', (_what, of, month, surplus) => {
  expect(yuanText(check(of, month).surplus.value)).toBe(surplus);
});

test('residents: premium and subsidy are kept apart from other income, in the actuals and in the budget', () => {
  const { inputs } = check(
    {
      scheme: 'resident',
      collection: { amount: decimal('200.00'), byPerson: true },
      actuals: items({ premium: '1.00', fiscal_subsidy: '90.00', interest: '2.00', inpatient: '30.00' }),
      budget: items({ premium: '201.00', fiscal_subsidy: '100.00', interest: '4.00', inpatient: '300.00' }),
    },
    6,
  );
  expect(Object.entries(inputs).map(([name, value]) => `${name} ${String(value)}`)).toEqual([
    'surplus 1263',
    'income 2',
    'lump_premium 201',
    'lump_subsidy 90',
    'expenditure 30',
    'budgeted_income 4',
    'budgeted_subsidy 100',
    'budgeted_expenditure 300',
    'prepaid 0',
    'month 6',
    'bounds 2,4,6,12',
  ]);
});

test('where the collection is counted by person its reason names the payments, else the tax bureau’s total', () => {
  const because = (byPerson: boolean) =>
    check({ scheme: 'resident', collection: { amount: decimal('1'), byPerson } }, 1).because.collected;
  expect(because(true)?.formula).toBe('paid + enrolled');
  expect(because(false)?.formula).toBe('total');
});

describe('findings', () => {
  const findings = (of: Partial<FundFacts>, month: number) =>
    monthFindings(check(of, month), LAW, YEAR).map(({ code, subject, figure }) => [code, subject, figure]);

  // Budgeted 1 200.00 a year; the band is 0.85 to 1.15. What is shown, month, expenditure, the finding's ratio.
  // prettier-ignore
  test.each<[string, number, string, string | null]>([
    ['as budgeted',                    6, '600.00', null],
    ['the lower end of the band',      6, '510.00', null],
    ['a fen below it',                 6, '509.99', '0.8500'],
    ['the upper end of the band',      6, '690.00', null],
    ['a fen above it',                 6, '690.01', '1.1500'],
    ['twice the budget',               6, '1200.00', '2.0000'],
  ])('expenditure %s', (_what, month, inpatient, ratio) => {
    const expected = ratio === null ? [] : [['budget_execution', 'expenditure', ratio]];
    expect(findings({ opening: decimal('9000.00'), actuals: items({ inpatient }) }, month)).toEqual(expected);
  });

  test('income is checked in December only', () => {
    const actuals = items({ premium: '100.00', inpatient: '1200.00' });
    expect(findings({ actuals, opening: decimal('9000.00') }, 12)).toEqual([['budget_execution', 'income', '0.0833']]);
  });

  test('without a budget there is no ratio', () => {
    expect(findings({ budget: items({}), actuals: items({ inpatient: '1.00' }) }, 6)).toEqual([]);
  });

  test('red is reported upward, with the months that are left', () => {
    const red = { opening: decimal('10.00'), actuals: items({ inpatient: '600.00', premium: '600.00' }) };
    expect(findings(red, 6)).toEqual([['report_upward', undefined, '0.10']]);
  });
});

test('the budget that a month is judged with is named: of 1 January, or the adjustment in force', () => {
  const budgetOf = (adjustment: number | null) => {
    const fund = check({ adjustment, actuals: items({ inpatient: '600.00' }) }, 3);
    const [finding] = monthFindings(fund, LAW, YEAR).filter(({ code }) => code === 'budget_execution');
    return [fund.because.level?.inputs.budgeted_expenditure?.from, finding?.because.inputs.budget?.from];
  };
  for (const from of budgetOf(null)) expect(from).toMatchObject({ rows: 'budgets.csv' });
  for (const from of budgetOf(4)) expect(from).toMatchObject({ rows: 'adjusted_budgets.csv', of: { version: 4 } });
});
