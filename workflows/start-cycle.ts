/** The cycle of a fund year as another workflow starts it: one per year, whatever starts it. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { fundYearId } from '../rules/keys';
import type { fundYear } from './fund-year';
import { ABOUT } from './about';
import { belonging } from './page';

/** False when there is one. A cycle that has claimed its year is never replaced by another, even when it failed. */
export async function startCycle(year: number, isClaimed: boolean): Promise<boolean> {
  try {
    await startChild<typeof fundYear>('fundYear', {
      workflowId: fundYearId(year),
      args: [{ year }],
      workflowIdReusePolicy: isClaimed ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `${year} 基金年度`,
      staticDetails: ABOUT.fundYear,
      typedSearchAttributes: belonging(year),
    });
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return false;
  }
}

/** What a start says that has found the cycle there is. */
export const pointer = (year: number): string =>
  `${year} 年度只有一个流程，请看 ${fundYearId(year)}（one cycle per year: see ${fundYearId(year)}）`;
