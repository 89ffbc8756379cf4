/** What the database refuses for good becomes a failure that nobody retries, in the database's own words. */
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { ApplicationFailure } from '@temporalio/common';
import { DatabaseError } from 'pg';

/** SQLSTATE classes that time does not cure: bad data, broken constraints, wrong statements, refusals raised by triggers. */
const LASTING = ['22', '23', '2F', '42', 'P0'];

export class RefusalInterceptor implements ActivityInboundCallsInterceptor {
  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    try {
      return await next(input);
    } catch (error) {
      if (error instanceof DatabaseError && LASTING.some((lasting) => error.code?.startsWith(lasting))) {
        throw ApplicationFailure.nonRetryable(error.message, 'Refused', {
          code: error.code,
          constraint: error.constraint,
        });
      }
      throw error;
    }
  }
}
