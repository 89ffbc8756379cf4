/** 风险预警: the bounds of the levels in months payable, and the days within which each level's action is due (RULES 7). */
import { riskBounds } from './forms';
import { parameter, product } from './parameter';
import { DRAFT_OPINION, EMPLOYEE_SURPLUS_2009, RESIDENT_NOTICE_2024, assumption, precedent } from './sources';

const A5 = `${DRAFT_OPINION}第二部分（五）“健全基金运行分析与风险预警机制”`;

export const RISK = [
  parameter(
    'risk.employee',
    {
      zh: '职工医保可支付月数界限：红、橙、黄、结余过多',
      article: A5,
      usedBy: [
        'risk.level',
        'findings.report_upward',
        'rates.grounds',
        'evaluation.months_payable',
        'performance.target',
      ],
      form: riskBounds,
    },
    ['3', '6', '9', '15'],
    {
      source: `${A5}；${precedent(`${EMPLOYEE_SURPLUS_2009}：6—9个月为宜，不足3个月为结余不足，超过15个月为结余过多`)}`,
      assumed: true,
    },
  ),
  parameter(
    'risk.resident',
    {
      zh: '居民医保可支付月数界限：红、橙、黄、结余过多',
      article: A5,
      usedBy: ['risk.level', 'findings.report_upward', 'evaluation.months_payable', 'performance.target'],
      form: riskBounds,
    },
    ['2', '4', '6', '12'],
    { source: `${A5}；${assumption('2、4、6、12个月')}`, assumed: true },
  ),
] as const;

const DEADLINE = {
  source: `${A5}；${RESIDENT_NOTICE_2024}（十）“遇有重大情况要及时报告”；${assumption('办理期限')}`,
  assumed: true,
};
const deadline = <const Level extends string>(level: Level, zh: string, value: string) =>
  product(
    `risk.deadline.${level}` as const,
    { zh: `${zh}的办理期限（天）`, article: A5, usedBy: ['风险处置'] },
    value,
    DEADLINE,
  );

export const RISK_PRODUCT = [
  deadline('yellow', '黄色：运行分析与提示', '30'),
  deadline('orange', '橙色：整改方案', '30'),
  deadline('red', '红色：紧急调剂申请并上报', '7'),
  deadline('excess', '结余过多：缴费与待遇政策评估', '90'),
  product(
    'risk.unpaid_claims_months',
    { zh: '应付未付医药机构款超过月均支出的此倍数即列为事项', article: A5, usedBy: ['findings.unpaid_claims'] },
    '1',
    { source: assumption('一个月的支出'), assumed: true },
  ),
] as const;
