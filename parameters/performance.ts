/** 绩效目标: what each indicator of the evaluation is to reach, where an area has no target of its own (RULES 10). */
import { atLeastZero, atLeastZeroOrNone } from './forms';
import { UNIFORM_BENEFIT } from './evaluation';
import { parameter, product } from './parameter';
import { DRAFT_OPINION, RESIDENT_NOTICE_2024, assumption } from './sources';

const A5 = `${DRAFT_OPINION}第二部分（五）`;
const usedBy = ['performance.target', 'performance.reached'];
const OPEN = { source: `${A5}“合理设定绩效目标”，目标未定；${assumption('按预算、按任务足额完成')}`, assumed: true };

const target = <const Indicator extends string>(
  indicator: Indicator,
  zh: string,
  value: string,
  basis: { source: string; assumed: boolean } = OPEN,
) =>
  parameter(
    `performance.target.${indicator}` as const,
    { zh: `绩效目标：${zh}`, article: A5, usedBy, form: atLeastZero },
    value,
    basis,
  );
/** A year's green bound may be overridden, and the target goes with it. */
const monthsPayable = <const Scheme extends string>(scheme: Scheme, zh: string) =>
  parameter(
    `performance.target.months_payable.${scheme}` as const,
    { zh: `绩效目标：${zh}可支付月数（null 为绿色下限）`, article: A5, usedBy, form: atLeastZeroOrNone },
    null,
    { source: `${A5}“健全基金运行分析与风险预警机制”；${assumption('达到绿色下限')}`, assumed: true },
  );

const UNIFORM = { source: `${DRAFT_OPINION}第二部分（三）“分别稳定在85%、70%左右”`, assumed: false };

export const PERFORMANCE = [
  target('budget_income', '收入预算执行', '1'),
  target('budget_expenditure', '支出预算执行（不超过，且不低于其下 0.15）', '1'),
  target('collection', '征缴率', '1'),
  target('expansion', '参保扩面任务完成率', '1'),
  target('low_income', '两类人员参保率', '0.99', {
    source: `${RESIDENT_NOTICE_2024}（八）“确保两类人员参保率不低于99%”`,
    assumed: false,
  }),
  target('subsidy_arrival', '地方补助到位率', '1'),
  monthsPayable('employee', '职工'),
  monthsPayable('resident', '居民'),
  target('levy_timeliness', '上解逾期天数（不超过）', '0'),
  target('reimbursement.employee', '职工政策范围内支付比例', UNIFORM_BENEFIT.employee, UNIFORM),
  target('reimbursement.resident', '居民政策范围内支付比例', UNIFORM_BENEFIT.resident, UNIFORM),
] as const;

export const PERFORMANCE_PRODUCT = [
  product(
    'performance.margin.budget_expenditure',
    { zh: '支出预算执行低于目标的容许幅度', article: A5, usedBy: ['performance.reached'] },
    '0.15',
    { source: `${A5}“强化医保基金预算执行监督”；${assumption('15%')}`, assumed: true },
  ),
] as const;
