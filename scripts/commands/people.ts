/** `fund tasks`, which lists what waits for whom, and the acts that persons do on it. */
import type { Command } from 'commander';
import type { Database } from '../../db/connect';
import { voidDecisionsOf } from '../../db/decisions';
import { waitingTasks } from '../../db/tasks';
import { cycleStartOf } from '../../parameters';
import { DECISION_NAMES, type Decision } from '../../rules/decisions';
import { shownText } from '../../rules/text';
import { TASK_QUEUE } from '../../workflows/task-queue';
import { type Acted, type ActRequest, actOn, operatorNamed, signedAct } from '../client/acting';
import { adjustmentMeant, submitAdjusted } from '../client/adjusting';
import { versionFromForm } from '../client/form-file';
import { signWithKeyFile } from '../client/signing';
import { Refusal } from '../words/refusal';
import { onSystem } from '../client/system';
import { waitsToday } from '../client/waits';
import { onDatabase } from '../client/with-database';
import { waitLines } from '../words/joint-text';
import { taskLines, voidLines } from '../words/task-text';
import { areaOf, documentOption, noteOption, reasonOption, schemeOption, yearOption } from './options';

type Options = Omit<ActRequest, 'decision'> & { json?: true };
type Submission = Required<Pick<ActRequest, 'as' | 'area' | 'scheme' | 'version'>> & Pick<ActRequest, 'year'>;
type Submitting = Pick<ActRequest, 'as' | 'year' | 'area' | 'scheme' | 'version'> & { form?: string; json?: true };

export function peopleCommands(program: Command): void {
  program
    .command('tasks')
    .summary('what waits for a person')
    .description(
      'What waits for a person: on which figures, since when, until when, and the command to act with.\n人员待办：事项、数字、起止日期与办理命令。',
    )
    .option('--as <operator>', 'only what this operator may act on (工号)')
    .option('--year <year>', 'fund year (年度); without it every open year', yearOption)
    .option('--json', 'print the tasks as JSON')
    .action(tasks);

  const act = (name: string, summary: string, zh: string) =>
    program
      .command(name)
      .summary(summary)
      .description(`${capital(summary)}.\n${zh}`)
      .requiredOption('--as <operator>', 'who acts (工号)')
      .option('--year <year>', 'fund year (年度)', yearOption)
      .option('--json', 'print the outcome as JSON');
  /** A task is named by what it is about, or by enough of its name to single it out. */
  const onTask = (name: string, summary: string, zh: string) =>
    act(name, summary, zh)
      .option('--task <task>', 'the task, or a part of its name (事项)')
      .option('--area <area>', 'the area it is about, by code or name (统筹区)')
      .option('--scheme <scheme>', 'the scheme it is about: employee, resident (险种)', schemeOption)
      .option('--figures <hash>', 'the figures that you have seen, as tasks prints it (所见数字)', figuresOption);

  act('submit', 'submit a version of an area’s budget', '报送一版预算，或年度内的一次预算调整；审核随即进行。')
    .option('--area <area>', 'area, by code or name (统筹区)')
    .option('--scheme <scheme>', 'employee or resident (险种)', schemeOption)
    .option('--version <number>', 'which imported version (版本)', versionOption)
    .option(
      '--form <file>',
      'in place of the three: a filled-in budget form (XLSX), which becomes the next version (填报表)',
    )
    .action(submit);
  onTask('approve', 'approve what waits for an operator', '批准。财政部门审批预算须附统筹区人民政府批准文号。')
    .option('--document <number>', 'document number of the approval (文号)', documentOption)
    .action((options: Options) => perform({ ...options, decision: 'approve' }));
  onTask('return', 'return a budget to its area', '退回预算，由统筹区修改后重新报送。')
    .requiredOption('--reason <text>', 'why (原因)', reasonOption)
    .action(({ reason, ...options }: Options & { reason: string }) =>
      perform({ ...options, note: reason, decision: 'return' }),
    );
  onTask('accept-finding', 'accept the differences of a collection', '核实并接受征缴对账差异。')
    .option('--note <text>', 'what was verified (说明)', noteOption)
    .action((options: Options) => perform({ ...options, decision: 'accept' }));
  onTask(
    'record-document',
    'record the document that decides the method, or under which a report was sent',
    '登记文号：调剂金管理办法，或季度预算执行报告、风险上报的报送文号。',
  )
    .requiredOption('--document <number>', 'its number (文号)', documentOption)
    .action((options: Options) => perform({ ...options, decision: 'record' }));
  signCommand(program);
}

/** For those who act in the Temporal UI. */
function signCommand(program: Command): void {
  program
    .command('sign <decision>')
    .summary('sign an act, to paste it into the Temporal UI')
    .description(
      `Signs an act and prints it, to be pasted into the Update \`act\` on the page of its workflow; decisions: ${Object.keys(DECISION_NAMES).join(', ')}.\n` +
        '签名一项办理并打印，粘贴到 Temporal 页面的 act。',
    )
    .requiredOption('--as <operator>', 'who acts (工号)')
    .option('--year <year>', 'fund year (年度)', yearOption)
    .option('--task <task>', 'the task, or a part of its name (事项)')
    .option('--area <area>', 'the area it is about, by code or name (统筹区)')
    .option('--scheme <scheme>', 'the scheme it is about: employee, resident (险种)', schemeOption)
    .option('--figures <hash>', 'the figures that you have seen, as tasks prints it (所见数字)', figuresOption)
    .option('--version <number>', 'which imported version, to submit it (版本)', versionOption)
    .option('--document <number>', 'document number (文号)', documentOption)
    .option('--reason <text>', 'why, to return it (原因)', reasonOption)
    .option('--json', 'refusals as JSON too; the act always is')
    .action(async (decision: string, { reason, ...options }: Options & { reason?: string }) => {
      if (!isDecision(decision)) {
        throw new Refusal(
          `sign ${shownText(decision)}：应为 ${Object.keys(DECISION_NAMES).join('、')} (a decision)`,
          2,
        );
      }
      const request = { ...options, decision, ...(reason === undefined ? {} : { note: reason }) };
      const act = await onDatabase(async (pool) =>
        signedAct(pool, await withArea(pool, request), signWithKeyFile(pool)),
      );
      console.log(JSON.stringify(act));
    });
}

const isDecision = (text: string): text is Decision => Object.hasOwn(DECISION_NAMES, text);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The beginning of a hash: enough of it to tell figures apart. */
function figuresOption(text: string): string {
  if (!/^[0-9a-f]{8,64}$/.test(text))
    throw new Refusal(`--figures ${shownText(text)}：请照抄 tasks 所印的 (as tasks prints it)`, 2);
  return text;
}

function versionOption(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new Refusal(`--version ${shownText(text)}：应为正整数，例如 1 (a number such as 1)`, 2);
  return Number.parseInt(text, 10);
}

function tasks({ as, year, json }: { as?: string; year?: number; json?: true }): Promise<void> {
  return onDatabase(async (pool) => {
    if (as !== undefined) await operatorNamed(pool, { as, year });
    const all = await waitingTasks(pool, cycleStartOf, year);
    const own =
      as === undefined ? all : all.filter(({ operators }) => operators.some(({ operator }) => operator === as));
    const waits = (await waitsToday(pool)).filter(
      ({ fund_year, operators }) =>
        (year === undefined || fund_year === null || fund_year === year) &&
        (as === undefined || operators.some(({ operator }) => operator === as)),
    );
    if (json) {
      console.log(JSON.stringify([...own, ...waits], null, 1));
      return;
    }
    const whose = as === undefined ? '' : `等待 ${as} 的`;
    const over = [...own, ...waits].filter(({ overdue }) => overdue).length;
    const count = own.length + waits.length;
    console.log(count === 0 ? `没有${whose}待办 (nothing waits)` : `${whose}待办 ${count} 项，其中逾期 ${over} 项`);
    for (const wait of waits) console.log(`\n${waitLines(wait, as).join('\n')}`);
    for (const task of own) console.log(`\n${taskLines(task, as).join('\n')}`);
    const voided = as === undefined ? [] : await voidDecisionsOf(pool, as);
    if (voided.length > 0) console.log(`\n${voidLines(voided).join('\n')}`);
  });
}

/** A version for 1 January answers a task; an adjustment within the year begins a workflow of its own. */
async function submit({ form, json, ...typed }: Submitting): Promise<void> {
  const { as, year, area, scheme, version } = typed;
  const isNamed = [area, scheme, version].some((option) => option !== undefined);
  if (form !== undefined && !isNamed) {
    const named = await onSystem('worker', ({ pool, client }) =>
      versionFromForm({ pool, client: () => Promise.resolve(client) }, { form, as, year }),
    );
    return submitVersion({ ...named, as }, json);
  }
  if (form !== undefined || area === undefined || scheme === undefined || version === undefined) {
    throw new Refusal(
      'submit 须给出 --area、--scheme 和 --version，或只给出 --form 填报表.xlsx (name area, scheme and version, or a form alone)',
      2,
    );
  }
  await submitVersion({ as, area, scheme, version, ...(year !== undefined && { year }) }, json);
}

async function submitVersion(typed: Submission, json: true | undefined): Promise<void> {
  const options = { ...typed, area: await onDatabase((pool) => areaOf(pool, typed.area, typed.year)) };
  const adjustment = await onDatabase((pool) => adjustmentMeant(pool, options));
  if (adjustment === null) return perform({ ...options, decision: 'submit', ...(json ? { json } : {}) });
  const acted = await onSystem('worker', (running) =>
    submitAdjusted(running, adjustment, { as: options.as, sign: signWithKeyFile(running.pool) }, TASK_QUEUE),
  );
  console.log(json ? JSON.stringify(acted, null, 1) : receiptText(acted));
}

/** With the code of the area that a person has named. */
const withArea = async (pool: Database, request: ActRequest): Promise<ActRequest> =>
  request.area === undefined ? request : { ...request, area: await areaOf(pool, request.area, request.year) };

async function perform({ json, ...request }: ActRequest & { json?: true }): Promise<void> {
  const acted = await onSystem('reader', async (running) =>
    actOn(running, await withArea(running.pool, request), signWithKeyFile(running.pool)),
  );
  console.log(json ? JSON.stringify(acted, null, 1) : receiptText(acted));
}

function receiptText({ subject, operator, decision, before, task, next, note }: Acted): string {
  const done =
    before === null
      ? `已${DECISION_NAMES[decision]}：${subject}（${operator}）`
      : `此前已于 ${before} ${DECISION_NAMES[decision]}，未重复办理：${subject}（${operator}，${task}） (done before)`;
  if (note !== undefined) return `${done}\n${note}`;
  if (next.length === 0) return `${done}\n此流程目前不再等待人员办理 (nothing waits here any more)`;
  return [done, '', '下一步等待：', ...next.flatMap((task) => taskLines(task))].join('\n');
}
