/** 紧急调剂 (RULES 8): what is advanced. */
import { advance } from '../../rules/emergency';
import { decimal, yuanText } from '../../rules/money';

test.each(['0.01', '40.00'])('%s is advanced as it was asked for', (amount) => {
  expect(yuanText(advance({ amount: decimal(amount) }))).toBe(amount);
});
