/**
 * 退休人员缴费年限: how long a person must have paid in to be insured in retirement without further contributions.
 *
 * Law: A(2) “累计缴费年限满25年的，退休后不再缴纳基本医保费……2016年之前已参加职工医保的，缴费年限执行原统筹地区缴费年限
 * 政策规定，原规定实际缴费年限高于25年的，按照25年执行……可继续缴费至规定年限，或按照上年度的缴费标准一次性缴费至规定年限……
 * 累计缴费年限互认并合并计算。” Units: months; yuan. Left out: the retirement age itself, which is not this law's.
 */
import { type Decimal, atLeastZero, roundToFen, smaller, sum } from './money';
import { rule } from './rule';

const MONTHS_A_YEAR = 12;

/** 规定缴费年限 in months: the uniform years, or for those who joined earlier the years of the area's old rule, if these are fewer. */
export const requiredMonths = rule(
  {
    article: 'A(二)“累计缴费年限满25年”“原规定实际缴费年限高于25年的，按照25年执行”',
    formula: '12 * (uniform ? years : min(old_rule_years, years))',
  },
  ({ uniform, years, old_rule_years }: { uniform: boolean; years: Decimal; old_rule_years: Decimal }) =>
    (uniform ? years : smaller(old_rule_years, years)).times(MONTHS_A_YEAR),
);

/** What is still missing after the years and months paid in all areas of the region together. */
export const missingMonths = rule(
  {
    article: 'A(二)“累计缴费年限互认并合并计算”',
    formula: 'max(0, required_months - 12 * sum(years_paid) - sum(months_paid))',
  },
  (inputs: { required_months: Decimal; years_paid: Decimal[]; months_paid: Decimal[] }) =>
    atLeastZero(
      inputs.required_months.minus(sum(inputs.years_paid).times(MONTHS_A_YEAR)).minus(sum(inputs.months_paid)),
    ),
);

/** 一次性缴费: the missing months at last year's monthly standard. */
export const lumpSum = rule(
  { article: 'A(二)“按照上年度的缴费标准一次性缴费至规定年限”', formula: 'round(missing_months * monthly_standard)' },
  ({ missing_months, monthly_standard }: { missing_months: Decimal; monthly_standard: Decimal }) =>
    roundToFen(missing_months.times(monthly_standard)),
);
