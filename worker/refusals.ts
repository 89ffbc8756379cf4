/** What the database refuses for good becomes a failure that nobody retries, worded for the person who is refused. */
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { ApplicationFailure } from '@temporalio/common';
import { DatabaseError } from 'pg';
import { refusalOf } from '../db/refusals';

/** SQLSTATE classes that retrying does not cure: bad data, broken constraints, wrong statements, refusals raised by triggers. */
const LASTING = ['22', '23', '2F', '42', 'P0'];

export class RefusalInterceptor implements ActivityInboundCallsInterceptor {
  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    try {
      return await next(input);
    } catch (error) {
      if (error instanceof DatabaseError && LASTING.some((lasting) => error.code?.startsWith(lasting))) {
        throw ApplicationFailure.nonRetryable(refusalOf(error) ?? error.message, 'Refused', {
          code: error.code,
          constraint: error.constraint,
        });
      }
      throw error;
    }
  }
}
