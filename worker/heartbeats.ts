/** Heartbeats while an act is under way: when its worker is killed, Temporal soon gives the act to another. */
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
