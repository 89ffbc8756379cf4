/** 紧急调剂: the advance of a request and its entries in the books of the area and of the region. */
import type { EmergencyRequest } from '../db/emergency';
import type { AreaSchemeYear } from '../db/levies';
import type { Posting } from '../db/journal';
import { EMERGENCY_BASIS, advance } from '../rules/emergency';
import { journalKey } from '../rules/keys';
import { decimal } from '../rules/money';
import { SPECIAL_ACCOUNT } from '../rules/posting';
import { type Because, reasonOf, taken } from '../rules/rule';
import { ITEM_NAMES, REGION } from '../rules/vocabulary';

export const advanceBecause = (
  { year, scheme, area }: AreaSchemeYear,
  { amount, document }: Pick<EmergencyRequest, 'amount' | 'document'>,
): Because =>
  reasonOf(advance, {
    amount: { value: amount, from: { rows: 'emergency_request', of: { scheme, area, year, document } } },
  });

/** The area's side and the region's side are two entries (RULES 9(4)). */
export function advancePostings(
  { scheme, area }: AreaSchemeYear,
  { number, amount }: Pick<EmergencyRequest, 'number' | 'amount'>,
  date: string,
): Posting[] {
  const cells = { scheme, area, number: String(number) };
  const common = {
    date,
    scheme,
    part: 'pooled' as const,
    basis: EMERGENCY_BASIS,
    amount: decimal(amount),
    because: taken(advance.article, amount, { figure: 'emergency_advance.amount', of: cells }),
  };
  return [
    {
      ...common,
      entity: REGION,
      key: journalKey.emergencyAdvanceOfRegion(scheme, area, number),
      debit: ITEM_NAMES.grant_to_subordinate,
      credit: SPECIAL_ACCOUNT,
    },
    {
      ...common,
      entity: area,
      key: journalKey.emergencyAdvance(scheme, area, number),
      debit: SPECIAL_ACCOUNT,
      credit: ITEM_NAMES.superior_grant,
    },
  ];
}
