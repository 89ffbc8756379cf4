/** A task as a person reads it: what, on which figures, since when, until when, and the command to act with. */
import type { WaitingTask } from '../../db/tasks';
import { type TaskKind, needsDocument } from '../../rules/decisions';
import { hasLetterOrDigit, shownText } from '../../rules/text';
import {
  ITEM_NAMES,
  PART_NAMES,
  SCHEME_NAMES,
  type Scheme,
  UNIT_KIND_NAMES,
  type UnitKind,
  officeName,
} from '../../rules/vocabulary';

/** What can be done about each kind of task: the command, what it needs besides the task, and what it says where that is not plain. */
const COMMANDS: Record<TaskKind, readonly (readonly [command: string, needs: string, means?: string])[]> = {
  submit: [['submit', '--version 版本']],
  approve: [
    ['approve', ''],
    ['return', '--reason 原因'],
  ],
  accept_finding: [['accept-finding', '']],
  record_method: [['record-document', '--document 文号']],
  report: [['record-document', '--document 文号']],
  // Either there are files to import, or somebody says that there is nothing to report.
  import: [
    ['import', '目录', '报送文件'],
    ['accept-finding', '', '确无数据的，零报送'],
  ],
};

/** The exact commands; what the person has to fill in stands in Chinese. */
export const commandsOf = (task: WaitingTask): string[] => waysToAct(task).map(({ command }) => command);

function waysToAct(task: WaitingTask): { command: string; means: string }[] {
  const operator = task.operators[0]?.operator ?? '工号';
  const about = [
    `--as ${operator}`,
    `--year ${task.fund_year}`,
    ...(task.of_area === null ? [] : [`--area ${task.of_area}`]),
    ...(task.of_scheme === null ? [] : [`--scheme ${task.of_scheme}`]),
  ];
  return COMMANDS[task.kind].map(([command, needs, means = '']) => {
    // Two years are open from September to May: an import says which one it is for.
    if (command === 'import') return { command: `npm run fund -- import ${needs} --year ${task.fund_year}`, means };
    // A budget is named by its area and scheme, anything else by the task itself.
    const which = command === 'submit' ? about : [`--as ${operator}`, `--task ${task.task}`];
    const document = command === 'approve' && needsDocument(task) ? '--document 批准文号' : '';
    return { command: ['npm run fund --', command, ...which, needs, document].filter(Boolean).join(' '), means };
  });
}

/** The date of an instant: 2027-10-02. */
const day = (instant: string): string => instant.slice(0, 10);

/** The task in a few lines. */
export function taskLines(task: WaitingTask): string[] {
  const persons =
    task.operators.map(({ operator, name }) => shownText(`${operator} ${name}`)).join('、') || '无人可办，请补充人员';
  const over = task.overdue ? `【逾期 ${task.days_over} 天】` : '';
  const where = task.of_area_name === null ? '' : `${shownText(task.of_area_name)} `;
  return [
    `${where}${shownText(task.subject)}`,
    `  办理人 ${officeName(task)}（${persons}）；自 ${day(task.since)}，截止 ${task.due_on}${over}`,
    ...figureLines(task.figures).map((line) => `  ${line}`),
    ...waysToAct(task).map(({ command, means }) => `  → ${means === '' ? '' : `${means}：`}${command}`),
  ];
}

const NAMES: Record<string, string> = {
  income: '测算收入',
  expenditure: '测算支出',
  levy: '上解',
  byFactors: '因素与趋势',
  surplus: '当年结余',
  failed: '未通过',
  deviations: '偏离测算',
  targets: '绩效目标',
  remedies: '可用办法',
  version: '版本',
  returned: '被退回事项',
  reason: '原因',
  shortBy: '仍缺',
  year: '年度',
  gap: '缺口',
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
  amount: '金额',
  fund_money: '调剂金余额',
  advanced: '年内已预拨',
  checked_month: '最近检查月份',
  accumulated_surplus: '累计结余',
  months_payable: '可支付月数',
  level: '风险等级',
  due: '应缴',
  quarantined_as: '待核对原因',
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

type Row = Record<string, unknown>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const plain = (value: unknown): string => shownText(typeof value === 'string' ? value : JSON.stringify(value));
/** The order of the names above: the database keeps none. */
const place = (name: string): number => {
  const index = Object.keys(NAMES).indexOf(name);
  return index < 0 ? Infinity : index;
};
const named = (name: string): string => NAMES[name] ?? name;

/** The figures that the person decides on, as lines; none where none were stored. */
export function figureLines(figures: unknown): string[] {
  if (!isRow(figures)) return [];
  const inOrder = Object.entries(figures).sort(([a], [b]) => place(a) - place(b));
  return inOrder.flatMap(([name, value]) => {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return [];
    if (Array.isArray(value) && isRow(value[0])) return listLines(name, value as Row[]);
    return [`${named(name)}：${Array.isArray(value) ? value.map(plain).join('、') : plain(value)}`];
  });
}

function listLines(name: string, rows: readonly Row[]): string[] {
  if (rows.some((row) => 'item' in row)) return [`${named(name)}：${rows.map(itemText).join('，')}`];
  if (rows.some((row) => 'check' in row)) {
    const noted = rows.filter(({ result }) => result !== 'pass');
    return [
      `${named(name)}：${noted.map(({ check, result, figure }) => [check, result, figure].map(plain).join(' ')).join('，') || '全部通过'}`,
    ];
  }
  if (rows.some((row) => 'area' in row && AREA_FIGURES.some((name) => name in row))) {
    return rows.map((row) => `${plain(row.area)}：${areaFigures(row)}`);
  }
  if (name === 'units') return rows.map(unitText);
  return rows.map(
    (row) =>
      `${named(name)}：${['text', 'figure'].flatMap((cell) => (cell in row ? [plain(row[cell])] : [])).join(' ')}`,
  );
}

const areaFigures = (row: Row): string =>
  AREA_FIGURES.flatMap((name) => (name in row ? [`${named(name)} ${plain(row[name])}`] : [])).join('，');

function unitText({ unit, name, kind, ...amounts }: Row): string {
  const figures = Object.entries(UNIT_FIGURES).map(([column, zh]) => `${zh} ${plain(amounts[column])}`);
  return `${plain(unit)} ${plain(name)}（${UNIT_KIND_NAMES[kind as UnitKind]}）：${figures.join('，')}`;
}

function itemText({ scheme, part, item, amount, reason, ...execution }: Row): string {
  const name = (ITEM_NAMES as Record<string, string>)[plain(item)] ?? plain(item);
  const account = part === 'personal_account' ? `${PART_NAMES.personal_account} ` : '';
  if ('actual' in execution) {
    const { actual, budget_in_force: budget, ratio } = execution;
    const of = ratio === '' ? '' : `（${plain(ratio)}）`;
    return `${SCHEME_NAMES[scheme as Scheme]} ${account}${name} ${plain(actual)}／${plain(budget)}${of}`;
  }
  const why = typeof reason === 'string' && hasLetterOrDigit(reason) ? `（${shownText(reason)}）` : '';
  return `${account}${name} ${plain(amount)}${why}`;
}

/** The task in one line, for a list of the tasks that a word may refer to. */
export const briefly = (task: WaitingTask): string =>
  `${task.task}（${officeName(task)}${task.of_scheme === null ? '' : `，${SCHEME_NAMES[task.of_scheme]}`}，截止 ${task.due_on}）`;
