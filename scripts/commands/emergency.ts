/** `fund emergency`: an area asks the adjustment fund for money within the year (紧急调剂). */
import type { Command } from 'commander';
import { typedAmount } from '../../rules/money';
import { shownText } from '../../rules/text';
import { CAUSE_NAMES, EMERGENCY_CAUSES, type EmergencyCause } from '../../rules/vocabulary';
import { TASK_QUEUE } from '../../workflows/task-queue';
import { type EmergencyAsked, type EmergencyOutcome, askEmergency } from '../client/emergency';
import { signWithKeyFile } from '../client/signing';
import { onSystem } from '../client/system';
import { Refusal } from '../words/refusal';
import { taskLines } from '../words/task-text';
import { areaOf, documentOption, schemeOption, yearOption } from './options';

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
      const outcome = await onSystem('worker', async (running) => {
        const area = await areaOf(running.pool, asked.area, asked.year);
        return askEmergency(running, { ...asked, area }, signWithKeyFile(running.pool), TASK_QUEUE);
      });
      console.log(json ? JSON.stringify(outcome, null, 1) : requestText(outcome));
    });
}

function amountOption(text: string): string {
  const amount = typedAmount(text);
  if (amount !== null) return amount;
  throw new Refusal(
    `--amount ${shownText(text)}：应为正数，元，至多两位小数，例如 1000000.00 (an amount such as 1000000.00)`,
    2,
  );
}
function causeOption(text: string): EmergencyCause {
  const cause = EMERGENCY_CAUSES.find((known) => known === text || CAUSE_NAMES[known] === text);
  if (cause !== undefined) return cause;
  const causes = EMERGENCY_CAUSES.map((known) => `${known}（${CAUSE_NAMES[known]}）`).join('、');
  throw new Refusal(`--cause ${shownText(text)}：紧急调剂只限 ${causes} (no such cause)`, 2);
}

function requestText({ request, before, next }: EmergencyOutcome): string {
  const { amount, document, requested_on, workflow_id } = request;
  const done = before
    ? `此前已于 ${requested_on} 受理，未重复办理：紧急调剂 ${amount} 元（${document}，${workflow_id}） (done before)`
    : `已受理：紧急调剂 ${amount} 元（${document}，${workflow_id}）`;
  return next.length === 0 ? done : [done, '', '下一步等待：', ...next.flatMap((task) => taskLines(task))].join('\n');
}
