/**
 * Findings (发现问题): the codes of READINGS 48, what each says, and the article that asks for it.
 *
 * A(n) is an article of the draft opinion, B(n) of the resident notice (docs/law). Words only: the condition
 * under which a finding is raised is a rule beside its figure.
 */
export const FINDING_CODES = [
  'collection_amount',
  'collection_rows',
  'low_income_rate',
  'poverty_relieved_rate',
  'heads_differ',
  'subsidy_missing',
  'subsidy_arrivals',
  'directed_budget_short',
  'report_upward',
  'budget_execution',
  'missing_data',
  'cause_missing',
  'unpaid_claims',
  'rate_step_up',
  'total_budget_over',
  'units_paid_differ',
  'clearing_open',
  'unpaid_at_units',
  'push_unanswered',
  'bank_difference',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

interface AboutFinding {
  zh: string;
  en: string;
  /** What the figure of the finding is. */
  figure: { zh: string; en: string };
  article: string;
}

const COLLECTION = 'A(四)“税务部门负责做好基本医保保费征缴工作”';
const LOW_INCOME = 'B(八)“确保两类人员参保率不低于99%”';
const SUBSIDY = 'B(二)“按规定足额安排财政补助资金并及时拨付到位”';
const RATES = 'A(二)“用人单位未达到7%的地区、在职退休比低于全区平均水平或基金处于紧平衡的地区应逐步调增到7%”';
const PAYMENTS = 'A(四)“完善总额预算管理……落实结余留用、合理超支分担机制”';
const SHARES = 'A(六)“按在职退休比、基金征收率、参保扩面任务完成情况等因素按比例承担”';

export const FINDINGS: Record<FindingCode, AboutFinding> = {
  collection_amount: {
    zh: '税务数与系统数金额不符',
    en: 'The tax bureau’s amount differs from the rows',
    figure: { zh: '差额（元）', en: 'difference, yuan' },
    article: COLLECTION,
  },
  collection_rows: {
    zh: '税务数与系统数笔数不符',
    en: 'The tax bureau’s number of rows differs',
    figure: { zh: '差额（笔）', en: 'difference, rows' },
    article: COLLECTION,
  },
  low_income_rate: {
    zh: '低收入人口参保率低于 99%',
    en: 'Enrolment of people of low income below 99 %',
    figure: { zh: '参保率', en: 'rate' },
    article: LOW_INCOME,
  },
  poverty_relieved_rate: {
    zh: '脱贫人口参保率低于 99%',
    en: 'Enrolment of people lifted out of poverty below 99 %',
    figure: { zh: '参保率', en: 'rate' },
    article: LOW_INCOME,
  },
  heads_differ: {
    zh: '旗县参保人数合计与统筹区不符',
    en: 'The banners’ heads differ from the area’s',
    figure: { zh: '相差人数', en: 'heads' },
    article: 'B(二)；财社〔2012〕223号（6月30日参保人数）',
  },
  subsidy_missing: {
    zh: '财政补助未按期足额到位',
    en: 'Government subsidy not arrived in time',
    figure: { zh: '截至 9 月 30 日未到位（元）', en: 'missing on 30 September, yuan' },
    article: `${SUBSIDY}；财社〔2012〕223号`,
  },
  subsidy_arrivals: {
    zh: '补助到位凭证与财政补贴收入不符',
    en: 'Arrivals of the subsidy differ from the income booked',
    figure: { zh: '差额（元）', en: 'difference, yuan' },
    article: SUBSIDY,
  },
  directed_budget_short: {
    zh: '以收定支后仍有赤字',
    en: 'A directed budget still in deficit',
    figure: { zh: '缺额（元）', en: 'shortfall, yuan' },
    article: 'A(五)“不应编制当年赤字预算”',
  },
  report_upward: {
    zh: '风险红色：须上报，可申请紧急调剂',
    en: 'Risk level red: to be reported upward',
    figure: { zh: '可支付月数', en: 'months payable' },
    article: 'B(十)“确保不出现系统性风险”“遇有重大情况要及时报告”；A(五)“健全基金运行分析与风险预警机制”',
  },
  budget_execution: {
    zh: '预算执行率超出规定范围',
    en: 'Budget execution outside its band',
    figure: { zh: '执行率', en: 'execution' },
    article: 'A(五)“强化医保基金预算执行监督”',
  },
  missing_data: {
    zh: '分担因素缺少数据，按 0 计',
    en: 'A factor of the share has no data and counts 0',
    figure: { zh: '因素', en: 'factor' },
    article: SHARES,
  },
  cause_missing: {
    zh: '缺口未说明原因',
    en: 'A gap without a stated cause',
    figure: { zh: '缺口（元）', en: 'gap, yuan' },
    article: 'A(六)“主要用于平衡因……原因导致当期基金的支出缺口”',
  },
  unpaid_claims: {
    zh: '应付未付医药机构款超过一个月的支出',
    en: 'Hospitals are owed more than one month of expenditure',
    figure: { zh: '应付未付（元）', en: 'owed, yuan' },
    article: 'A(五)“促进基金运行长期平衡、可持续”；B(十)“加强基金收支预算管理和运行分析”',
  },
  rate_step_up: {
    zh: '用人单位费率应逐步调增',
    en: 'The employer’s rate is to be raised step by step',
    figure: { zh: '下一年度费率', en: 'next rate' },
    article: RATES,
  },
  total_budget_over: {
    zh: '医药机构费用超出总额预算',
    en: 'Units have gone over their total budgets',
    figure: { zh: '超支（元）', en: 'overspent, yuan' },
    article: PAYMENTS,
  },
  units_paid_differ: {
    zh: '拨付医药机构数与支出账不符',
    en: 'Payments to units differ from the expenditure booked',
    figure: { zh: '差额（元）', en: 'difference, yuan' },
    article: PAYMENTS,
  },
  clearing_open: {
    zh: '有基金缺口而年度清算款未结',
    en: 'A gap while the clearing with the units is still to be paid',
    figure: { zh: '清算款（元）', en: 'clearing, yuan' },
    article: PAYMENTS,
  },
  unpaid_at_units: {
    zh: '欠拨医药机构款超过一个月的支出',
    en: 'Units are owed more than one month of expenditure',
    figure: { zh: '应付未付（元）', en: 'owed, yuan' },
    article: PAYMENTS,
  },
  push_unanswered: {
    zh: '高额医疗费用负担患者推送后逾期未反馈',
    en: 'Patients with a heavy burden whose push was not answered in time',
    figure: { zh: '逾期人数', en: 'flags overdue' },
    article: 'B(九)“及时向相关部门推送风险信息，将相关部门核查认定后符合条件的困难群众纳入救助范围”',
  },
  bank_difference: {
    zh: '账面数与银行（国库）对账单不符',
    en: 'The books differ from the statement of bank or treasury',
    figure: { zh: '差额（元）', en: 'difference, yuan' },
    article: 'A(六)“专款专用，独立核算”；社会保险基金财务制度（财社〔2017〕144号）',
  },
};
