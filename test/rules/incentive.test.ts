/** Incentive of major-illness insurance (RULES 4, 国办发〔2024〕38号). */
import { decimal, yuanText } from '../../rules/money';
import { type IncentiveInputs, capIncrease, raisedCap } from '../../rules/incentive';

const of = (continuous: number, unclaimed: number, more: Partial<IncentiveInputs> = {}): IncentiveInputs => ({
  cap: decimal('300000.00'),
  continuous_years: decimal(String(continuous)),
  zero_claim_years: decimal(String(unclaimed)),
  broken: false,
  bonus_used: false,
  after_years: decimal('4'),
  a: decimal('4000'),
  b: decimal('4000'),
  ceiling: decimal('0.20'),
  ...more,
});

// what is shown                                  inputs                               increase
// prettier-ignore
test.each<[string, IncentiveInputs, string]>([
  ['four full years alone bring nothing',         of(4, 0),                                '0.00'],
  ['the fifth year is the first further one',     of(5, 0),                             '4000.00'],
  ['both parts add up',                           of(6, 2),                            '16000.00'],
  ['a year without a claim needs no four years',  of(1, 1),                             '4000.00'],
  ['at most 20 % of the cap',                     of(14, 6),                           '60000.00'],
  ['just below it',                               of(13, 5),                           '56000.00'],
  ['a break restarts the continuous years alone', of(9, 2, { broken: true }),           '8000.00'],
  ['a bonus that was used resets the other part', of(6, 5, { bonus_used: true }),       '8000.00'],
  ['both',                                        of(9, 9, { broken: true, bonus_used: true }), '0.00'],
  ['the nation’s floor',                          of(6, 2, { a: decimal('1000'), b: decimal('1000') }), '4000.00'],
  ['a ceiling that is no whole fen',              of(99, 0, { cap: decimal('0.03') }),     '0.01'], // 0.006
])('%s', (_what, inputs, increase) => {
  expect(yuanText(capIncrease(inputs))).toBe(increase);
});

test('the raised cap', () => {
  expect(yuanText(raisedCap({ cap: decimal('300000'), increase: decimal('16000') }))).toBe('316000.00');
});
