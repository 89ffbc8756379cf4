/** Contribution base and the step-up of employer rates (RULES 3, A(2)). */
import fc from 'fast-check';
import { contributionBase, rateStepUp, stepUpGrounds } from '../../rules/contribution';
import { decimal, yuanText } from '../../rules/money';
import { amount, rate } from './arbitraries';

// payroll average, w = 98148.00 → base: 78518.40 is 80 %, 294444.00 is 300 %
// prettier-ignore
test.each([
  ['60000.00',  '78518.40'],
  ['78518.39',  '78518.40'],
  ['78518.40',  '78518.40'],
  ['78518.41',  '78518.41'],
  ['100000.00', '100000.00'],
  ['294443.99', '294443.99'],
  ['294444.01', '294444.00'],
  ['0.00',      '78518.40'],
])('a payroll average of %s is counted as %s', (payroll, base) => {
  const inputs = { payroll_average: decimal(payroll), average_wage: decimal('98148.00') };
  expect(
    yuanText(contributionBase({ ...inputs, floor_factor: decimal('0.8'), ceiling_factor: decimal('3.0') })),
  ).toBe(base);
});

test('a bound that is not a whole fen is rounded half up, once', () => {
  const of = { payroll_average: decimal('1.00'), floor_factor: decimal('0.8'), ceiling_factor: decimal('3.0') };
  expect(yuanText(contributionBase({ ...of, average_wage: decimal('8179.17') }))).toBe('6543.34'); // 6543.336
});

test('the base lies between floor and ceiling, and higher pay never lowers it', () => {
  fc.assert(
    fc.property(amount, amount, amount, (one, other, average_wage) => {
      const of = { average_wage, floor_factor: decimal('0.8'), ceiling_factor: decimal('3.0') };
      const [less, more] = one.lte(other) ? [one, other] : [other, one];
      const [low, high] = [
        contributionBase({ ...of, payroll_average: less }),
        contributionBase({ ...of, payroll_average: more }),
      ];
      expect(low.lte(high) && high.lte(average_wage.times(3))).toBe(true);
      expect(low.plus('0.005').gte(average_wage.times('0.8'))).toBe(true);
    }),
  );
});

// what is shown             rate      next year
// prettier-ignore
test.each([
  ['half a point',           '0.06',   '0.065'],
  ['the last step is short', '0.067',  '0.07'],
  ['just one step',          '0.065',  '0.07'],
  ['at the floor',           '0.07',   '0.07'],
  ['above it: stays',        '0.08',   '0.08'],
  ['from nothing',           '0',      '0.005'],
])('employer rate, %s: %s → %s', (_what, employer_rate, next) => {
  const of = { employer_rate: decimal(employer_rate), floor: decimal('0.07'), step: decimal('0.005') };
  expect(rateStepUp(of).toFixed()).toBe(next);
});

test('year after year every rate reaches the floor and stays', () => {
  fc.assert(
    fc.property(rate, (start) => {
      let now = start;
      for (let year = 0; year < 14; year++)
        now = rateStepUp({ employer_rate: now, floor: decimal('0.07'), step: decimal('0.005') });
      expect(now.eq(start.gt('0.07') ? start : decimal('0.07'))).toBe(true);
    }),
  );
});

// The region has 2.4 workers to a retiree; last year cost 1200, so the green bound of 9 months is 900.
// rate, workers, retirees, surplus → grounds
// prettier-ignore
test.each<[string, string | null, string | null, string, string]>([
  ['0.06', '24', '10', '900.00', 'below_floor'],
  ['0.06', '23', '10', '900.00', 'below_floor;ratio'],
  ['0.06', '24', '10', '899.99', 'below_floor;tight'],
  ['0.06', '23', '10', '0.00',   'below_floor;ratio;tight'],
  ['0.06', null, '10', '900.00', 'below_floor'],       // a ground without its data is not tested
  ['0.06', '23', null, '900.00', 'below_floor'],
  ['0.06', '0',  '0',  '900.00', 'below_floor'],       // nobody retired: no ratio
  ['0.07', '23', '10', '-1.00',  'ratio;tight'],       // the rate stays, the grounds are named
  ['0.08', '24', '10', '900.00', ''],
])('grounds at %s with %s workers, %s retirees and a surplus of %s: %s', (employer_rate, workers, retirees, surplus, grounds) => {
  const heads = (text: string | null) => (text === null ? null : decimal(text));
  const of = { employer_rate: decimal(employer_rate), floor: decimal('0.07'), surplus: decimal(surplus), expenditure: decimal('1200.00') };
  const region = { region_in_service: decimal('2400'), region_retired: decimal('1000'), bounds: ['3', '6', '9', '15'].map(decimal) };
  expect(stepUpGrounds({ ...of, ...region, in_service: heads(workers), retired: heads(retirees) })).toBe(grounds);
  // Without last year's expenditure nobody knows whether the fund is tight.
  const unknown = stepUpGrounds({ ...of, ...region, in_service: null, retired: null, expenditure: decimal('0') });
  expect(unknown).toBe(employer_rate === '0.06' ? 'below_floor' : '');
});
