/**
 * Standards published at the start of a cycle (RULES 3) from statistics of the year before: the region's average wage of
 * all urban units w (全口径城镇单位就业人员平均工资) and disposable income per head q (居民人均可支配收入). Units: yuan a year.
 */
import { type Decimal, roundToFen } from './money';
import { rule } from './rule';

const A2 = 'A(二)“低于……平均工资80%的，以……80%为基数；高于……300%的，以……300%为缴费基数”';
const multiple = (article: string) =>
  rule(
    { article, formula: 'round(factor * statistic)' },
    ({ factor, statistic }: { factor: Decimal; statistic: Decimal }) => roundToFen(factor.times(statistic)),
  );

/** Each standard with its rule; the factor and the statistic it takes are parameters. */
export const PUBLISHED_STANDARDS = {
  contribution_base_floor: multiple(A2),
  contribution_base_ceiling: multiple(A2),
  flexible_worker_base: multiple('A(二)“灵活就业人员……以……80%为缴费基数”'),
  unemployed_base: multiple('A(二)“领取失业保险金人员……60%为缴费基数”'),
  major_illness_deductible_max: multiple('B(五)“起付标准原则上不高于……人均可支配收入”'),
  benefit_cap: multiple('B(五)“总体最高支付限额要达到……人均可支配收入的6倍左右”'),
} as const;
