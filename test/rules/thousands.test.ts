/** Digits grouped by thousands, before the point alone. */
import { withThousands } from '../../rules/thousands';

test.each([
  ['0', '0'],
  ['999.99', '999.99'],
  ['1000', '1,000'],
  ['-1234567.80', '-1,234,567.80'],
  ['1234.56789', '1,234.56789'],
])('%s is written %s', (number, written) => {
  expect(withThousands(number)).toBe(written);
});
