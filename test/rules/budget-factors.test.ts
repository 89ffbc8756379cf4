/** Estimates by factors: heads, base, rate and collection; insured, visits, cost, pay rate and policy (RULES 6). */
import { benefitByFactors, premiumByFactors } from '../../rules/budget-factors';
import { decimal, yuanText } from '../../rules/money';

const columns = <Name extends string>(names: readonly Name[], rows: readonly (readonly string[])[]) =>
  Object.fromEntries(names.map((name, at) => [name, rows.map((row) => decimal(row[at] as string))])) as Record<
    Name,
    ReturnType<typeof decimal>[]
  >;
const premium = (...rows: string[][]) =>
  yuanText(premiumByFactors(columns(['heads', 'contribution_base', 'contribution_rate', 'collection_rate'], rows)));
const benefit = (...rows: string[][]) =>
  yuanText(benefitByFactors(columns(['insured', 'visits', 'cost', 'pay_rate', 'policy'], rows)));

// 757 350 of units, 116 280 of flexible workers, 22 950 of the unemployed
test('the premium is the sum over its classes', () => {
  const rows = [
    ['100', '90000.00', '0.085', '0.99'],
    ['20', '72000.00', '0.085', '0.95'],
    ['5', '54000.00', '0.085', '1'],
  ];
  expect(premium(...rows)).toBe('896580.00');
});

test('a benefit is the sum over its bands, each moved by its change of policy', () => {
  const rows = [
    ['95', '0.15', '18000.00', '0.85', '0'],
    ['55', '0.35', '16000.00', '0.88', '0.02'],
  ];
  expect(benefit(...rows)).toBe('494485.80');
  expect(benefit(['1000', '2.5', '80.00', '0.55', '0.10'])).toBe('121000.00');
  expect(benefit(['1000', '2.5', '80.00', '0.55', '-0.5'])).toBe('55000.00');
});

// Each row alone would come to 0.005 or 0.0025.
test('rounded once, over all rows', () => {
  expect(premium(['1', '0.005', '1', '1'])).toBe('0.01');
  expect(premium(['1', '0.0025', '1', '1'], ['1', '0.0025', '1', '1'])).toBe('0.01');
  expect(premium(['1', '0.0049', '1', '1'], ['1', '0.0001', '1', '1'])).toBe('0.01');
  expect(benefit(['1', '1', '0.0025', '1', '0'], ['1', '1', '0.00249', '1', '0'])).toBe('0.00');
});

test('factors that come to nothing are nothing', () => {
  expect(premium(['0', '90000.00', '0.085', '1'])).toBe('0.00');
});

test('long numbers lose no digit', () => {
  const row = ['9999999999999999', '0.0000000000000001', '0.9999999999999999', '0.9999999999999999'];
  expect(premium(row)).toBe('1.00');
  expect(premium(['9999999999999999', '9999999999999999.99', '0.0000000000000001', '1'])).toBe('9999999999999998.99');
});
