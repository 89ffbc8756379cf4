/** 办结通知: a workflow that has finished something wakes those that wait for it. */
import { getExternalWorkflowHandle } from '@temporalio/workflow';
import { fundYearId } from '../rules/keys';
import { news } from './business-date';

/** The message only wakes; what is done is read from the database. A workflow that has ended, or not begun, needs no waking. */
export const wake = (workflowId: string): Promise<void> =>
  getExternalWorkflowHandle(workflowId)
    .signal(news)
    .catch(() => undefined);

export const wakeYear = (year: number): Promise<void> => wake(fundYearId(year));
