/** 绩效评价: weights, which a pack may override, and slopes and targets, which are the product's (RULES 10). */
import { atLeastZero } from './forms';
import { parameter, product } from './parameter';
import { DRAFT_OPINION, RESIDENT_NOTICE_2024, assumption } from './sources';

const A5 = `${DRAFT_OPINION}第二部分（五）`;
const OPEN = {
  source: `${A5}“合理设定绩效目标，做好绩效评价”，指标与权重未定；${assumption('权重与评分区间')}`,
  assumed: true,
};

const weight = <const Indicator extends string>(indicator: Indicator, zh: string, value: string) =>
  parameter(
    `evaluation.weight.${indicator}` as const,
    {
      zh: `绩效权重：${zh}`,
      article: A5,
      usedBy: [`evaluation.${indicator}`, 'evaluation.total'],
      form: atLeastZero,
    },
    value,
    OPEN,
  );

export const EVALUATION = [
  weight('budget_income', '收入预算执行', '10'),
  weight('budget_expenditure', '支出预算执行', '15'),
  weight('collection', '征缴率', '20'),
  weight('expansion', '参保扩面任务完成率', '15'),
  weight('low_income', '两类人员参保率', '10'),
  weight('subsidy_arrival', '地方补助到位率', '10'),
  weight('months_payable', '可支付月数', '10'),
  weight('levy_timeliness', '上解及时性', '10'),
  weight('reimbursement', '政策范围内支付比例', '10'),
] as const;

const slope = <const Name extends string>(name: Name, zh: string, value: string) =>
  product(
    `evaluation.${name}` as const,
    { zh: `绩效评分：${zh}`, article: A5, usedBy: [...scored(name), 'evaluation.total'] },
    value,
    OPEN,
  );
/** `width.collection` belongs to the indicator `collection`, and the points of a level to the months payable. */
function scored(name: string): string[] {
  const [kind, of] = name.split('.') as [string, string];
  if (kind === 'level') return ['evaluation.months_payable'];
  const indicators = of === 'budget' ? ['budget_income', 'budget_expenditure'] : [of];
  return indicators.map((indicator) => `evaluation.${indicator}`);
}
/** 统一待遇: the benefit targets that A and B state themselves. */
export const UNIFORM_BENEFIT = { employee: '0.85', resident: '0.70' } as const;

const target = <const Scheme extends string>(scheme: Scheme, zh: string, value: string) =>
  product(
    `evaluation.target.reimbursement.${scheme}` as const,
    {
      zh: `绩效目标：${zh}政策范围内支付比例`,
      article: `${DRAFT_OPINION}第二部分（三）`,
      usedBy: ['evaluation.reimbursement', 'evaluation.total'],
    },
    value,
    {
      source: `${DRAFT_OPINION}第二部分（三）“分别稳定在85%、70%左右”；${RESIDENT_NOTICE_2024}（四）`,
      assumed: false,
    },
  );

export const EVALUATION_PRODUCT = [
  slope('width.budget', '预算执行偏离至 0 分的幅度', '0.20'),
  slope('from.collection', '征缴率 0 分起点', '0.90'),
  slope('width.collection', '征缴率由 0 分到满分的幅度', '0.10'),
  slope('from.expansion', '扩面完成率 0 分起点', '0.90'),
  slope('width.expansion', '扩面完成率由 0 分到满分的幅度', '0.10'),
  slope('from.low_income', '两类人员参保率 0 分起点', '0.90'),
  slope('width.low_income', '两类人员参保率由 0 分到满分的幅度', '0.09'),
  slope('from.subsidy_arrival', '地方补助到位率 0 分起点', '0.90'),
  slope('width.subsidy_arrival', '地方补助到位率由 0 分到满分的幅度', '0.10'),
  slope('level.green', '可支付月数：绿色', '1'),
  slope('level.excess', '可支付月数：结余过多', '0.8'),
  slope('level.yellow', '可支付月数：黄色', '0.6'),
  slope('level.orange', '可支付月数：橙色', '0.3'),
  slope('level.red', '可支付月数：红色', '0'),
  slope('days.levy_timeliness', '上解逾期至 0 分的天数', '30'),
  target('employee', '职工', UNIFORM_BENEFIT.employee),
  target('resident', '居民', UNIFORM_BENEFIT.resident),
  slope('width.reimbursement', '支付比例偏离目标至 0 分的幅度', '0.10'),
] as const;
