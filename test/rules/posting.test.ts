/** Double entry: which side an amount stands on (RULES 9). */
import fc from 'fast-check';
import { decimal, yuanText } from '../../rules/money';
import {
  DEBIT_ACCOUNTS,
  EXPENDITURE_ACCOUNTS,
  GAP_SUBSIDY,
  INCOME_ACCOUNTS,
  MONEY_ACCOUNTS,
  SPECIAL_ACCOUNT,
  itemSides,
  onSides,
} from '../../rules/posting';
import { ITEMS, ITEM_NAMES, isIncome } from '../../rules/vocabulary';
import { signedAmount } from './arbitraries';

const sides = (amount: string) => onSides({ debit: '财政专户存款', credit: '利息收入', amount: decimal(amount) });

test('a positive amount is posted as it is', () => {
  expect(sides('0.01')).toEqual({ debit: '财政专户存款', credit: '利息收入', amount: decimal('0.01') });
});

test('a negative amount is posted positive on swapped sides', () => {
  expect(sides('-0.01')).toEqual({ debit: '利息收入', credit: '财政专户存款', amount: decimal('0.01') });
});

test.each(['0', '0.00', '-0.00'])('%s is not posted', (amount) => {
  expect(sides(amount)).toBeNull();
});

test('whatever the sign, the debit account is up by the amount', () => {
  fc.assert(
    fc.property(signedAmount, (amount) => {
      const posted = onSides({ debit: 'A', credit: 'B', amount });
      const up = posted === null ? '0.00' : yuanText(posted.debit === 'A' ? posted.amount : posted.amount.neg());
      expect(up).toBe(yuanText(amount));
      expect(posted?.amount.gt(0) ?? true).toBe(true);
    }),
  );
});

test.each(ITEMS)('%s is paid through the special account', (item) => {
  const [debit, credit] = isIncome(item) ? [SPECIAL_ACCOUNT, ITEM_NAMES[item]] : [ITEM_NAMES[item], SPECIAL_ACCOUNT];
  expect(itemSides(item)).toEqual({ debit, credit });
});

test('what a government pays towards a gap is an income account, not an item', () => {
  expect(INCOME_ACCOUNTS).toContain(GAP_SUBSIDY);
  expect(Object.values(ITEM_NAMES)).not.toContain(GAP_SUBSIDY);
});

test('the places of money and expenditure are on the debit side', () => {
  expect(DEBIT_ACCOUNTS).toEqual([...MONEY_ACCOUNTS, ...EXPENDITURE_ACCOUNTS]);
  expect(MONEY_ACCOUNTS).toContain('财政专户存款');
});
