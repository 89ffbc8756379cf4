/** `fund release`: an area asks to accept a payment in quarantine all the same (核实受理). */
import type { Command } from 'commander';
import { areasOfYear } from '../../db/areas';
import { TASK_QUEUE } from '../../workflows/task-queue';
import { type ReleaseAsked, type ReleaseOutcome, askRelease } from '../client/release';
import { signWithKeyFile } from '../client/signing';
import { onSystem } from '../client/system';
import { taskLines } from '../words/task-text';
import { areaNamed, noSuchYear, reasonOption, wholeNumber, yearOption } from './options';

export function releaseCommand(program: Command): void {
  program
    .command('release')
    .summary('ask to accept a payment in quarantine all the same')
    .description(
      'An area’s security bureau asks to accept a payment in quarantine all the same, with a reason; its finance office approves.\n' +
        '待核对缴费的核实受理（统筹区医保局提出，财政局批准）：自批准之日起受理入账；文件与行号见 quarantine.csv 或 fund quarantine。',
    )
    .requiredOption('--as <operator>', 'who asks, of the area’s security bureau (工号)')
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .requiredOption('--area <area>', 'area, by code or name (统筹区)')
    .requiredOption('--file <file>', 'file of the row, as in quarantine.csv (文件)')
    .requiredOption('--line <number>', 'its line in that file (行号)', wholeNumber)
    .requiredOption('--reason <text>', 'why, without any person’s id (理由，不写个人证件号)', reasonOption)
    .option('--json', 'print the outcome as JSON')
    .action(release);
}

/** The area may be named in words. */
async function release({ json, ...asked }: ReleaseAsked & { json?: true }): Promise<void> {
  const outcome = await onSystem('worker', async (running) => {
    const areas = (await areasOfYear(running.pool, asked.year)).filter(({ schemes }) => schemes.includes('resident'));
    if (areas.length === 0) throw await noSuchYear(running.pool, asked.year);
    const area = areaNamed(areas, asked.year, asked.area);
    return askRelease(running, { ...asked, area }, signWithKeyFile(running.pool), TASK_QUEUE);
  });
  console.log(json ? JSON.stringify(outcome, null, 1) : requestText(outcome));
}

function requestText({ request, before, next }: ReleaseOutcome): string {
  const { number, file, line, requested_on, workflow_id } = request;
  const done = before
    ? `此前已于 ${requested_on} 提出，未重复办理：第 ${number} 号核实受理（${workflow_id}） (done before)`
    : `已提出第 ${number} 号核实受理：${file} 第 ${line} 行（${workflow_id}）`;
  return next.length === 0 ? done : [done, '', '下一步等待：', ...next.flatMap((task) => taskLines(task))].join('\n');
}
