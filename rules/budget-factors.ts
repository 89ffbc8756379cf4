/**
 * The estimate of a budget item by its factors (因素测算), where an area reports them.
 *
 * Law: A(5) “根据参保人数、缴费标准、缴费率、待遇水平……本地医疗费用水平、参保人员年龄结构、待遇享受人数、待遇政策调整等因素”.
 * RULES 6, READINGS 54, 55. Units: yuan; heads are whole numbers, rates 0–1. Rounded once, over all rows of an item and part.
 */
import type { Decimal } from './money';
import { type Ratio, exact, roundRatio } from './ratio';
import { rule } from './rule';

const whole = exact(1);
const nothing = exact(0);
/** The sum over the rows of their products, rounded once. */
const summed = (rows: readonly Ratio[]): Decimal =>
  roundRatio(
    rows.reduce((all, row) => all.add(row), nothing),
    2,
  );

interface PremiumFactors {
  heads: readonly Decimal[]; // of each class
  contribution_base: readonly Decimal[]; // a head and year
  contribution_rate: readonly Decimal[];
  collection_rate: readonly Decimal[]; // how much of what is due comes in
}
/** 保费: heads × base × rate × collection, over the classes of those who pay. */
export const premiumByFactors = rule(
  {
    article: 'A(五)“根据参保人数、缴费标准、缴费率”',
    formula:
      'round(sum(map(heads, contribution_base, contribution_rate, collection_rate, each(h, b, r, c) = h * b * r * c)))',
  },
  ({ heads, contribution_base, contribution_rate, collection_rate }: PremiumFactors): Decimal =>
    summed(
      heads.map((count, row) =>
        [contribution_base, contribution_rate, collection_rate].reduce(
          (product, factor) => product.mul(exact(factor[row] as Decimal)),
          exact(count),
        ),
      ),
    ),
);

interface BenefitFactors {
  insured: readonly Decimal[]; // of each band
  visits: readonly Decimal[]; // a head and year
  cost: readonly Decimal[]; // a visit
  pay_rate: readonly Decimal[]; // the part that the fund pays
  policy: readonly Decimal[]; // by how much a change of policy moves it
}
/** 待遇支出: insured × visits × cost × pay rate × (1 + policy), over the bands of age or hospital level. */
export const benefitByFactors = rule(
  {
    article: 'A(五)“待遇水平……本地医疗费用水平、参保人员年龄结构、待遇享受人数、待遇政策调整等因素”',
    formula: 'round(sum(map(insured, visits, cost, pay_rate, policy, each(i, v, c, r, p) = i * v * c * r * (1 + p))))',
  },
  ({ insured, visits, cost, pay_rate, policy }: BenefitFactors): Decimal =>
    summed(
      insured.map((count, row) =>
        [visits, cost, pay_rate]
          .reduce((product, factor) => product.mul(exact(factor[row] as Decimal)), exact(count))
          .mul(whole.add(exact(policy[row] as Decimal))),
      ),
    ),
);
