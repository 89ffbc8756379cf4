/** A task as a person reads it: what, on which figures, since when, until when, and the command to act with. */
import type { VoidDecision } from '../../db/decisions';
import type { WaitingTask } from '../../db/tasks';
import { DECISION_NAMES, type TaskKind, needsDocument } from '../../rules/decisions';
import { unsubmittedText } from '../../rules/returned-version';
import { shownText } from '../../rules/text';
import { SCHEME_NAMES, officeName } from '../../rules/vocabulary';
import { changedLines, figureLines } from './figure-lines';
import { personsText } from './persons-text';

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

/**
 * The exact commands for one operator; what the person has to fill in stands in Chinese. Nobody is handed a command in another's name:
 * without `as` that is filled in too. A decision names the figures that it is about, so that nobody decides on others than these.
 */
export const commandsOf = (task: WaitingTask, as?: string): string[] =>
  waysToAct(task, as).map(({ command }) => command);

function waysToAct(task: WaitingTask, operator = '工号'): { command: string; means: string }[] {
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
    const seen = `--figures ${task.figures_hash.slice(0, SHOWN_OF_HASH)}`;
    const which = command === 'submit' ? about : [`--as ${operator}`, `--task ${task.task}`, seen];
    const [version, ...others] = task.versions ?? [];
    const filled =
      command === 'submit' && version !== undefined && others.length === 0 ? `--version ${version}` : needs;
    const document = command === 'approve' && needsDocument(task) ? '--document 批准文号' : '';
    return { command: ['npm run fund --', command, ...which, filled, document].filter(Boolean).join(' '), means };
  });
}

/** Enough of a hash to tell figures apart. */
const SHOWN_OF_HASH = 12;

/** The date of an instant: 2027-10-02. */
const day = (instant: string): string => instant.slice(0, 10);

/** The task in a few lines, with the commands for one operator. */
export function taskLines(task: WaitingTask, as?: string): string[] {
  const persons = personsText(task.operators) || '无人可办，请补充人员';
  const over = task.overdue ? `【逾期 ${task.days_over} 天】` : '';
  const where = task.of_area_name === null ? '' : `${shownText(task.of_area_name)} `;
  return [
    `${where}${shownText(task.subject)}`,
    `  办理人 ${officeName(task)}（${persons}）；自 ${day(task.since)}，截止 ${task.due_on}${over}`,
    ...anewLines(task).map((line) => `  ${line}`),
    ...figureLines(task.figures).map((line) => `  ${line}`),
    ...(task.held === null ? [] : [`  暂不能拨付：${task.held}`]),
    ...versionsText(task),
    ...waysToAct(task, as).map(({ command, means }) => `  → ${means === '' ? '' : `${means}：`}${command}`),
  ];
}

/** Why a task asks anew, and the lines of its figures that are others now. */
function anewLines({ anew, figures }: WaitingTask): string[] {
  if (anew === null) return [];
  const { gone, come } = changedLines(anew.figures, figures);
  return [
    `所依数字已变，此前的审批已作废：${shownText(anew.why)}`,
    ...gone.map((line) => `  原：${line.trim()}`),
    ...come.map((line) => `  现：${line.trim()}`),
  ];
}

/** What a person has done that counts no more. */
export const voidLines = (decisions: readonly VoidDecision[]): string[] => [
  `办理过、现已作废 ${decisions.length} 项，所依数字已变，已重新提请：`,
  ...decisions.map(
    ({ subject, decision, business_date: on, why }) =>
      `  ${on} ${DECISION_NAMES[decision]} ${shownText(subject)}：${shownText(why)}`,
  ),
];

/** Which versions of a budget can be submitted. */
const versionsText = ({ versions }: WaitingTask): string[] =>
  versions === null ? [] : [`  待报送版本：${unsubmittedText(versions)}`];

/** The task in one line, for a list of the tasks that a word may refer to. */
export const briefly = (task: WaitingTask): string =>
  `${task.task}（${officeName(task)}${task.of_scheme === null ? '' : `，${SCHEME_NAMES[task.of_scheme]}`}，截止 ${task.due_on}）`;
