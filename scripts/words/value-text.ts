/** A value of a result as a person reads it: codes in Chinese, amounts with thousands separated. */
import type { Value } from '../../explain/tree';
import { INDICATOR_NAMES } from '../../rules/evaluation';
import { FINAL_ACCOUNT_LINES } from '../../rules/final-accounts';
import { FINDINGS } from '../../rules/findings';
import { QUARANTINE_REASON_NAMES } from '../../rules/payment-row';
import { own } from '../../rules/own';
import { shownText } from '../../rules/text';
import { withThousands } from '../../rules/thousands';
import {
  AID_KIND_NAMES,
  BUDGET_CHECKS,
  BURDEN_CLASS_NAMES,
  CAUSE_NAMES,
  ENROLMENT_CLASS_NAMES,
  GROUP_NAMES,
  ITEM_NAMES,
  PART_NAMES,
  PREMIUM_SOURCE_NAMES,
  RISK_LEVEL_NAMES,
  SCHEME_NAMES,
  SUBSIDY_LEVEL_NAMES,
} from '../../rules/vocabulary';

/** The codes that stand in the results, in Chinese. */
export const VALUES: Record<string, string> = {
  ...RISK_LEVEL_NAMES,
  ...ITEM_NAMES,
  ...SCHEME_NAMES,
  ...PART_NAMES,
  ...QUARANTINE_REASON_NAMES,
  ...CAUSE_NAMES,
  ...GROUP_NAMES,
  ...AID_KIND_NAMES,
  ...PREMIUM_SOURCE_NAMES,
  ...ENROLMENT_CLASS_NAMES,
  pass: '通过',
  warn: '提示',
  fail: '不通过',
  accepted: '受理',
  quarantined: '待核对',
  submitted: '报送',
  directed: '以收定支',
  closed: '已关账',
  open: '未关账',
  abandoned: '已作废',
  ...SUBSIDY_LEVEL_NAMES,
  opening: '年初余额',
  position: '资金存放',
  'held-advance': '预收保费转收入',
  collection: '居民征缴',
  actual: '实际收支',
  levy: '上解',
  settlement: '缺口分担',
  inf: '无限',
  payment: '缴费',
  refund: '退费',
};

export function valueText(value: Value): string {
  if (Array.isArray(value)) return `［${value.map(valueText).join('，')}］`;
  if (value === null || value === '') return '（空）';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (/^-?\d{4,}\.\d$/.test(value)) return valueText(`${value}0`);
  if (/^-?\d{4,}(\.\d+)?$/.test(value)) return withThousands(value);
  const name = own(VALUES, value);
  return name === undefined ? value : `${name}（${value}）`;
}

/** A sentence that quotes amounts, with their thousands separated: it was stored without. */
export const spaced = (sentence: string): string =>
  shownText(sentence).replace(/-?\d{4,}\.\d{2}(?!\d)/g, (amount) => withThousands(amount));

/** Columns whose codes mean something else elsewhere: `collection` is an act of the books, and an indicator. */
const OF_CELLS: Record<string, Record<string, string>> = {
  indicator: { ...INDICATOR_NAMES, total: '总分' },
  subject: { income: '收入', expenditure: '支出' },
  code: Object.fromEntries(Object.entries(FINDINGS).map(([code, { zh }]) => [code, zh])),
  check: Object.fromEntries(Object.entries(BUDGET_CHECKS).map(([check, { zh }]) => [check, zh])),
  scheme: SCHEME_NAMES,
  part: PART_NAMES,
  item: ITEM_NAMES,
  line: { ...FINAL_ACCOUNT_LINES, ...ITEM_NAMES },
  group: GROUP_NAMES,
  source: PREMIUM_SOURCE_NAMES,
  class: { ...ENROLMENT_CLASS_NAMES, ...BURDEN_CLASS_NAMES },
};
/** A cell that is part of the key of a row. */
export const cellText = (name: string, cell: string): string =>
  name === 'month'
    ? `${cell} 月`
    : name === 'year'
      ? `${cell} 年`
      : (own(own(OF_CELLS, name), cell) ?? own(VALUES, cell) ?? cell);

/**
 * The one code whose Chinese name is this word or begins with it: 居民医保, or 居民, is `resident`. A name that is the word, or the word
 * and a letter, comes first: 缺口 is 缺口 G rather than 缺口原因.
 */
export function codeOfWord(word: string, words: Iterable<readonly [code: string, zh: string]>): string | undefined {
  const beginning = [...words].filter(([, zh]) => word !== '' && zh.startsWith(word));
  const [[code] = []] = beginning.filter(([, zh]) => zh === word || zh.startsWith(`${word} `));
  return code ?? (beginning.length === 1 ? beginning[0]?.[0] : undefined);
}
/** The codes that a column of this name may hold, with their Chinese names. */
export const wordsOf = (name: string): [code: string, zh: string][] => Object.entries(own(OF_CELLS, name) ?? VALUES);
