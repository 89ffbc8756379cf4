/** `fund schedule`: shows, pauses (with a reason) and resumes the yearly start by the calendar (定时启动). */
import type { Command } from 'commander';
import { isReason } from '../../rules/text';
import { Refusal } from '../words/refusal';
import { type ScheduleState, ensureSchedules, pauseStarts, resumeStarts, scheduleStates } from '../client/schedules';
import { type Running, onRunningSystem } from '../client/system';
import { beijingTime } from '../../rules/beijing-time';

interface Options {
  pause?: string;
  resume?: true;
  json?: true;
}

export function scheduleCommand(program: Command): void {
  program
    .command('schedule')
    .summary('show, pause or resume the yearly start')
    .description(
      'Shows when the next fund years are started; creates the schedules that are missing and corrects those that differ.\n' +
        '每年9月1日零时（北京时间）启动下一年度；可暂停并注明原因，恢复时补启动暂停期间错过的年度。',
    )
    .option('--pause <reason>', 'start no year until --resume; the reason is shown (暂停，注明原因)', reasonOption)
    .option('--resume', 'resume, and start the years that were missed meanwhile (恢复并补启动)')
    .option('--json', 'print the state as JSON')
    .action(async ({ pause, resume, json }: Options) => {
      if (pause !== undefined && resume) throw new Refusal('--pause 与 --resume 只能选一项 (choose one)', 2);
      await onRunningSystem('worker', async (running) => {
        await ensureSchedules(running.client);
        const madeUpFor = await change(running, pause, resume === true);
        const schedules = await scheduleStates(running.client);
        if (json) console.log(JSON.stringify({ schedules, madeUpFor }, null, 1));
        else for (const line of [...schedules.map(scheduleLine), ...madeUpFor.map(startedLate)]) console.log(line);
      });
    });
}

function reasonOption(text: string): string {
  if (!isReason(text)) throw new Refusal('--pause：请注明原因 (give a reason)', 2);
  return text.trim();
}

async function change({ client, pool }: Running, pause: string | undefined, resume: boolean): Promise<number[]> {
  if (pause !== undefined) await pauseStarts(client, pause);
  return resume ? resumeStarts(client, pool, new Date()) : [];
}

function scheduleLine({ schedule, paused, note, next }: ScheduleState): string {
  const remark = note ? `（${note}）` : '';
  if (paused) return `${schedule}  已暂停 paused${remark}；恢复：npm run fund -- schedule --resume`;
  return `${schedule}  运行中 running${remark}；下次 ${next.map(beijingTime).join('、')}（北京时间）`;
}

const startedLate = (year: number): string => `已补启动 ${year} 年度 (made up for)`;
