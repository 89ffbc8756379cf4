/** `fund emergency`: an area asks the adjustment fund for money within the year (紧急调剂). */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Command } from 'commander';
import { emergencyToSign, requestEmergency } from '../../activities/emergency';
import { areasOfYear } from '../../db/areas';
import { type EmergencyRequest, requestByDocument } from '../../db/emergency';
import { yearFacts } from '../../db/fund-year';
import { type WaitingTask, waitingTasks } from '../../db/tasks';
import { calendarOf, cycleStartOf } from '../../parameters';
import { decimal, yuanText } from '../../rules/money';
import { shownText } from '../../rules/text';
import { CAUSE_NAMES, EMERGENCY_CAUSES, type EmergencyCause, type Scheme } from '../../rules/vocabulary';
import { emergencyOptions } from '../../workflows/emergency-request';
import { TASK_QUEUE } from '../../workflows/task-queue';
import { Refusal } from '../words/refusal';
import { type Sign, signWithKeyFile } from '../client/signing';
import { type Running, onSystem } from '../client/system';
import { taskLines } from '../words/task-text';
import { areaNamed, documentOption, schemeOption, yearOption } from './options';

export interface EmergencyAsked {
  as: string;
  year: number;
  scheme: Scheme;
  area: string;
  amount: string;
  cause: EmergencyCause;
  document: string;
}
interface Outcome {
  request: EmergencyRequest;
  /** It had been registered before under the same document. */
  before: boolean;
  next: WaitingTask[];
}

export function emergencyCommand(program: Command): void {
  program
    .command('emergency')
    .summary('ask the adjustment fund for an advance within the year')
    .description(
      'An area asks the adjustment fund for an advance within the year; the region’s three offices approve it.\n' +
        '紧急调剂申请（统筹区医保局）：自治区医保局、财政厅、人民政府依次审批后即时拨付，年终从分担额中扣除。',
    )
    .requiredOption('--as <operator>', 'who asks, of the area’s security bureau (工号)')
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .requiredOption('--scheme <scheme>', 'employee or resident (险种)', schemeOption)
    .requiredOption('--area <area>', 'area, by code or name (统筹区)')
    .requiredOption('--amount <yuan>', 'amount in yuan (金额)', amountOption)
    .requiredOption('--cause <cause>', `${EMERGENCY_CAUSES.join(', ')} (原因)`, causeOption)
    .requiredOption('--document <number>', 'document number of the request (文号)', documentOption)
    .option('--json', 'print the outcome as JSON')
    .action(async ({ json, ...asked }: EmergencyAsked & { json?: true }) => {
      const outcome = await onSystem('worker', (running) =>
        ask(running, asked, signWithKeyFile(running.pool), TASK_QUEUE),
      );
      console.log(json ? JSON.stringify(outcome, null, 1) : requestText(outcome));
    });
}

function amountOption(text: string): string {
  if (!/^\d{1,16}(\.\d{1,2})?$/.test(text) || decimal(text).isZero()) {
    throw new Refusal(
      `--amount ${shownText(text)}：应为正数，元，至多两位小数，例如 1000000.00 (an amount such as 1000000.00)`,
      2,
    );
  }
  return yuanText(decimal(text));
}
function causeOption(text: string): EmergencyCause {
  const cause = EMERGENCY_CAUSES.find((known) => known === text || CAUSE_NAMES[known] === text);
  if (cause !== undefined) return cause;
  const causes = EMERGENCY_CAUSES.map((known) => `${known}（${CAUSE_NAMES[known]}）`).join('、');
  throw new Refusal(`--cause ${shownText(text)}：紧急调剂只限 ${causes} (no such cause)`, 2);
}

/** Registers the request and starts the workflow that waits for its approvals; repeated, it finds both. */
export async function ask(
  { client, pool }: Running,
  asked: EmergencyAsked,
  sign: Sign,
  taskQueue: string,
): Promise<Outcome> {
  const { as: operator, year, scheme, area: named, ...what } = asked;
  const areas = (await areasOfYear(pool, year)).filter(({ schemes }) => schemes.includes(scheme));
  const area = areaNamed(areas, year, named, '此险种的');
  const name = areas.find((known) => known.area === area)?.name ?? area;
  const of = { year, scheme, area };
  const facts = await yearFacts(pool, year);
  const before = (await requestByDocument(pool, of, what.document)) !== undefined;
  const input = { ...of, ...what, operator };
  const proof = before ? undefined : await sign(await emergencyToSign(pool, input));
  await requestEmergency(pool, { ...input, ...(proof && { proof }) });
  const request = (await requestByDocument(pool, of, what.document)) as EmergencyRequest;
  const { number, chain, workflow_id: workflowId, amount, requested_on: today } = request;
  const clock = { live: facts?.mode === 'live', today };
  const emergency = { ...of, clock, name, number, chain, amount, decideBy: calendarOf(year).yearEnd };
  const start = client.workflow.start('emergencyRequest', { ...emergencyOptions(emergency), taskQueue });
  await start.catch((error: unknown) => {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  });
  const next = (await waitingTasks(pool, cycleStartOf, year)).filter((task) => task.workflow_id === workflowId);
  return { request, before, next };
}

function requestText({ request, before, next }: Outcome): string {
  const { amount, document, requested_on, workflow_id } = request;
  const done = before
    ? `此前已于 ${requested_on} 受理，未重复办理：紧急调剂 ${amount} 元（${document}，${workflow_id}） (done before)`
    : `已受理：紧急调剂 ${amount} 元（${document}，${workflow_id}）`;
  return next.length === 0 ? done : [done, '', '下一步等待：', ...next.flatMap(taskLines)].join('\n');
}
