/**
 * The system's estimate of a budget item (预算测算), from three years of final accounts.
 *
 * Law: A(5) “根据参保人数、缴费标准、缴费率、待遇水平、历年收支规模……等因素，全面、准确、科学编制医保基金收支预算”.
 * RULES 6. Units: yuan; growth is an exact ratio.
 */
import { type Decimal, ceilToFen, larger, sum, zero } from './money';
import { type Ratio, clampRatio, exact, roundRatio } from './ratio';
import { rule } from './rule';

const A5 = 'A(五)“根据……历年收支规模……科学编制医保基金收支预算”';

/** The mean of the growth rates whose base is above 0; none: 0. */
export function meanGrowth(h3: Ratio, h2: Ratio, h1: Ratio): Ratio {
  const rates: Ratio[] = [];
  if (h3.gt(0)) rates.push(h2.div(h3).sub(1));
  if (h2.gt(0)) rates.push(h1.div(h2).sub(1));
  return rates.length === 0 ? exact(zero) : rates.reduce((total, rate) => total.add(rate)).div(rates.length);
}

/** An item that follows its history: last year times one plus the clamped mean growth. h3, h2, h1: years Y−3, Y−2, Y−1. */
export const trendEstimate = rule(
  { article: A5, formula: 'round(h1 * (1 + clamp(meanGrowth(h3, h2, h1), -band, band)))' },
  ({ h3, h2, h1, band }: { h3: Decimal; h2: Decimal; h1: Decimal; band: Decimal }) =>
    roundRatio(
      exact(h1).mul(clampRatio(meanGrowth(exact(h3), exact(h2), exact(h1)), exact(band.neg()), exact(band)).add(1)),
      2,
    ),
);

/** The estimate of an item: by its factors where there are any, else by its trend. */
export const itemEstimate = rule(
  { article: 'A(五)“根据参保人数、缴费标准、缴费率、待遇水平、历年收支规模……等因素”', formula: 'factors ?? trend' },
  ({ factors, trend }: { factors: Decimal | null; trend: Decimal }): Decimal => factors ?? trend,
);

/** Resident premium and subsidy follow heads and standard. */
export const perHeadEstimate = rule(
  { article: 'A(五)“根据参保人数、缴费标准”', formula: 'round(target_insured * standard)' },
  ({ target_insured, standard }: { target_insured: Decimal; standard: Decimal }) => target_insured.times(standard),
);

const MAJOR_ILLNESS = 'A(二)“从居民医保基金中划拨”';
/** The income that the floor of 大病保险 is a share of: all own income items of the estimate. */
export const estimatedIncome = rule(
  { article: MAJOR_ILLNESS, formula: 'sum(items)' },
  ({ items }: { items: readonly Decimal[] }) => sum(items),
);

/** 大病保险: its trend, at least 6 % of the year's income. */
export const majorIllnessEstimate = rule(
  { article: 'A(二)“按照不低于6%左右从居民医保基金中划拨”', formula: 'max(trend, ceil(floor_rate * income))' },
  ({ trend, floor_rate, income }: { trend: Decimal; floor_rate: Decimal; income: Decimal }) =>
    larger(trend, ceilToFen(floor_rate.times(income))),
);

/** 上解上级支出: the levy that the area is to prepay. */
export const levyEstimate = rule(
  { article: 'A(六) 上解', formula: 'prepaid' },
  ({ prepaid }: { prepaid: Decimal }) => prepaid,
);

/** Why the other items between the levels are 0, and why none of them has a trend. */
export const NOT_ESTIMATED = 'RULES 6“the other level items 0”：上下级往来科目除上解外不测算';
/** Why an item without factors has no amount by them. */
export const NO_FACTORS =
  'RULES 6“an item for which the area has a row in them takes their amount instead of the trend”';
