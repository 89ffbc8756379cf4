/** Tells Temporal that an act is still under way, so that one whose worker was killed is soon given to another. */
import type { Context } from '@temporalio/activity';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';

const EVERY_MS = 1000;

export class Heartbeats implements ActivityInboundCallsInterceptor {
  constructor(private readonly context: Context) {}

  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    const beating = setInterval(() => this.context.heartbeat(), EVERY_MS);
    try {
      return await next(input);
    } finally {
      clearInterval(beating);
    }
  }
}
