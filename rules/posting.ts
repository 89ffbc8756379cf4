/**
 * Double entry (复式记账): the accounts of the books and which side an amount stands on.
 *
 * RULES 9; 社会保险基金会计制度（财会〔2017〕28号）. Every act is one debit and one credit of the same amount; a negative
 * amount is posted positive on swapped sides, zero is not posted.
 */
import { type Decimal, sum } from './money';
import { type Because, type Cells, reasonOf, rule } from './rule';
import { EXPENDITURE_ITEMS, INCOME_ITEMS, ITEM_NAMES, type Item, isIncome } from './vocabulary';

export const SPECIAL_ACCOUNT = '财政专户存款';
/** Where else the money of a fund may lie (RULES 9 “Where the money lies”). */
export const OTHER_PLACES = ['支出户存款', '国库存款', '暂付款', '债券投资', '定期存款'] as const;
export type OtherPlace = (typeof OTHER_PLACES)[number];
/** All accounts of a fund's money. */
export const MONEY_ACCOUNTS = [SPECIAL_ACCOUNT, ...OTHER_PLACES] as const;
export type MoneyAccount = (typeof MONEY_ACCOUNTS)[number];
/** 暂收款: premiums received before their year begins. */
export const RECEIVED_IN_ADVANCE = '暂收款';
/** 待核对款: cash whose payment row is in quarantine. */
export const UNDER_REVIEW = '待核对款';
export const FUND_BALANCE = '基金结余';
/** What an area's government pays towards a gap: in no base, income or budget item of any year. */
export const GAP_SUBSIDY = '财政补贴收入—缺口补助';

export const INCOME_ACCOUNTS: readonly string[] = [...Object.values(INCOME_ITEMS), GAP_SUBSIDY];
export const EXPENDITURE_ACCOUNTS: readonly string[] = Object.values(EXPENDITURE_ITEMS);
/** Accounts whose balance is debit − credit; all others are credit − debit. */
export const DEBIT_ACCOUNTS: readonly string[] = [...MONEY_ACCOUNTS, ...EXPENDITURE_ACCOUNTS];

interface Sides {
  debit: string;
  credit: string;
  amount: Decimal;
}

/** Puts a signed amount on its sides; null when there is nothing to post. */
export function onSides({ debit, credit, amount }: Sides): Sides | null {
  if (amount.isZero()) return null;
  return amount.lt(0) ? { debit: credit, credit: debit, amount: amount.neg() } : { debit, credit, amount };
}

/** The sides of an income or expenditure item that is paid through the special account. */
export const itemSides = (item: Item): { debit: string; credit: string } =>
  isIncome(item)
    ? { debit: SPECIAL_ACCOUNT, credit: ITEM_NAMES[item] }
    : { debit: ITEM_NAMES[item], credit: SPECIAL_ACCOUNT };

const OF_ACCOUNTS = 'RULES 9“Balance = debit − credit”：资金各科目和支出科目的余额为借方减贷方，其余科目为贷方减借方';
interface SidesOfAccount {
  debits: readonly Decimal[];
  credits: readonly Decimal[];
}
/** The balance of an account by its entries: of those in `DEBIT_ACCOUNTS`, and of all others. */
export const balanceOnDebit = rule(
  { article: OF_ACCOUNTS, formula: 'sum(debits) - sum(credits)' },
  ({ debits, credits }: SidesOfAccount) => sum(debits).minus(sum(credits)),
);
export const balanceOnCredit = rule(
  { article: OF_ACCOUNTS, formula: 'sum(credits) - sum(debits)' },
  ({ debits, credits }: SidesOfAccount) => sum(credits).minus(sum(debits)),
);

/** The reason of a balance: the entries of its account, picked by these cells, act by act. */
export function balanceReason(account: string, entries: Cells): Because {
  const side = (name: 'debit' | 'credit') => ({
    from: { rows: 'journal.csv', of: { ...entries, account, side: name, column: name, by: 'act' } },
  });
  return reasonOf(DEBIT_ACCOUNTS.includes(account) ? balanceOnDebit : balanceOnCredit, {
    debits: side('debit'),
    credits: side('credit'),
  });
}

const RECEIVED_LESS_RETURNED = {
  formula: 'received - returned',
  compute: ({ received, returned }: { received: Decimal; returned: Decimal }) => received.minus(returned),
};
/** 预收保费转为收入: what was received in advance becomes income on the first day of the year. */
export const advanceBecomesIncome = rule(
  {
    article: '社会保险基金会计制度补充规定：预收保费自年度首日转为收入',
    formula: RECEIVED_LESS_RETURNED.formula,
  },
  RECEIVED_LESS_RETURNED.compute,
);
/** The same of what arrived after the books were opened. */
export const lateAdvanceBecomesIncome = rule(
  { article: 'RULES 9(2)：建账后才到账的年初以前缴费，同样转为收入', formula: RECEIVED_LESS_RETURNED.formula },
  RECEIVED_LESS_RETURNED.compute,
);
