/**
 * 养老保险中央调剂: the one published fund that pays out in the same year everything it levies. Not a method of this region: a
 * yardstick beside the adjustment fund of RULES 8.
 *
 * Law: 国发〔2018〕18号: levied on 90% of the average wage for everybody insured in service (the mean of those insured and those
 * employed), handed out by head of retirees. Units: yuan a year; heads. Lists are in the order of the provinces given.
 */
import { type Decimal, roundToFen, splitByLargestRemainder, sum } from './money';
import { ratioOf, roundRatio } from './ratio';
import { rule } from './rule';

const ARTICLE = '国发〔2018〕18号';

/** 上解额 of one province. Where employment is not counted apart, it is given as those insured in service. */
export const pensionLevy = rule(
  {
    article: `${ARTICLE} 上解：按照各省份职工平均工资的90%和在职应参保人数作为计算上解额的基数`,
    formula: 'round(average_wage * wage_share * (in_service + employment) / 2 * rate)',
  },
  (of: Record<'average_wage' | 'wage_share' | 'in_service' | 'employment' | 'rate', Decimal>) =>
    roundToFen(of.average_wage.times(of.wage_share).times(of.in_service.plus(of.employment)).div(2).times(of.rate)),
);

/** 人均定额, as printed: what is handed out is never this rounded figure times heads. Somebody must be retired. */
export const perRetiree = rule(
  { article: `${ARTICLE} 拨付：人均定额`, formula: 'round(sum(levy) / sum(retirees))' },
  ({ levy, retirees }: { levy: Decimal[]; retirees: Decimal[] }) => {
    const exact = ratioOf(sum(levy), sum(retirees));
    if (exact === null) throw new RangeError('没有离退休人员，无从拨付 (nobody is retired)');
    return roundRatio(exact, 2);
  },
);

/** 拨付额 of every province: all that was levied, by head of retirees, to the last fen (largest remainder). */
export const pensionAllocations = (levy: readonly Decimal[], retirees: readonly Decimal[]): Decimal[] =>
  splitByLargestRemainder(sum(levy), retirees);
/** 拨付额 of one province among all. */
export const ALLOCATED = rule(
  { article: `${ARTICLE} 拨付：当年筹集的资金全部拨付`, formula: 'split(sum(levy), retirees, place)' },
  ({ levy, retirees, place }: { levy: readonly Decimal[]; retirees: readonly Decimal[]; place: number }) =>
    pensionAllocations(levy, retirees)[place - 1] as Decimal,
);

/** 净拨付: negative for who gives more than it gets. */
export const pensionNet = rule(
  { article: ARTICLE, formula: 'allocation - levy' },
  ({ allocation, levy }: { allocation: Decimal; levy: Decimal }) => allocation.minus(levy),
);
