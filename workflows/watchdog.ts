/**
 * 巡查: hourly, by a schedule of its own. The act notes what is wrong and notifies people; this page lists it. It also looks whether
 * files lie in the inbox.
 */
import { patched } from '@temporalio/workflow';
import { beijingDate, beijingTime } from '../rules/beijing-time';
import { WATCHDOG, YEAR_STARTER } from '../rules/keys';
import { news } from './business-date';
import { fund } from './fund-activities';
import { TASK_QUEUE } from './task-queue';
import { updateListAndPage } from './page';
import { takeInboxes } from './take-inbox';

export async function watchdog(): Promise<{ open: number }> {
  const now = new Date();
  updateListAndPage({ stage: '巡查' });
  const { open, alerts } = await fund.watch({
    now: now.toISOString(),
    today: beijingDate(now),
    watched: { schedules: [YEAR_STARTER, WATCHDOG], taskQueue: TASK_QUEUE, news: news.name },
  });
  const rows = alerts.map(
    ({ problem, remedy, since }, i) => [`${i + 1}`, `${problem}（自 ${beijingTime(since)}）；处理：${remedy}`] as const,
  );
  updateListAndPage({
    stage: open === 0 ? '无异常' : `异常 ${open} 项`,
    figures: { 巡查时间: beijingTime(now.toISOString()), 异常: `${open} 项`, ...Object.fromEntries(rows) },
  });
  // An inbox that cannot be used is among the problems, and must not end the watch.
  if (patched('inbox')) await takeInboxes(await fund.inboxesWithFiles().catch(() => []));
  return { open };
}
