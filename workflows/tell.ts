/** 办结通知: workflows of a year tell each other that something is done, so that who waits for it looks again. */
import { getExternalWorkflowHandle } from '@temporalio/workflow';
import { fundYearId } from '../rules/keys';
import { news } from './business-date';

/** What is done stands in the database; the message only wakes. One that is over, or not yet begun, hears nothing. */
export const tell = (workflowId: string): Promise<void> =>
  getExternalWorkflowHandle(workflowId)
    .signal(news)
    .catch(() => undefined);

export const tellYear = (year: number): Promise<void> => tell(fundYearId(year));
