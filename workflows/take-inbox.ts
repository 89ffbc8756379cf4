/** 收件: the files in an inbox, picked up, imported, and put away with a report. The watchdog starts it where there are files. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { Inbox } from '../activities/imports/inbox';
import { inboxId } from '../rules/keys';
import { news } from './business-date';
import { fund } from './fund-activities';
import { belonging, updateListAndPage } from './page';
import { ABOUT } from './wording';

/** Starts one for each inbox with files. They go on when the watchdog has ended. */
export async function takeInboxes(inboxes: readonly Inbox[]): Promise<void> {
  for (const inbox of inboxes) {
    await startChild(takeInbox, {
      workflowId: inboxId(inbox.year, inbox.isOfYear),
      args: [inbox],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `${inbox.year} 年度收件`,
      staticDetails: ABOUT.takeInbox,
      typedSearchAttributes: belonging(inbox.year),
    }).catch((error: unknown) => {
      // An earlier one is still importing this inbox: the next hourly check looks again.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    });
  }
}

/** A file with a fault does not hold up the others: they are imported again without it. */
export async function takeInbox(inbox: Inbox): Promise<{ taken: number; refused: number }> {
  updateListAndPage({ stage: '收件', figures: { 文件夹: inbox.directory } });
  const pickedUp = await fund.pickUp(inbox);
  let taken = 0;
  for (let left = pickedUp; left > 0;) {
    const directory = inbox.taking;
    const outcome = await fund.importFolder({
      ...{ year: inbox.year, directory, correction: null },
      ...{ channel: 'inbox', news: news.name },
    });
    const after = await fund.putAway({ ...inbox, key: outcome.key, imported: left });
    if ('receipt' in outcome) taken += left - after;
    left = after;
  }
  const figures = {
    文件夹: inbox.directory,
    已导入: `${taken} 个文件`,
    退回: `${pickedUp - taken} 个文件（见 refused 中的报告）`,
  };
  updateListAndPage({ stage: '收件完毕', figures });
  return { taken, refused: pickedUp - taken };
}
