/** Where each fact of the sharing comes from, and what an area's accounts add up to. */
import type { Law } from '../../parameters/law';
import { OWN_ACCOUNTS } from '../../rules/gap';
import type { Decimal } from '../../rules/money';
import type { Explained, Given, Source } from '../../rules/rule';
import { COLLECTION_RATE_ARTICLE } from '../../rules/share';
import { OWN_EXPENDITURE, OWN_INCOME, type Scheme } from '../../rules/vocabulary';
import { collectedIn, openingSource, summed } from '../accounts';
import { expectedPremiumOf } from '../expected-premium';
import type { AreaFacts, HeadCounts } from './facts';

/** One area, with what names its rows. */
export interface SharedArea extends AreaFacts {
  year: number;
  scheme: Scheme;
}

const pooled = ({ year, scheme, area }: SharedArea, file: string, item: readonly string[] | string): Source => ({
  rows: file,
  of: { area, scheme, part: 'pooled', year, item },
});
export const conductSource = ({ year, scheme, area }: SharedArea, column: string): Source => ({
  rows: 'conduct.csv',
  of: { area, scheme, year, column },
});
export const insuredSource = ({ year, scheme, area }: SharedArea, column: keyof HeadCounts): Source => ({
  rows: 'insured.csv',
  of: { area, scheme, year, column },
});
export const sharingFigure = ({ scheme, area }: SharedArea, name: string): Source => ({
  figure: `sharing.${name}`,
  of: { scheme, area },
});

/** 账面数: income, expenditure and premium of the year, the collection of residents included. */
export function accountsOf(area: SharedArea): Record<'income' | 'expenditure' | 'premium', Explained<Decimal>> {
  const rows = (value: Decimal, item: readonly string[] | string): Given<Decimal> => ({
    value,
    from: pooled(area, 'actuals.csv', item),
  });
  const collection = area.collected && collectedIn(area.area, area.collected);
  return {
    income: summed(OWN_ACCOUNTS, rows(area.income, OWN_INCOME), collection),
    expenditure: summed(OWN_ACCOUNTS, rows(area.expenditure, OWN_EXPENDITURE), null),
    premium: summed(COLLECTION_RATE_ARTICLE, rows(area.premium, 'premium'), collection),
  };
}

export const budgetedExpenditure = (area: SharedArea): Given<Decimal> => ({
  value: area.budgetedExpenditure,
  from: pooled(area, 'budgets.csv', OWN_EXPENDITURE),
});
/** 应收保费: what the premium of the year is measured against. */
export const expectedPremium = (law: Law, area: SharedArea): Explained<Decimal> =>
  expectedPremiumOf(law, { ...area, budgeted: area.budgetedPremium, estimated: area.estimatedPremium });
/** Expected and actual premium for a rule that rests on them; they have no column of their own. */
export const expectedPremiumInput = (law: Law, area: SharedArea): Given<Decimal> => ({
  value: expectedPremium(law, area).value,
  from: sharingFigure(area, 'expected_premium'),
});
export const actualPremium = (area: SharedArea): Given<Decimal> => ({
  value: accountsOf(area).premium.value,
  from: sharingFigure(area, 'actual_premium'),
});
export const openingSurplus = (area: SharedArea): Given<Decimal> => ({
  value: area.surplus,
  from: openingSource(area, area.holdsAdvance),
});
export const levyOf = (area: SharedArea): Given<Decimal> => ({
  value: area.levy,
  from: { figure: 'levy.levy', of: { scheme: area.scheme, area: area.area } },
});
