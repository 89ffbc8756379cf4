/** RULES 3: contributions of employees, published standards, and the years that retirement asks for. */
import { STANDARD_SOURCES } from '../../parameters';
import {
  STEP_UP_GROUNDS,
  type StepUpGround,
  contributionBase,
  rateStepUp,
  stepUpGrounds,
} from '../../rules/contribution';
import { decimal, zero } from '../../rules/money';
import { PUBLISHED_STANDARDS } from '../../rules/published-standards';
import { lumpSum, missingMonths, requiredMonths } from '../../rules/retirement';
import { lawful, optional, required } from './fields';
import { listOf, oneOf, oneOrMore, orNull } from '../../parameters/reader';
import { COUNT, DATE, NUMBER, RATE, SIGNED_YUAN, YEARS, YUAN } from './kinds';
import { AS_SHARE, IN_MONTHS, IN_YUAN, singleCase, figureOf } from './single-case';

const one = decimal('1');
const WAGE = '全区上年度全口径城镇单位就业人员平均工资 w（与 payrollAverage 同为年或月）';

const contributionBaseCase = singleCase({
  name: 'contribution-base',
  zh: '用人单位缴费基数',
  en: 'what an employer’s contribution is based on: its average payroll, from 80 % to 300 % of the average wage',
  fields: {
    payrollAverage: required(YUAN, '上年度本单位职工平均工资（元）'),
    averageWage: lawful(YUAN, `${WAGE}；默认为年数`, 'standards.average_wage', 'w'),
    floorFactor: lawful(NUMBER, '下限倍数', 'standards.base_floor'),
    ceilingFactor: lawful(NUMBER, '上限倍数', 'standards.base_ceiling'),
  },
  example: { payrollAverage: '60000.00', w: '98148.00' },
  answer: ({ payrollAverage, averageWage, floorFactor, ceilingFactor }) => ({
    value: figureOf(
      contributionBase,
      {
        payroll_average: payrollAverage,
        average_wage: averageWage,
        floor_factor: floorFactor,
        ceiling_factor: ceilingFactor,
      },
      IN_YUAN,
    ),
  }),
});

const rateStepUpCase = singleCase({
  name: 'rate-step-up',
  zh: '用人单位费率逐步调增',
  en: 'an area’s employer rate of next year: below 7 % one step up, at or above 7 % unchanged; and why it must move',
  fields: {
    employerRate: required(RATE, '现行用人单位费率（含生育保险）', 'rate'),
    ratio: optional(orNull(NUMBER), '本统筹区在职退休比；null 为不检验', null),
    regionRatio: optional(orNull(NUMBER), '全区在职退休比；null 为不检验', null),
    surplus: optional(SIGNED_YUAN, '1 月 1 日累计结余（元）', zero),
    expenditure: optional(SIGNED_YUAN, '上年统筹支出（元）；0 为不检验紧平衡', zero),
    bounds: lawful(listOf(NUMBER), '可支付月数界限，第三个为绿色下限', 'risk.employee'),
    step: lawful(RATE, '每年调增幅度', 'rates.step'),
    floor: lawful(RATE, '费率下限', 'rates.floor'),
  },
  example: { employerRate: '0.06', ratio: '2.10', regionRatio: '2.40', surplus: '60.00', expenditure: '880.00' },
  answer: ({ employerRate, ratio, regionRatio, surplus, expenditure, bounds, step, floor }) => {
    const grounds = stepUpGrounds({
      ...{ employer_rate: employerRate, floor, surplus, expenditure, bounds },
      ...{ in_service: ratio, retired: regionRatio && one, region_in_service: regionRatio ?? one, region_retired: one },
    });
    return {
      value: figureOf(rateStepUp, { employer_rate: employerRate, floor, step }, AS_SHARE),
      notes:
        grounds === ''
          ? ['没有应调增的情形 (no ground)']
          : grounds.split(';').map((ground) => `${ground}：${STEP_UP_GROUNDS[ground as StepUpGround]}`),
    };
  },
});

const standards = Object.keys(PUBLISHED_STANDARDS) as (keyof typeof PUBLISHED_STANDARDS)[];
const lawOfStandard =
  (which: 0 | 1) =>
  ({ standard }: Record<string, unknown>) =>
    standard === undefined ? undefined : STANDARD_SOURCES[standard as keyof typeof STANDARD_SOURCES][which];

const publishedStandardCase = singleCase({
  name: 'published-standard',
  zh: '年度公布标准',
  en: 'a standard published at the start of a year, from the average wage w or the disposable income q',
  fields: {
    standard: required(oneOf(...standards), '哪一项标准'),
    statistic: lawful(YUAN, '上年度统计数：平均工资 w 或人均可支配收入 q（元/年）', lawOfStandard(1)),
    factor: lawful(NUMBER, '倍数', lawOfStandard(0)),
  },
  example: { standard: 'benefit_cap', statistic: '40077' },
  answer: ({ standard, statistic, factor }) => ({
    value: figureOf(PUBLISHED_STANDARDS[standard], { factor, statistic }, IN_YUAN),
  }),
});

const retirementCase = singleCase({
  name: 'retirement',
  zh: '退休人员缴费年限与一次性补缴',
  en: 'what somebody still has to pay at retirement: at once, or month by month',
  fields: {
    joined: required(DATE, '参加职工医保日期'),
    oldRuleYears: optional(orNull(YEARS), '原统筹地区规定的缴费年限；2016 年之前参保的必填', null),
    yearsPaid: optional(oneOrMore(YEARS), '区内各统筹区已缴年数，一个数或列表，合并计算', [zero]),
    monthsPaid: optional(oneOrMore(COUNT), '区内各统筹区已缴月数，与 yearsPaid 相加', [zero]),
    monthlyStandard: optional(orNull(YUAN), '上年度每月缴费标准（元）；不给则结果为尚缺月数', null),
    joinedFrom: lawful(DATE, '执行统一年限的参保起始日', 'retirement.joined_from'),
    years: lawful(NUMBER, '统一缴费年限（年）', 'retirement.years'),
  },
  example: {
    joined: '2009-05-01',
    oldRuleYears: 30,
    yearsPaid: [12, 9],
    monthsPaid: 6,
    monthlyStandard: '420.00',
  },
  judge: ({ joined, joinedFrom, oldRuleYears }) =>
    joined < joinedFrom && oldRuleYears === null
      ? [
          {
            field: 'oldRuleYears',
            found: '没有 (missing)',
            expected: `${joinedFrom} 之前参保的，原统筹地区规定的年数 (the area’s old rule: joined before ${joinedFrom})`,
          },
        ]
      : [],
  answer: ({ joined, joinedFrom, oldRuleYears, years, yearsPaid, monthsPaid, monthlyStandard }) => {
    const uniform = joined >= joinedFrom;
    const required = figureOf(requiredMonths, { uniform, years, old_rule_years: oldRuleYears ?? years }, IN_MONTHS);
    const missing = figureOf(
      missingMonths,
      { required_months: required.exact, years_paid: yearsPaid, months_paid: monthsPaid },
      IN_MONTHS,
    );
    const steps = { requiredMonths: required, missingMonths: missing };
    if (monthlyStandard === null) return { value: missing, steps };
    const cost = figureOf(lumpSum, { missing_months: missing.exact, monthly_standard: monthlyStandard }, IN_YUAN);
    return {
      value: cost,
      steps,
      notes: [`也可按月继续缴费 ${missing.exact.toFixed()} 个月 (or paid month by month)`],
    };
  },
});

export const CONTRIBUTION_CASES = [contributionBaseCase, rateStepUpCase, retirementCase, publishedStandardCase];
