/** The accounts of `balances.csv` that make up income and expenditure proper: level items are told apart. */
import { ITEM_NAMES, OWN_EXPENDITURE, OWN_INCOME, type Scheme } from '../../rules/vocabulary';
import type { Origin } from '../figures';
import { type YearFacts, areasOf } from '../year-facts';

export const INCOME_ACCOUNTS: readonly string[] = OWN_INCOME.map((item) => ITEM_NAMES[item]);
export const EXPENDITURE_ACCOUNTS: readonly string[] = OWN_EXPENDITURE.map((item) => ITEM_NAMES[item]);

/** The pooled rows of all areas of a scheme on some accounts; the region's own books are not an area's. */
export const pooledOf = (facts: YearFacts, scheme: Scheme, accounts: readonly string[]): Origin['rows'] => ({
  entity: areasOf(facts, scheme).map(({ area }) => area),
  scheme,
  part: 'pooled',
  account: [...accounts],
});
