/** 分单位通知: each office gets notices of its own tasks, by its own webhook or mail command (FUND_OFFICES). */
import { readFileSync } from 'node:fs';
import { type Database, inTransaction } from '../../db/connect';
import { type Notice, type NoticeKind, recordNotices, pendingOfficeNotices } from '../../db/notices';
import { takeTurn } from '../../db/alerts';
import { openWaits } from '../../db/waits';
import { waitDates } from '../../parameters/waits';
import { waitText } from '../../rules/joint-matters';
import { fundYearId } from '../../rules/keys';
import { shownText } from '../../rules/text';
import { officeName } from '../../rules/vocabulary';
import { type Channels, deliver } from './notify';

/** How an office is reached; by role, or role/area. */
export type OfficeChannels = Readonly<Record<string, Pick<Channels, 'webhook' | 'mail'>>>;

/**
 * The channels of offices: a JSON file such as `{"area_finance/150400": {"mail": "mail -s 待办 cz@example.org"}}`. If the
 * file cannot be read, the log says so and no office is notified.
 */
export function officeChannels(file: string | undefined, log: Channels['log']): OfficeChannels {
  if (!file) return {};
  let given: Record<string, { webhook?: string; mail?: string }>;
  try {
    given = JSON.parse(readFileSync(file, 'utf8')) as typeof given;
  } catch (error) {
    log(`FUND_OFFICES ${file} 不能读取，各单位未通知：${(error as Error).message} (it cannot be read)`);
    return {};
  }
  return Object.fromEntries(Object.entries(given).map(([office, { webhook, mail }]) => [office, { webhook, mail }]));
}

const SAID: Record<NoticeKind, (notice: Notice) => string> = {
  waits: ({ due_on, why }) =>
    `待办理，截止 ${due_on}${why === null ? '' : `；所依数字已变，重新提请：${shownText(why)}`}`,
  due_soon: ({ due_on }) => `即将到期，截止 ${due_on}`,
  overdue: ({ due_on }) => `已逾期，应于 ${due_on} 前办理`,
  voided: ({ why }) => `贵单位此前的办理已作废，所依数字已变：${shownText(why ?? '')}；已重新提请`,
  escalated: (notice) => `下级逾期未办：${officeName(notice)} 应于 ${notice.due_on} 前办理，请督办`,
};

/** The message to one office. */
export const noticeText = (notices: readonly Notice[]): string =>
  [
    `医保基金年度：待办 ${notices.length} 项`,
    ...notices.map(
      (notice, i) =>
        `${i + 1}. ${shownText(notice.subject)}：${SAID[notice.kind](notice)}${notice.fund_year === null ? '' : `（${fundYearId(notice.fund_year)}）`}`,
    ),
    '办理：办事台，或 npm run fund -- tasks --as 工号',
  ].join('\n');

/** Sends each office its new notices. One that could not be delivered is sent again with the next round. */
export async function tellOffices(
  database: Database,
  offices: OfficeChannels,
  { log, now, today }: { log: Channels['log']; now: string; today: string },
): Promise<void> {
  if (Object.keys(offices).length === 0) return;
  await inTransaction(database, async (trx) => {
    await takeTurn(trx);
    const beside = (await openWaits(trx, waitDates(today))).map((wait) => ({
      ...wait,
      task: wait.name,
      subject: waitText(wait),
    }));
    const pending = await pendingOfficeNotices(trx, Object.keys(offices), beside, today);
    for (const [office, channels] of Object.entries(offices)) {
      const own = pending.filter((notice) => notice.office === office);
      if (own.length === 0) continue;
      const message = { text: noticeText(own), time: now, body: { office, tasks: own } };
      if (await deliver({ ...channels, log }, message, `FUND_OFFICES ${office}`)) await recordNotices(trx, own);
    }
  });
}
