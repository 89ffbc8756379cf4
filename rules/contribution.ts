/**
 * 缴费基数 and 费率 of employees: the base of an employer's contribution, and how its rate rises to the uniform one.
 *
 * Law: A(2) “用人单位上年度职工平均工资低于……平均工资80%的，以……80%为基数；高于……300%的，以……300%为缴费基数。”
 * Units: yuan a year or a month, the same for payroll and wage; rates 0–1.
 */
import { Decimal, roundToFen } from './money';
import { rule } from './rule';

interface ContributionBaseInputs {
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

/** 费率逐步调增: who must move, and how far in a year. RULES 6. */
const STEP_UP =
  'A(二)“用人单位未达到7%的地区、在职退休比低于全区平均水平或基金处于紧平衡的地区应逐步调增到7%，达到或高于7%的地区维持不变”';

/** Next year's employer rate (用人单位费率), maternity included: one step up, never beyond the floor of A(2), never down. */
export const rateStepUp = rule(
  { article: STEP_UP, formula: 'employer_rate < floor ? min(floor, employer_rate + step) : employer_rate' },
  ({ employer_rate, floor, step }: { employer_rate: Decimal; floor: Decimal; step: Decimal }) =>
    employer_rate.lt(floor) ? Decimal.min(floor, employer_rate.plus(step)) : employer_rate,
);
/** A rate below the floor is a finding. */
export const rateStepUpRaised = rule(
  { article: STEP_UP, formula: 'employer_rate < floor' },
  ({ employer_rate, floor }: { employer_rate: Decimal; floor: Decimal }): boolean => employer_rate.lt(floor),
);

/** 应当逐步调增的情形 of A(2). */
export const STEP_UP_GROUNDS = {
  below_floor: '费率未达到7%',
  ratio: '在职退休比低于全区平均水平',
  tight: '基金处于紧平衡',
} as const;
export type StepUpGround = keyof typeof STEP_UP_GROUNDS;

interface StepUpCase {
  employer_rate: Decimal;
  floor: Decimal;
  in_service: Decimal | null;
  retired: Decimal | null;
  region_in_service: Decimal; // of the areas that have both numbers
  region_retired: Decimal;
  surplus: Decimal; // 1 January, pooled
  expenditure: Decimal; // of the year before, pooled
  bounds: readonly Decimal[]; // months payable: red, orange, yellow or green, excess
}
const FEWER_WORKERS =
  'isNull(in_service) or isNull(retired) ? false' +
  ' : retired > 0 and in_service * region_retired < region_in_service * retired';
const TIGHT = 'expenditure > 0 and surplus * 12 < at(bounds, 3) * expenditure';
/** Which grounds hold, joined by semicolons. One whose data are missing is not tested (READINGS 60). */
export const stepUpGrounds = rule(
  {
    article: STEP_UP,
    formula: `codes("below_floor", employer_rate < floor, "ratio", ${FEWER_WORKERS}, "tight", ${TIGHT})`,
  },
  (area: StepUpCase): string => {
    const { in_service, retired, region_in_service, region_retired, surplus, expenditure, bounds } = area;
    const hasFewerWorkers =
      in_service !== null &&
      retired !== null &&
      retired.gt(0) &&
      in_service.times(region_retired).lt(region_in_service.times(retired));
    const green = bounds[2] as Decimal;
    const holds: Record<StepUpGround, boolean> = {
      below_floor: rateStepUpRaised(area),
      ratio: hasFewerWorkers,
      tight: expenditure.gt(0) && surplus.times(12).lt(green.times(expenditure)),
    };
    return (Object.keys(STEP_UP_GROUNDS) as StepUpGround[]).filter((ground) => holds[ground]).join(';');
  },
);
