/** Figures of one area's resident collection (RULES 4, READINGS 20, 21). */
import { grossPremium, enrolmentRate, progress, reconciliationDifference, rowDifference } from '../../rules/collection';
import { decimal, fixed, yuanText } from '../../rules/money';
import { type Ratio, roundRatio } from '../../rules/ratio';

const printed = (ratio: Ratio | null): string => (ratio === null ? '' : fixed(roundRatio(ratio, 4), 4));

// paid, target insured, progress as printed
// prettier-ignore
test.each([
  ['0',     '100', '0.0000'],
  ['2',       '3', '0.6667'],
  ['100',   '100', '1.0000'],
  ['101',   '100', '1.0100'],
  ['19999', '20000', '1.0000'], // 0.99995 is printed 1.0000, but compared as it is
  ['5',       '0', ''],
])('progress: %s of %s', (paid, target_insured, expected) => {
  expect(printed(progress({ paid: decimal(paid), target_insured: decimal(target_insured) }))).toBe(expected);
});

// paid, registered, whether 99 % is reached
// prettier-ignore
test.each([
  ['99',      '100',    true],
  ['98',      '100',    false],
  ['989999',  '1000000', false],
  ['990000',  '1000000', true],
])('low-income enrolment: %s of %s', (paid, registered, reached) => {
  const rate = enrolmentRate({ paid: decimal(paid), registered: decimal(registered) });
  expect(rate?.gte('0.99')).toBe(reached);
});

test('a class without persons has no rate', () => {
  expect(enrolmentRate({ paid: decimal('0'), registered: decimal('0') })).toBeNull();
});

// tax amount     collected  quarantined   difference
// prettier-ignore
test.each([
  ['9076.80',     '5336.80', '2761.00',    '979.00'], // 150100 of the case collection-2027
  ['2982.00',     '1302.00', '1660.00',     '20.00'],
  ['2000.00',     '2000.00',    '0.00',      '0.00'],
  ['0.00',           '0.00',  '800.00',   '-800.00'],
  ['400.00',       '400.00', '-400.00',    '400.00'], // quarantined refunds count negative
])('tax bureau %s, collected %s, quarantined %s', (tax, collected, quarantined, difference) => {
  const money = {
    tax_amount: decimal(tax),
    collected: decimal(collected),
    quarantined_amount: decimal(quarantined),
  };
  expect(yuanText(reconciliationDifference(money))).toBe(difference);
});

// tax rows, accepted, quarantined, difference
// prettier-ignore
test.each([
  ['46', '19', '27',  '0'],
  ['40', '19', '27', '-6'],
  ['47', '19', '27',  '1'],
])('rows: tax bureau %s, accepted %s, quarantined %s', (tax_rows, accepted_rows, quarantined_rows, difference) => {
  const rows = {
    tax_rows: decimal(tax_rows),
    accepted_rows: decimal(accepted_rows),
    quarantined_rows: decimal(quarantined_rows),
  };
  expect(rowDifference(rows).toFixed()).toBe(difference);
});

test('premium is gross: what persons pay, and the aid for them', () => {
  expect(yuanText(grossPremium({ collected: decimal('1720.00'), aid: decimal('680.00') }))).toBe('2400.00');
});
