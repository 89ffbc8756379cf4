/** The figures that a person decides on, line by line: Chinese names, items in the order of the form, amounts by thousands. */
import Table from 'cli-table3';
import type { SubmissionReceipt } from '../../activities/budgets/versions';
import { CHECKS, type TotalRow } from '../../rules/budget-checks';
import { own } from '../../rules/own';
import { gapOf, remediesText, waysText } from '../../rules/returned-version';
import { hasLetterOrDigit, shownText } from '../../rules/text';
import { inYuan, withThousands } from '../../rules/thousands';
import {
  BUDGET_CHECKS,
  type CheckName,
  ITEMS,
  ITEM_NAMES,
  PARTS,
  PART_NAMES,
  SCHEMES,
  SCHEME_NAMES,
  type Scheme,
  UNIT_KIND_NAMES,
  type UnitKind,
} from '../../rules/vocabulary';
import type { WayOut } from '../../rules/way-out';
import { VALUES } from './value-text';

/** In the order in which they are shown: the database keeps none. */
const NAMES: Record<string, string> = {
  income: '测算收入',
  expenditure: '测算支出',
  levy: '上解',
  byFactors: '因素与趋势',
  version: '版本',
  surplus: '当年结余',
  gap: '缺口',
  failed: '未通过',
  deviations: '偏离测算',
  targets: '绩效目标',
  remedies: '可用办法',
  ways: '单项调整',
  returned: '被退回事项',
  by: '退回人',
  reason: '原因',
  majorIllness: '大病保险支出',
  other: '其他非可控支出',
  allowed: '可控支出限额',
  shortBy: '仍缺',
  year: '年度',
  own_surplus: '自有结余',
  fund_share: '调剂金承担',
  area_share: '统筹区政府承担',
  true_up: '清算',
  rows: '项目',
  items: '项目',
  file: '文件',
  line: '行号',
  receipt: '票号',
  paid_on: '缴费日期',
  entity: '统筹区',
  scheme: '险种',
  part: '账户',
  account: '科目',
  date: '日期',
  books: '账面数',
  bank: '银行数',
  difference: '相差',
  amount: '金额',
  due: '应缴',
  quarantined_as: '待核对原因',
  cause: '缺口原因',
  document: '文号',
  fund_money: '调剂金余额',
  advanced: '年内已预拨',
  checked_month: '最近检查月份',
  accumulated_surplus: '累计结余',
  months_payable: '可支付月数',
  level: '风险等级',
  checks: '审核',
  levies: '上解清算',
  differences: '差异',
  reserve: '预留',
  units: '单位',
  figure: '数字',
  text: '说明',
};
/** The figures of an area that a person decides on; the others stand in the results and in `--json`. */
const AREA_FIGURES = ['gap', 'own_surplus', 'fund_share', 'area_share', 'levy', 'true_up'];
/** Figures whose values are codes. */
const CODED: readonly string[] = ['cause', 'quarantined_as', 'scheme', 'part'];

/** 清算表, unit by unit. */
const UNIT_FIGURES: Record<string, string> = {
  budget: '预算',
  incurred: '费用',
  paid: '已拨',
  retained: '留用',
  fund_share: '基金分担',
  payable: '应付',
  clearing: '清算款',
};

const TOTAL_NAMES: Record<TotalRow, string> = {
  total_income: '收入合计',
  total_expenditure: '支出合计',
  surplus: '收支结余',
};
const LINE_NAMES: Readonly<Record<string, string>> = { ...ITEM_NAMES, ...TOTAL_NAMES };
const ORDER = { scheme: SCHEMES, part: PARTS, item: [...ITEMS, ...Object.keys(TOTAL_NAMES)] } as const;

type Row = Record<string, unknown>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const plain = (value: unknown): string => shownText(typeof value === 'string' ? value : JSON.stringify(value));
const isAmount = (text: string): boolean => /^-?\d+\.\d\d$/.test(text);
const amount = (value: unknown): string => withThousands(plain(value));
const placeIn = (order: readonly string[], name: string): number => {
  const index = order.indexOf(name);
  return index < 0 ? Infinity : index;
};
const place = (name: string): number => placeIn(Object.keys(NAMES), name);
const named = (name: string): string => NAMES[name] ?? name;

/** A value as it is shown: codes in Chinese, amounts by thousands. A number of a receipt is no amount. */
function shown(name: string, value: unknown): string {
  const text = plain(value);
  if (CODED.includes(name)) return own(VALUES, text) ?? text;
  return isAmount(text) && name !== 'receipt' ? withThousands(text) : text;
}

/** None where no figures were stored. */
export function figureLines(figures: unknown): string[] {
  if (!isRow(figures)) return [];
  const inOrder = Object.entries(figures).sort(([a], [b]) => place(a) - place(b));
  return inOrder.flatMap(([name, value]) => {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return [];
    if (!Array.isArray(value)) return [`${named(name)}：${shown(name, value)}`];
    if (isRow(value[0])) return listLines(name, value as Row[]);
    return [`${named(name)}：${textsIn(name, value.map(plain))}`];
  });
}

function textsIn(name: string, texts: readonly string[]): string {
  if (name === 'remedies') return remediesText(texts);
  return texts.map((text) => (name === 'failed' ? (own(BUDGET_CHECKS, text)?.failed ?? text) : text)).join('、');
}

function listLines(name: string, rows: readonly Row[]): string[] {
  if (name === 'ways') return below(name, waysText(rows as unknown as WayOut[]));
  if (rows.some((row) => 'item' in row)) return below(name, itemLines(rows));
  if (rows.some((row) => 'check' in row)) return [`${named(name)}：${checksText(rows)}`];
  if (rows.some((row) => 'area' in row && AREA_FIGURES.some((name) => name in row))) {
    return rows.map((row) => `${plain(row.area)}：${areaFigures(row)}`);
  }
  if (name === 'units') return rows.map(unitText);
  return rows.map(
    (row) =>
      `${named(name)}：${['text', 'figure'].flatMap((cell) => (cell in row ? [shown(cell, row[cell])] : [])).join(' ')}`,
  );
}
const below = (name: string, lines: readonly string[]): string[] => [
  `${named(name)}：`,
  ...lines.map((line) => `  ${line}`),
];

const areaFigures = (row: Row): string =>
  AREA_FIGURES.flatMap((name) => (name in row ? [`${named(name)} ${amount(row[name])}`] : [])).join('，');

function unitText({ unit, name, kind, ...amounts }: Row): string {
  const figures = Object.entries(UNIT_FIGURES).map(([column, zh]) => `${zh} ${amount(amounts[column])}`);
  return `${plain(unit)} ${plain(name)}（${UNIT_KIND_NAMES[kind as UnitKind]}）：${figures.join('，')}`;
}

/** The checks that a version did not simply pass. */
function checksText(rows: readonly Row[]): string {
  const noted = rows.filter(({ result }) => result !== 'pass');
  return noted.map(checkText).join('，') || '全部通过';
}
function checkText({ check, result, figure }: Row): string {
  const name = plain(check) as CheckName;
  const text = plain(figure);
  const found = { yuan: inYuan(text), ratio: text, rows: `${text} 行` }[CHECKS[name].unit];
  return [BUDGET_CHECKS[name].zh, own(VALUES, plain(result)) ?? plain(result), found].filter(Boolean).join(' ');
}

/** Columns without lines between them; a wide character takes two places. */
const NO_LINES = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .map((sign) => [sign, '']),
);
function columns(rows: readonly (readonly string[])[], head: readonly string[] = []): string[] {
  const table = new Table({
    head: [...head],
    chars: { ...NO_LINES, middle: '' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    colAligns: ['left', 'right', head.length > 0 ? 'right' : 'left', 'right'],
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

function itemLines(rows: readonly Row[]): string[] {
  const inOrder = [...rows].sort((a, b) => {
    const [differs] = (['scheme', 'part', 'item'] as const)
      .map((column) => placeIn(ORDER[column], plain(a[column] ?? '')) - placeIn(ORDER[column], plain(b[column] ?? '')))
      .filter((difference) => difference !== 0 && !Number.isNaN(difference));
    return differs ?? 0;
  });
  const isExecution = rows.some((row) => 'actual' in row);
  return isExecution
    ? columns(
        inOrder.map((row) => [
          `${SCHEME_NAMES[row.scheme as Scheme]} ${itemName(row)}`,
          amount(row.actual),
          amount(row.budget_in_force),
          plain(row.ratio),
        ]),
        ['科目', '累计执行', '全年预算', '执行率'],
      )
    : columns(inOrder.map((row) => [itemName(row), amount(row.amount), reasonText(row)]));
}

function itemName({ part, item }: Row): string {
  const code = plain(item);
  return `${part === 'personal_account' ? `${PART_NAMES.personal_account} ` : ''}${own(LINE_NAMES, code) ?? code}`;
}
const reasonText = ({ reason }: Row): string =>
  typeof reason === 'string' && hasLetterOrDigit(reason) ? `（${shownText(reason)}）` : '';

/** The lines that one set of figures has and the other has not. */
export function changedLines(before: unknown, now: unknown): { gone: string[]; come: string[] } {
  const [old, current] = [figureLines(before), figureLines(now)];
  return {
    gone: old.filter((line) => !current.includes(line)),
    come: current.filter((line) => !old.includes(line)),
  };
}

/** What a version that fails its checks comes back with. */
export const returnedText = ({ surplus, failed, remedies, ways = [] }: SubmissionReceipt): string =>
  figureLines({ surplus, gap: gapOf(surplus), failed, remedies, ways }).join('\n');
