/** The items of a budget in both languages. */
import { ITEM_NAMES, type Item } from '../rules/vocabulary';
import { type Text, text } from './text';

const ENGLISH: Record<Item, string> = {
  premium: 'premium',
  fiscal_subsidy: 'fiscal subsidy',
  interest: 'interest',
  transfer_in: 'transfers in',
  other_income: 'other income',
  superior_grant: 'grants from above',
  subordinate_levy: 'levies from below',
  inpatient: 'inpatient',
  outpatient: 'outpatient',
  maternity: 'maternity',
  major_illness: 'major illness',
  transfer_out: 'transfers out',
  other_expenditure: 'other expenditure',
  grant_to_subordinate: 'grants to below',
  levy_to_superior: 'levy to above',
};
export const ITEM_TEXT = Object.fromEntries(
  Object.entries(ITEM_NAMES).map(([item, zh]) => [item, text(zh, ENGLISH[item as Item])]),
) as Record<Item, Text>;
