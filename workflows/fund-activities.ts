/** The acts that workflows order, with the one retry policy: retry for ever what time may cure, stop at what only a person can. */
import { proxyActivities } from '@temporalio/workflow';
import type { FundActivities } from '../activities';

export const fund = proxyActivities<FundActivities>({
  startToCloseTimeout: '10 minutes',
  retry: {
    initialInterval: '500 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '1 minute',
    nonRetryableErrorTypes: ['KeyConflict', 'RangeError', 'TypeError', 'Refused'],
  },
});
