/**
 * 账实核对: where a fund's money lies beside the fiscal special account, and what bank and treasury say of it.
 *
 * Law: RULES 9 “Where the money lies”, READINGS 63, 64; 社会保险基金财务制度（财社〔2017〕144号）. Units: yuan.
 */
import { type Decimal, sum } from './money';
import { rule } from './rule';

const PLACES = 'RULES 9“A change since the last one is posted on its date”';
const SHEET = 'RULES 9“the agreement sheet sets books, bank and difference side by side”';

/** What an account of another place still lacks: the change since the balance before, less what is booked on the day. */
export const changeOfPlace = rule(
  { article: PLACES, formula: 'at_month_end - last_balance - booked_before' },
  ({ at_month_end, last_balance, booked_before }: Record<'at_month_end' | 'last_balance' | 'booked_before', Decimal>) =>
    at_month_end.minus(last_balance).minus(booked_before),
);

interface Entries {
  debits: readonly Decimal[];
  credits: readonly Decimal[];
}
/** The books of an account at the end of a day of the year. */
export const booksOnDay = rule(
  { article: SHEET, formula: 'sum(debits) - sum(credits)' },
  ({ debits, credits }: Entries) => sum(debits).minus(sum(credits)),
);
/** On the last day of the year before also what is posted on 1 January alone: the opening and that day's positions. */
export const booksBeforeYear = rule(
  { article: SHEET, formula: 'sum(debits) - sum(credits) + opening + placed' },
  ({ debits, credits, opening, placed }: Entries & Record<'opening' | 'placed', Decimal>) =>
    sum(debits).minus(sum(credits)).plus(opening).plus(placed),
);

export const bankDifference = rule(
  { article: SHEET, formula: 'bank - books' },
  ({ bank, books }: { bank: Decimal; books: Decimal }) => bank.minus(books),
);
/** A difference is a finding, and in a live year a task. */
export const doesBankDiffer = rule(
  { article: SHEET, formula: `${bankDifference.formula} != 0` },
  (balances: { bank: Decimal; books: Decimal }): boolean => !bankDifference(balances).isZero(),
);
