/** One area's gap, step by step in the order of A(6), up to what the adjustment fund owes. */
import type { Law } from '../../parameters/law';
import { gap, generalPart, generalPartInScope, managerialPart, ownSurplusUsed, residualGap } from '../../rules/gap';
import type { Decimal } from '../../rules/money';
import { type Because, type Explained, type Given, explain } from '../../rules/rule';
import { entitlement, gapCause, matchedEntitlement } from '../../rules/share';
import { alphaOf } from './alpha';
import type { Factor } from './factors';
import {
  type SharedArea,
  accountsOf,
  actualPremium,
  budgetedExpenditure,
  conductSource,
  expectedPremium,
  expectedPremiumInput,
  levyOf,
  openingSurplus,
  sharingFigure,
} from './sources';

export interface SharedGap {
  facts: SharedArea;
  accounts: Record<'income' | 'expenditure' | 'premium', Explained<Decimal>>;
  levy: Given<Decimal>;
  expectedPremium: Explained<Decimal>;
  parts: Record<
    'gap' | 'own_surplus' | 'residual' | 'managerial' | 'general' | 'alpha' | 'entitled',
    Explained<Decimal>
  >;
  factors: readonly [Factor, Factor, Factor, Factor];
  disqualified: Because;
  cause: string | null;
}

export function gapOf(law: Law, area: SharedArea, factors: SharedGap['factors']): SharedGap {
  const step = (name: string, { value }: Explained<Decimal>): Given<Decimal> => ({
    value,
    from: sharingFigure(area, name),
  });
  const accounts = accountsOf(area);
  const levy = levyOf(area);
  const expenditure = step('expenditure', accounts.expenditure);
  const found = explain(gap, { income: step('income', accounts.income), expenditure, levy });
  const own_surplus = explain(ownSurplusUsed, {
    gap: step('gap', found),
    surplus: openingSurplus(area),
    reserve: law.given('share.reserve'),
  });
  const residual = explain(residualGap, { gap: step('gap', found), own_surplus: step('own_surplus', own_surplus) });
  const managerial = managerialOf(law, area, step('residual', residual));
  const general = generalOf(law, area, {
    residual: step('residual', residual),
    managerial: step('managerial', managerial),
    expenditure,
  });
  const { alpha, disqualified } = alphaOf(law, area, factors);
  const claim = { alpha: step('alpha', alpha), general: step('general', general) };
  const entitled = law.flag('share.match_area').value
    ? explain(matchedEntitlement, { ...claim, residual: step('residual', residual) })
    : explain(entitlement, claim);
  return {
    facts: area,
    accounts,
    levy,
    expectedPremium: expectedPremium(law, area),
    parts: { gap: found, own_surplus, residual, managerial, general, alpha, entitled },
    factors,
    disqualified,
    cause: gapCause({ gap: found.value, stated_cause: area.conduct.cause }),
  };
}

const managerialOf = (law: Law, area: SharedArea, residual: Given<Decimal>): Explained<Decimal> =>
  explain(managerialPart, {
    applies: law.flag('share.managerial'),
    residual,
    expected_premium: expectedPremiumInput(law, area),
    actual_premium: actualPremium(area),
    irregular_expenditure: {
      value: area.conduct.irregular_expenditure,
      from: conductSource(area, 'irregular_expenditure'),
    },
  });

/** With a scope of overspending in force, what lies beyond it is not shared. */
function generalOf(
  law: Law,
  area: SharedArea,
  { expenditure, ...left }: Record<'residual' | 'managerial' | 'expenditure', Given<Decimal>>,
): Explained<Decimal> {
  const overspend = law.optional('share.scope_overspend');
  return overspend === null
    ? explain(generalPart, left)
    : explain(generalPartInScope, {
        ...left,
        overspend,
        expenditure,
        budgeted_expenditure: budgetedExpenditure(area),
      });
}
