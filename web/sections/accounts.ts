/** Accounts of an area's own income and expenditure in `balances.csv`: neither items between levels nor the subsidy for a gap. */
import { ITEM_NAMES, OWN_EXPENDITURE, OWN_INCOME, type Scheme } from '../../rules/vocabulary';
import type { Origin } from '../figures';
import { type YearFacts, areasOf } from '../year-facts';

export const OWN_INCOME_ACCOUNTS: readonly string[] = OWN_INCOME.map((item) => ITEM_NAMES[item]);
export const OWN_EXPENDITURE_ACCOUNTS: readonly string[] = OWN_EXPENDITURE.map((item) => ITEM_NAMES[item]);

/** Conditions for the pooled rows of some accounts in all areas of a scheme; the region's own books are left out. */
export const pooledOf = (facts: YearFacts, scheme: Scheme, accounts: readonly string[]): Origin['rows'] => ({
  entity: areasOf(facts, scheme).map(({ area }) => area),
  scheme,
  part: 'pooled',
  account: [...accounts],
});
