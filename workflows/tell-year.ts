/** 办结通知: a workflow of an area or scheme tells its year that it has done its part. */
import { getExternalWorkflowHandle } from '@temporalio/workflow';
import { news } from './business-date';
import { fundYearId } from './ids';

/** The year asks the database what is done; the message only saves it from asking often. A year that is over hears nothing. */
export const tellYear = (year: number): Promise<void> =>
  getExternalWorkflowHandle(fundYearId(year))
    .signal(news)
    .catch(() => undefined);
