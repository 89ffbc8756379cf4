/**
 * The values of law of single cases (RULES 3, 4 and 8): the defaults of `fund rule`. No yearly cycle computes with them, so they
 * are not pinned to a year.
 */
import { type Dated, single } from './dated';
import { product } from './parameter';
import {
  DRAFT_OPINION,
  LONG_TERM_ENROLMENT_2024,
  PENSION_ADJUSTMENT_2018,
  PROJECT,
  RESIDENT_NOTICE_2024,
  assumption,
} from './sources';

const A2 = `${DRAFT_OPINION}第二部分（二）`;
const usedBy = (rule: string): string[] => [`fund rule ${rule}`];

const EMPLOYEES = [
  product(
    'retirement.joined_from',
    { zh: '执行统一缴费年限的参保起始日', article: A2, usedBy: usedBy('retirement') },
    '2016-01-01',
    {
      source: `${A2}“2016年1月1日后参加职工医保的个人……累计缴费年限满25年”；当日参保的按新规定`,
      assumed: false,
    },
  ),
  product(
    'retirement.years',
    {
      zh: '退休后不再缴费的累计缴费年限（年），也是原规定年限的上限',
      article: A2,
      usedBy: usedBy('retirement'),
    },
    '25',
    { source: `${A2}“累计缴费年限满25年的……原规定实际缴费年限高于25年的，按照25年执行”`, assumed: false },
  ),
] as const;

/** 大病保险激励, in force from 2025 on. Where only a floor is decided, the floor is taken, assumed. */
const incentive = <const Name extends string>(name: Name, zh: string, value: string, words: string) =>
  single(
    name,
    { zh, article: `${LONG_TERM_ENROLMENT_2024}；${RESIDENT_NOTICE_2024}（五）`, usedBy: usedBy('incentive') },
    {
      from: '2025-01-01',
      until: null,
      value,
      source: `${LONG_TERM_ENROLMENT_2024}：${words}`,
      assumed: words.includes(PROJECT),
    },
  );
const FLOOR = `每次提高限额不低于1000元，额度由各地定；${assumption('取下限')}`;

const RESIDENTS = [
  incentive('incentive.after_years', '连续参保激励起算前须满的年数', '4', '连续参保满4年'),
  incentive('incentive.continuous_step', '连续参保每多一年提高的限额 a 的下限（元）', '1000', FLOOR),
  incentive('incentive.zero_claim_step', '零报销每年提高的限额 b 的下限（元）', '1000', FLOOR),
  incentive(
    'incentive.ceiling',
    '累计提高额占大病保险原封顶线的上限',
    '0.20',
    '累计提高总额不超过大病保险原封顶线的20%',
  ),
] as const;

const pension = <const Name extends string>(name: Name, zh: string, value: string, words: string) =>
  single(
    name,
    { zh, article: PENSION_ADJUSTMENT_2018, usedBy: usedBy('pension-adjustment') },
    { from: '2018-07-01', until: null, value, source: `${PENSION_ADJUSTMENT_2018}：${words}`, assumed: false },
  );

const PENSION = [
  pension('pension.wage_share', '平均工资计入上解基数的比例', '0.9', '各省份职工平均工资的90%'),
  pension('pension.rate', '中央调剂基金上解比例', '0.03', '上解比例从3%起步，逐步提高；后来的比例须在算例中给出'),
] as const;

const ALL = [...EMPLOYEES, ...RESIDENTS, ...PENSION] as const;
export type SingleCaseLaw = (typeof ALL)[number]['name'];
export const SINGLE_CASE_PARAMETERS: readonly Dated<string, SingleCaseLaw>[] = ALL;
