/**
 * 养老保险中央调剂: the only published fund that pays out everything it levies within the same year. It is no method of
 * this region, but a yardstick for the adjustment fund of RULES 8.
 *
 * Law: 国发〔2018〕18号: levied on 90% of the average wage times the persons in service (the mean of the insured and the
 * employed), and paid out per retiree. Units: yuan a year; heads. Lists are in the order of the provinces given.
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
  (inputs: Record<'average_wage' | 'wage_share' | 'in_service' | 'employment' | 'rate', Decimal>) =>
    roundToFen(
      inputs.average_wage
        .times(inputs.wage_share)
        .times(inputs.in_service.plus(inputs.employment))
        .div(2)
        .times(inputs.rate),
    ),
);

/** 人均定额, as printed: the amounts paid out are never computed from this rounded figure. There must be at least one retiree. */
export const perRetiree = rule(
  { article: `${ARTICLE} 拨付：人均定额`, formula: 'round(sum(levy) / sum(retirees))' },
  ({ levy, retirees }: { levy: Decimal[]; retirees: Decimal[] }) => {
    const exact = ratioOf(sum(levy), sum(retirees));
    if (exact === null) throw new RangeError('没有离退休人员，无从拨付 (nobody is retired)');
    return roundRatio(exact, 2);
  },
);

/** 拨付额 of every province: everything that was levied, in proportion to retirees, to the last fen (largest remainder). */
export const pensionAllocations = (levy: readonly Decimal[], retirees: readonly Decimal[]): Decimal[] =>
  splitByLargestRemainder(sum(levy), retirees);
/** 拨付额 of one province among all. */
export const pensionAllocation = rule(
  { article: `${ARTICLE} 拨付：当年筹集的资金全部拨付`, formula: 'split(sum(levy), retirees, place)' },
  ({ levy, retirees, place }: { levy: readonly Decimal[]; retirees: readonly Decimal[]; place: number }) =>
    pensionAllocations(levy, retirees)[place - 1] as Decimal,
);

/** 净拨付: negative for a province that gives more than it gets. */
export const pensionNet = rule(
  { article: ARTICLE, formula: 'allocation - levy' },
  ({ allocation, levy }: { allocation: Decimal; levy: Decimal }) => allocation.minus(levy),
);
