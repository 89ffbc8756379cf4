/**
 * 缴费基数 and 费率 of employees: the base of an employer's contribution, and how its rate rises to the uniform one.
 *
 * Law: A(2) “用人单位上年度职工平均工资低于……平均工资80%的，以……80%为基数；高于……300%的，以……300%为缴费基数。”
 * Units: yuan a year or a month, the same for payroll and wage; rates 0–1.
 */
import { Decimal, roundToFen } from './money';
import { rule } from './rule';
import type { RiskLevel } from './vocabulary';

export interface ContributionBaseInputs {
  payroll_average: Decimal; // 上年度单位职工平均工资
  average_wage: Decimal; // w, 全口径城镇单位就业人员平均工资
  floor_factor: Decimal;
  ceiling_factor: Decimal;
}
/** 缴费基数: the payroll's average, held between floor and ceiling. */
export const contributionBase = rule(
  {
    article: 'A(二)“低于……平均工资80%的，以……80%为基数；高于……300%的，以……300%为缴费基数”',
    formula: 'round(min(max(payroll_average, floor_factor * average_wage), ceiling_factor * average_wage))',
  },
  ({ payroll_average, average_wage, floor_factor, ceiling_factor }: ContributionBaseInputs) =>
    roundToFen(
      Decimal.min(Decimal.max(payroll_average, floor_factor.times(average_wage)), ceiling_factor.times(average_wage)),
    ),
);

const STEP_UP =
  'A(二)“用人单位未达到7%的地区、在职退休比低于全区平均水平或基金处于紧平衡的地区应逐步调增到7%，达到或高于7%的地区维持不变”';

/** Next year's employer rate (用人单位费率), maternity included: one step up, never beyond the target, never down. */
export const rateStepUp = rule(
  { article: STEP_UP, formula: 'employer_rate >= target ? employer_rate : min(target, employer_rate + step)' },
  ({ employer_rate, target, step }: { employer_rate: Decimal; target: Decimal; step: Decimal }) =>
    employer_rate.gte(target) ? employer_rate : Decimal.min(target, employer_rate.plus(step)),
);

export const STEP_UP_GROUNDS = {
  below_target: '费率未达到目标',
  dependency: '在职退休比低于全区平均水平',
  tight_balance: '基金处于紧平衡',
} as const;
export type StepUpGround = keyof typeof STEP_UP_GROUNDS;

export interface StepUpCase {
  employer_rate: Decimal;
  target: Decimal;
  ratio: Decimal | null; // 在职退休比 of the area
  region_ratio: Decimal | null;
  level: RiskLevel | null; // December of the year before
}
/**
 * Which of the three grounds of A(2) hold for an area whose rate moves up. The first is enough; the other two say why it is
 * urgent. At or above the target there is none.
 */
export function stepUpGrounds({ employer_rate, target, ratio, region_ratio, level }: StepUpCase): StepUpGround[] {
  if (employer_rate.gte(target)) return [];
  const fewer = ratio !== null && region_ratio !== null && ratio.lt(region_ratio);
  const tight = level === 'yellow' || level === 'orange' || level === 'red';
  return ['below_target', ...(fewer ? ['dependency' as const] : []), ...(tight ? ['tight_balance' as const] : [])];
}
