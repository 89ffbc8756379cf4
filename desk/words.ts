/** The words of the desk in both languages: names of figures, acts, checks, offices. No code of the program is shown to an official. */
import type { TrailAct } from '../db/trail';
import { type Decision, DECISION_NAMES, type TaskKind } from '../rules/decisions';
import { own } from '../rules/own';
import { shownText } from '../rules/text';
import { withThousands } from '../rules/thousands';
import {
  BUDGET_CHECKS,
  PART_NAMES,
  type Part,
  ROLE_NAMES,
  type Role,
  UNIT_KIND_NAMES,
  isItem,
} from '../rules/vocabulary';
import { matterText } from '../rules/joint-matters';
import type { JointMatter } from '../rules/keys';
import { ACT_NAMES } from '../scripts/words/trail-text';
import { VALUES } from '../scripts/words/value-text';
import { ITEM_TEXT } from '../web/items';
import { type Text, same, text } from '../web/text';

/** What the figures of a task are called. */
const FIGURES: Record<string, Text> = {
  income: text('收入', 'income'),
  expenditure: text('支出', 'expenditure'),
  levy: text('上解', 'levy'),
  byFactors: text('因素与趋势', 'factors beside the trend'),
  surplus: text('当年结余', 'surplus of the year'),
  failed: text('未通过的审核', 'failed checks'),
  deviations: text('偏离测算', 'away from the estimate'),
  targets: text('绩效目标', 'targets'),
  remedies: text('可用办法', 'remedies'),
  ways: text('单项调整', 'one change alone'),
  by: text('退回人', 'returned by'),
  majorIllness: text('大病保险支出', 'major illness'),
  other: text('其他非可控支出', 'other, not controllable'),
  allowed: text('可控支出限额', 'limit of what is controllable'),
  checked_month: text('最近检查月份', 'last month checked'),
  accumulated_surplus: text('累计结余', 'accumulated surplus'),
  months_payable: text('可支付月数', 'months payable'),
  level: text('风险等级', 'level'),
  version: text('版本', 'version'),
  returned: text('被退回的事项', 'what was returned'),
  reason: text('原因', 'reason'),
  shortBy: text('仍缺', 'still short by'),
  year: text('年度', 'year'),
  quarter: text('季度', 'quarter'),
  gap: text('缺口', 'gap'),
  own_surplus: text('自有结余', 'own surplus'),
  residual: text('剩余缺口', 'residual'),
  managerial: text('管理性缺口', 'managerial part'),
  general: text('一般性缺口', 'general part'),
  alpha: text('调剂金分担比例', 'share of the fund'),
  entitled: text('应由调剂金承担', 'entitled'),
  fund_share: text('调剂金承担', 'borne by the fund'),
  area_share: text('统筹区政府承担', 'borne by the area'),
  base: text('上解基数', 'base'),
  rate: text('比例', 'rate'),
  uncapped: text('封顶前', 'before the cap'),
  prepaid: text('已预缴', 'prepaid'),
  true_up: text('清算差额', 'true-up'),
  cause: text('原因', 'cause'),
  amount: text('金额', 'amount'),
  advanced: text('年内已预拨', 'advanced before'),
  fund_money: text('调剂金可用数', 'money of the fund'),
  document: text('文号', 'document'),
  area: text('统筹区', 'area'),
  entity: text('单位', 'entity'),
  scheme: text('险种', 'scheme'),
  part: text('账户', 'part'),
  item: text('科目', 'item'),
  account: text('会计科目', 'account'),
  date: text('日期', 'date'),
  books: text('账面数', 'books'),
  bank: text('银行（国库）数', 'bank'),
  difference: text('差额', 'difference'),
  file: text('文件', 'file'),
  line: text('行号', 'line'),
  month: text('月份', 'month'),
  step: text('环节', 'step'),
  receipt: text('票号', 'receipt'),
  paid_on: text('缴费日期', 'paid on'),
  due: text('应缴', 'due'),
  quarantined_as: text('待核对原因', 'in quarantine because'),
  reserve: text('预留', 'reserve'),
  unit: text('代码', 'code'),
  name: text('名称', 'name'),
  kind: text('类别', 'kind'),
  budget: text('预算', 'budget'),
  incurred: text('费用', 'incurred'),
  paid: text('已拨', 'paid'),
  retained: text('结余留用', 'savings kept'),
  payable: text('应付', 'payable'),
  clearing: text('清算款', 'clearing'),
  budget_in_force: text('生效预算', 'budget in force'),
  actual: text('执行数', 'actual'),
  ratio: text('执行率', 'execution'),
  code: text('问题', 'finding'),
  figure: text('数值', 'figure'),
  text: text('说明', 'text'),
  check: text('审核项', 'check'),
  result: text('结果', 'result'),
};
export const figureText = (name: string): Text => own(FIGURES, name) ?? same(name);

const NAMES = Object.keys(FIGURES);
/** In the order in which they follow from each other; what has no name here comes last. */
export const inOrder = (names: readonly string[]): string[] => {
  const place = (name: string): number => (NAMES.includes(name) ? NAMES.indexOf(name) : NAMES.length);
  return [...names].sort((a, b) => place(a) - place(b));
};

const CODES: Record<string, string> = {
  ...VALUES,
  ...UNIT_KIND_NAMES,
  ...Object.fromEntries(Object.entries(BUDGET_CHECKS).map(([check, { failed }]) => [check, failed])),
};

/** A stored cell as an official reads it: codes in Chinese, amounts with thousands separated. */
export function cellWords(name: string, cell: unknown): string {
  if (cell === null || cell === undefined || cell === '') return '—';
  if (Array.isArray(cell)) return cell.map((each) => cellWords(name, each)).join('；');
  const words = typeof cell === 'string' ? cell : JSON.stringify(cell);
  if (isNumber(name, words)) return withThousands(words);
  return own(CODES, words) ?? shownText(words);
}
/** Codes, lines and years are digits too, but no amounts. */
const NO_AMOUNTS = [
  'area',
  'entity',
  'unit',
  'line',
  'receipt',
  'version',
  'year',
  'month',
  'quarter',
  'date',
  'file',
  'document',
];
export const isNumber = (name: string, words: string): boolean =>
  /^-?\d+(\.\d+)?$/.test(words) && !NO_AMOUNTS.includes(name);

export const itemText = (item: string): Text =>
  isItem(item) ? ITEM_TEXT[item] : (own(TOTALS, item) ?? same(shownText(item)));
const TOTALS: Record<string, Text> = {
  total_income: text('收入合计', 'total income'),
  total_expenditure: text('支出合计', 'total expenditure'),
  surplus: text('当年结余', 'surplus'),
};
export const partText = (part: Part): Text =>
  text(PART_NAMES[part], part === 'pooled' ? 'pooled fund' : 'personal accounts');

const DECISIONS_IN_ENGLISH: Record<Decision, string> = {
  submit: 'submit',
  approve: 'approve',
  return: 'return',
  accept: 'accept',
  record: 'record the document',
};
export const decisionText = (decision: Decision): Text =>
  text(DECISION_NAMES[decision], DECISIONS_IN_ENGLISH[decision]);
/** To accept a request for files is to say that there is nothing to report. */
export const actText = (kind: TaskKind, decision: Decision): Text =>
  kind === 'import' ? actName('zero_report') : decisionText(decision);

const ACTS_IN_ENGLISH: Record<TrailAct, string> = {
  ...DECISIONS_IN_ENGLISH,
  zero_report: 'nothing to report',
  correct: 'correct',
  import: 'import files',
  extend: 'extend',
  revoke_key: 'revoke a key',
  appoint: 'appoint',
  end_office: 'end an office',
  freeze: 'freeze',
  lift_freeze: 'lift a freeze',
  abandon: 'abandon the year',
  archive: 'archive',
  restore: 'restore',
};
export const actName = (act: TrailAct): Text => text(ACT_NAMES[act], ACTS_IN_ENGLISH[act]);

/** What two people sign for. */
export const matterWords = (matter: JointMatter): Text => {
  const { what, ...about } = matter;
  return text(matterText(matter), `${ACTS_IN_ENGLISH[what]} (${Object.values(about).join(', ')})`);
};

const ROLES_IN_ENGLISH: Record<Role, string> = {
  area_security: 'security bureau of the area',
  area_finance: 'finance bureau of the area',
  region_security: 'security bureau of the region',
  region_finance: 'finance department of the region',
  region_government: 'government of the region',
};
export const roleText = (role: Role): Text => text(ROLE_NAMES[role], ROLES_IN_ENGLISH[role]);

const RESULTS: Record<string, Text> = {
  pass: text('通过', 'pass'),
  warn: text('提示', 'warning'),
  fail: text('不通过', 'fail'),
};
export const resultText = (result: string): Text => own(RESULTS, result) ?? same(result);
