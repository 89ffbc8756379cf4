/** Starting the cycle of a fund year: one per year, whoever starts it. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { fundYearId } from '../rules/keys';
import { belonging } from './page';
import { ABOUT } from './wording';

/**
 * The one set of options with which a cycle is started. A cycle that has claimed its year is never replaced by another, even
 * when it failed: its own page says why.
 */
export const cycleOptions = (year: number, isClaimed: boolean) => ({
  workflowId: fundYearId(year),
  args: [{ year }],
  workflowIdReusePolicy: isClaimed ? ('REJECT_DUPLICATE' as const) : ('ALLOW_DUPLICATE' as const),
  staticSummary: `${year} 基金年度`,
  staticDetails: ABOUT.fundYear,
  typedSearchAttributes: belonging(year),
});

/** Starts the cycle from another workflow; false when it exists already. */
export async function startCycle(year: number, isClaimed: boolean): Promise<boolean> {
  try {
    await startChild('fundYear', { ...cycleOptions(year, isClaimed), parentClosePolicy: ParentClosePolicy.ABANDON });
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return false;
  }
}
