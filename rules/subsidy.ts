/**
 * Government subsidy (财政补助) of the residents of one banner, split over four levels of government.
 *
 * Law: B(2) “80%由中央财政补助，其余20%按照一类地区自治区财政分担30%、二类地区分担50%、三类地区分担70%进行分档补助，
 * 剩余部分由盟市和旗县财政分担。” RULES 5. Units: yuan; shares 0–1. Largest remainder on the exact parts, ties in the
 * order central, region, league, banner.
 */
import { type Decimal, atLeastZero, decimal, splitByLargestRemainder, sum } from './money';
import { rule } from './rule';
import { SUBSIDY_LEVELS, type SubsidyLevel } from './vocabulary';

const B2 = 'B(二)“80%由中央财政补助，其余20%……分档补助，剩余部分由盟市和旗县财政分担”';
const whole = decimal('1');

interface SubsidyInputs {
  standard: Decimal; // yuan a head
  heads: Decimal;
  central: Decimal; // the central share, 0.80
  region: Decimal; // the region's share of the rest, by class
  league_share: Decimal; // the league's share of what is left; 1 where there are no banners
}

/** What each level owes for one banner. */
export function subsidyShares({
  standard,
  heads,
  central,
  region,
  league_share,
}: SubsidyInputs): Record<SubsidyLevel, Decimal> {
  const rest = whole.minus(central);
  const left = rest.times(whole.minus(region));
  const weights = [central, rest.times(region), left.times(league_share), left.times(whole.minus(league_share))];
  const [c, r, l, b] = splitByLargestRemainder(standard.times(heads), weights) as [Decimal, Decimal, Decimal, Decimal];
  return { central: c, region: r, league: l, banner: b };
}
/** What one level owes for all banners of an area; `place` is the level in the order of SUBSIDY_LEVELS, from 1. */
export const subsidyDue = rule(
  {
    article: B2,
    formula:
      'sum(map(heads, league_share, each(h, s) = split(standard * h, [central, (1 - central) * region,' +
      ' (1 - central) * (1 - region) * s, (1 - central) * (1 - region) * (1 - s)], place)))',
  },
  ({ heads, league_share, place, ...shares }: DueOfBanners) => {
    const level = SUBSIDY_LEVELS[place - 1] as SubsidyLevel;
    return sum(
      heads.map(
        (count, banner) =>
          subsidyShares({ ...shares, heads: count, league_share: league_share[banner] as Decimal })[level],
      ),
    );
  },
);
interface DueOfBanners extends Pick<SubsidyInputs, 'standard' | 'central' | 'region'> {
  heads: readonly Decimal[];
  league_share: readonly Decimal[];
  place: number;
}

/** 未足额到位: what had not arrived by 30 September. */
export const missingSubsidy = rule(
  {
    article: 'B(二)“地方各级财政要按规定足额安排财政补助资金并及时拨付到位”；财社〔2012〕223号',
    formula: 'max(0, due - arrived_by_30_september)',
  },
  ({ due, arrived_by_30_september }: { due: Decimal; arrived_by_30_september: Decimal }) =>
    atLeastZero(due.minus(arrived_by_30_september)),
);

const MISSING = 'sum(map(due, arrived, each(d, a) = max(0, d - a)))';
interface LevelArrivals {
  due: Decimal[];
  arrived: Decimal[];
}
/** What a level is missing, banner by banner where it is the banners': none makes up for another. */
export const missingOfLevel = rule(
  { article: missingSubsidy.article, formula: MISSING },
  ({ due, arrived }: LevelArrivals) =>
    sum(due.map((owed, i) => missingSubsidy({ due: owed, arrived_by_30_september: arrived[i] as Decimal }))),
);
export const isLevelMissing = rule(
  { article: missingSubsidy.article, formula: `${MISSING} > 0` },
  (level: LevelArrivals): boolean => missingOfLevel(level).gt(0),
);

/** 参保人数核定: the banners' heads against the area's own count. */
const HEADS = {
  article: 'RULES 5“banners win”：参保人数以旗县为准；财社〔2012〕223号',
  formula: 'sum(heads) - insured',
};
interface HeadCounts {
  heads: Decimal[];
  insured: Decimal;
}
export const headsDifference = rule(HEADS, ({ heads, insured }: HeadCounts) => sum(heads).minus(insured));
export const doHeadsDiffer = rule(
  { article: HEADS.article, formula: `${HEADS.formula} != 0` },
  (counts: HeadCounts): boolean => !headsDifference(counts).isZero(),
);

/** 到位凭证 against the income that the area booked. */
const ARRIVALS = {
  article: '财社〔2012〕223号 清算；RULES 5“arrivals are evidence”：到位凭证',
  formula: 'arrived - booked',
};
interface Arrivals {
  arrived: Decimal;
  booked: Decimal;
}
export const arrivalsDifference = rule(ARRIVALS, ({ arrived, booked }: Arrivals) => arrived.minus(booked));
export const doArrivalsDiffer = rule(
  { article: ARRIVALS.article, formula: `${ARRIVALS.formula} != 0` },
  (arrivals: Arrivals): boolean => !arrivalsDifference(arrivals).isZero(),
);

/** 结算差额: signed; what is still owed, or too much. */
export const subsidySettlement = rule(
  { article: '财社〔2012〕223号 清算', formula: 'due - arrived' },
  ({ due, arrived }: { due: Decimal; arrived: Decimal }) => due.minus(arrived),
);
