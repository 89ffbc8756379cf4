/** An answer to a person that turns down what was sent, and that nobody retries. */
import { ApplicationFailure } from '@temporalio/workflow';

export const refused = (reason: string): ApplicationFailure => ApplicationFailure.nonRetryable(reason, 'Refused');
