/** 预算: the limits that a budget is checked against, and the band of its execution (RULES 6, 7). */
import { rate } from './forms';
import { parameter, product } from './parameter';
import { DRAFT_OPINION, assumption } from './sources';

const A5 = `${DRAFT_OPINION}第二部分（五）`;

export const BUDGET = [
  parameter(
    'budget.slight_surplus',
    {
      zh: '“略有结余”的最低结余率',
      article: A5,
      usedBy: ['budget_checks.slight_surplus', 'budgets', '以收定支'],
      form: rate,
    },
    '0',
    { source: `${A5}“以收定支、收支平衡、略有结余”，比率未定；${assumption('不低于 0')}`, assumed: true },
  ),
  parameter(
    'budget.deviation',
    { zh: '偏离系统测算须说明理由的幅度', article: A5, usedBy: ['budget_checks.deviation'], form: rate },
    '0.15',
    { source: `${A5}“全面、准确、科学编制”；${assumption('15%')}`, assumed: true },
  ),
  parameter(
    'budget.growth_band',
    { zh: '测算增长率的上下限', article: A5, usedBy: ['budget_checks.deviation', 'estimate', 'budgets'], form: rate },
    '0.10',
    {
      source: `${A5}“根据……历年收支规模”；${assumption('±10%')}`,
      assumed: true,
    },
  ),
  parameter(
    'budget.major_illness_floor',
    {
      zh: '大病保险划拨比例下限（占居民医保基金收入）',
      article: `${DRAFT_OPINION}第二部分（二）`,
      usedBy: ['budget_checks.major_illness_floor', 'budget_checks.deviation', 'estimate', 'budgets', '以收定支'],
      form: rate,
    },
    '0.06',
    {
      source: `${DRAFT_OPINION}第二部分（二）“按照不低于6%左右从居民医保基金中划拨”`,
      assumed: false,
    },
  ),
] as const;

const execution = { article: A5, usedBy: ['findings.budget_execution'] };
const basis = { source: `${A5}“强化医保基金预算执行监督”；${assumption('85%—115%')}`, assumed: true };
export const BUDGET_PRODUCT = [
  product('budget.execution.low', { zh: '预算执行率下限（含）', ...execution }, '0.85', basis),
  product('budget.execution.high', { zh: '预算执行率上限（含）', ...execution }, '1.15', basis),
] as const;
