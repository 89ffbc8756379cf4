/** The results of CONTRACT 3 in Chinese: each file, each column, and which cells name a row. */
import type { FigureTable } from '../db/provenance';
import { FINAL_ACCOUNT_LINES } from '../rules/final-accounts';
import { FINDINGS, type FindingCode } from '../rules/findings';
import { own } from '../rules/own';
import { INPUT_WORDS } from './input-words';
import { PAYMENT_WORDS, TOTAL_BUDGET } from './payment-words';
import { ITEM_NAMES } from '../rules/vocabulary';

export interface Result {
  zh: string;
  /** The table of the figures; what the books add up to, rows in quarantine and the year itself are explained in ways of their own. */
  table: FigureTable | 'quarantine' | 'balances' | 'execution' | 'cycle';
  key: readonly string[];
  columns: Record<string, string>;
}

/** The figures that `fund explain` explains, by result. A column that is no figure is part of the key. */
export const RESULTS: Record<string, Result> = {
  collection: {
    zh: '居民征缴',
    table: 'collection',
    key: ['area'],
    columns: {
      registered: '登记人数',
      paid: '缴费人数',
      due: '应缴额',
      collected: '实缴额',
      aid: '资助额',
      progress: '征缴进度',
      low_income_rate: '两类人员参保率',
      accepted_rows: '受理笔数',
      quarantined_rows: '待核对笔数',
      quarantined_amount: '待核对金额',
      tax_rows: '税务笔数',
      tax_amount: '税务金额',
      difference: '对账差额',
    },
  },
  quarantine: {
    zh: '待核对缴费',
    table: 'quarantine',
    key: ['file', 'line'],
    columns: { receipt: '票据号', reason: '待核对原因' },
  },
  subsidy: {
    zh: '财政补助',
    table: 'subsidy',
    key: ['area', 'level', 'banner'],
    columns: { due: '应补助', arrived: '已到位', missing: '9月30日前未到位', settlement: '结算差额' },
  },
  budget_checks: {
    zh: '预算审核',
    table: 'budget_checks',
    key: ['area', 'scheme', 'version', 'check'],
    columns: { result: '审核结果', figure: '审核数' },
  },
  budgets: {
    zh: '生效预算',
    table: 'budgets',
    key: ['area', 'scheme', 'part', 'item'],
    columns: { amount: '预算数', origin: '来源', version: '版本' },
  },
  region_budget: {
    zh: '自治区汇总预算',
    table: 'region_budget',
    key: ['scheme', 'part', 'item'],
    columns: { amount: '汇总预算数' },
  },
  adjusted_budgets: {
    zh: '年度内预算调整',
    table: 'adjusted_budgets',
    key: ['area', 'scheme', 'version', 'part', 'item'],
    columns: { amount: '调整后预算数', from: '自何日起生效' },
  },
  execution: {
    zh: '季度预算执行',
    table: 'execution',
    key: ['area', 'scheme', 'quarter', 'part', 'item'],
    columns: {
      budget: '年初预算数',
      budget_in_force: '季末生效预算数',
      actual: '截至季末执行数',
      ratio: '执行率',
    },
  },
  risk: {
    zh: '风险预警',
    table: 'risk',
    key: ['area', 'scheme', 'month'],
    columns: { accumulated_surplus: '累计结余', months_payable: '可支付月数', level: '风险等级' },
  },
  levy: {
    zh: '上解',
    table: 'levy',
    key: ['scheme', 'area'],
    columns: {
      estimate_base: '预缴基数',
      premium_floor: '应收保费占测算数的下限比例',
      prepaid: '预缴额',
      base: '清算基数',
      rate: '上解比例',
      uncapped: '封顶前上解额',
      levy: '上解额',
      true_up: '清算差额',
    },
  },
  sharing: {
    zh: '缺口分担',
    table: 'sharing',
    key: ['scheme', 'area'],
    columns: {
      income: '当年统筹基金收入',
      expenditure: '当年统筹基金支出',
      levy: '上解额',
      gap: '缺口 G',
      own_surplus: '自有累计结余弥补 U',
      residual: '剩余缺口 R',
      managerial: '管理性缺口 M',
      general: '一般性缺口 N',
      alpha: '调剂金分担比例 α',
      entitled: '应由调剂金承担',
      fund_share: '调剂金承担 F',
      area_share: '统筹区政府承担 A',
      cause: '缺口原因',
    },
  },
  total_budget: TOTAL_BUDGET,
  journal: {
    zh: '账簿分录',
    table: 'journal',
    key: ['key', 'account'],
    columns: { debit: '借方', credit: '贷方' },
  },
  balances: {
    zh: '科目余额',
    table: 'balances',
    key: ['entity', 'scheme', 'part', 'account'],
    columns: { balance: '清算后余额（次年5月31日）', at_year_end: '年末余额（12月31日）' },
  },
  evaluation: {
    zh: '绩效评价',
    table: 'evaluation',
    key: ['area', 'scheme', 'indicator'],
    columns: { value: '指标值（总分行为名次）', score: '得分' },
  },
  estimate: {
    zh: '系统测算',
    table: 'estimate',
    key: ['area', 'scheme', 'part', 'item'],
    columns: { trend: '按历年趋势测算数', factors: '按因素测算数', estimate: '系统测算数' },
  },
  rates: {
    zh: '用人单位费率',
    table: 'rates',
    key: ['area'],
    columns: { employer_rate: '用人单位费率', grounds: '应调增的情形', next_rate: '下年度费率' },
  },
  findings: {
    zh: '发现问题',
    table: 'findings',
    key: ['code', 'area', 'scheme', 'month', 'subject'],
    columns: { figure: '数值', raised: '是否构成问题' },
  },
  premium_sources: {
    zh: '居民保费来源',
    table: 'premium_sources',
    key: ['area', 'source'],
    columns: { amount: '金额' },
  },
  final_accounts: {
    zh: '决算',
    table: 'final_accounts',
    key: ['area', 'scheme', 'part', 'line'],
    columns: { budget: '预算数', amount: '决算数' },
  },
  agreement: {
    zh: '账实核对',
    table: 'agreement',
    key: ['area', 'scheme', 'part', 'account', 'date'],
    columns: { books: '账面数', bank: '银行（国库）数', difference: '银行数减账面数' },
  },
  cycle: {
    zh: '年度',
    table: 'cycle',
    key: [],
    columns: { status: '状态', simulation: '是否模拟测算', skipped: '跳过的步骤' },
  },
};

/** Names of intermediate figures, which are no column of a result, and of the inputs of formulas. */
export const WORDS: Record<string, string> = {
  'collection.premium': '征缴保费收入（含资助；按收付年度确认的，为当年收到数）',
  'opening_surplus.surplus': '年初累计结余（不含预收保费）',
  'opening_surplus.advance': '年初余额所含预收保费 P',
  'collection_term.standard': '个人缴费标准',
  'collection_term.aid': '每人资助额',
  'collection_term.due': '每人应缴额',
  'aid_funding.medical_aid': '每人医疗救助资助额',
  'aid_funding.fiscal': '每人财政代缴额',
  'budget_estimate.amount': '系统测算数',
  'budget_estimate.trend': '按历年趋势测算数',
  'budget_estimate.factors': '按因素测算数',
  'estimate.income': '测算的统筹基金收入',
  'budget_estimate.income': '测算的统筹基金收入',
  'budgets.income': '该版统筹基金收入 I',
  'budgets.other': '该版不可压减支出 X（含上解）',
  'budgets.allowed': '可控支出可安排数',
  'budgets.major_illness': '大病保险支出',
  'risk.income': '截至当月统筹基金收入',
  'risk.premium': '截至当月保费收入',
  'risk.collected': '截至当月征缴保费收入',
  'risk.prepaid_to_date': '截至当月已预缴上解',
  'risk.months_payable_4': '可支付月数（四位小数）',
  'levy.room': '调剂金尚可筹集数',
  'levy_estimate.room': '调剂金尚可筹集数（预缴时）',
  'levy_estimate.uncapped': '封顶前预缴额',
  'levy_estimate.estimate_base': '预缴基数',
  'sharing.actual_premium': '实际保费收入',
  'sharing.expected_premium': '应收保费',
  'evaluation.expected_premium': '应收保费',
  'emergency_advance.amount': '紧急调剂预拨额',
  'sharing.available': '调剂金可用数',
  'sharing.alpha.d': '赡养因素 d',
  'sharing.alpha.c': '征缴因素 c',
  'sharing.alpha.k': '扩面因素 k',
  'sharing.alpha.disqualified': '不予调剂的情形（空为无）',
  'evaluation.s': '得分率',
  ...INPUT_WORDS,
  ...PAYMENT_WORDS,
};

/** The columns of a result, and its intermediate figures, which can be explained as well: `sharing.available`. */
export const columnsOf = (result: string): Record<string, string> => ({
  ...own(RESULTS, result)?.columns,
  ...Object.fromEntries(
    Object.entries(WORDS).flatMap(([name, zh]) =>
      name.startsWith(`${result}.`) ? [[name.slice(result.length + 1), zh]] : [],
    ),
  ),
});

/** `sharing.alpha.d` is the column `alpha.d` of the result `sharing`. */
export function splitFigure(figure: string): { result: string; column: string } {
  const dot = figure.indexOf('.');
  return dot < 0 ? { result: figure, column: '' } : { result: figure.slice(0, dot), column: figure.slice(dot + 1) };
}

/** A figure in Chinese. What the figure of a finding is depends on its code; a line of final accounts says which closing it is of. */
export function figureName(figure: string, { code, line }: Record<string, string> = {}): string {
  const { result, column } = splitFigure(figure);
  if (result === 'final_accounts' && line !== undefined) {
    return `${own<string>({ ...FINAL_ACCOUNT_LINES, ...ITEM_NAMES }, line) ?? line}·${own(RESULTS[result]?.columns, column) ?? column}`;
  }
  if (figure === 'findings.figure' && code !== undefined) return FINDINGS[code as FindingCode].figure.zh;
  return own(own(RESULTS, result)?.columns, column) ?? own(WORDS, figure) ?? own(WORDS, column) ?? figure;
}
