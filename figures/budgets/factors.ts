/** 因素测算: what the rows of premium_basis.csv and benefit_basis.csv come to for one item and part, with each cell's source. */
import { benefitByFactors, premiumByFactors } from '../../rules/budget-factors';
import type { Decimal } from '../../rules/money';
import { type Explained, type Given, explain } from '../../rules/rule';
import type { BenefitItem, Item, Part, PremiumClass, Scheme } from '../../rules/vocabulary';

type PremiumRow = Record<'heads' | 'base' | 'rate' | 'collection', Decimal> & {
  part: Part;
  class: PremiumClass;
};
type BenefitRow = Record<'insured' | 'visits' | 'cost' | 'pay_rate' | 'policy', Decimal> & {
  item: BenefitItem;
  band: string;
};
/** The factor rows of one area and scheme, in the order of their keys. */
export interface FactorRows {
  premium: readonly PremiumRow[];
  benefit: readonly BenefitRow[];
}

/** Null where no row is about the item in that part. */
export function byFactors(
  { area, scheme, factors }: { area: string; scheme: Scheme; factors: FactorRows },
  part: Part,
  item: Item,
): Explained<Decimal> | null {
  const premium = item === 'premium' ? factors.premium.filter((row) => row.part === part) : [];
  if (premium.length > 0) {
    const of = { area, part, class: premium.map((row) => row.class), by: 'class' };
    const column = (name: 'heads' | 'base' | 'rate' | 'collection'): Given<readonly Decimal[]> => ({
      value: premium.map((row) => row[name]),
      from: { rows: 'premium_basis.csv', of: { ...of, column: name } },
    });
    return explain(premiumByFactors, {
      heads: column('heads'),
      contribution_base: column('base'),
      contribution_rate: column('rate'),
      collection_rate: column('collection'),
    });
  }
  const benefit = part === 'pooled' ? factors.benefit.filter((row) => row.item === item) : [];
  if (benefit.length === 0) return null;
  const of = { area, scheme, item, band: benefit.map((row) => row.band), by: 'band' };
  const column = (name: 'insured' | 'visits' | 'cost' | 'pay_rate' | 'policy'): Given<readonly Decimal[]> => ({
    value: benefit.map((row) => row[name]),
    from: { rows: 'benefit_basis.csv', of: { ...of, column: name } },
  });
  return explain(benefitByFactors, {
    insured: column('insured'),
    visits: column('visits'),
    cost: column('cost'),
    pay_rate: column('pay_rate'),
    policy: column('policy'),
  });
}
