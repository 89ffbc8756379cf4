/** 人员办理: approvals, acceptances and records; submissions of budgets are in budgets/acts.ts. */
import type { Database } from '../db/connect';
import { once } from '../db/once';
import { type Act, identityOf, recordDecision } from '../db/decisions';

export const createPeopleActivities = (pool: Database) => ({
  /** Records a person's act on a task. What the database refuses (who may act, maker and checker) is a refusal. */
  async decide({ year, act }: { year: number; act: Act }): Promise<{ task: string; decision: string }> {
    return once(pool, { key: act.task, input: identityOf(act) }, async (trx) => {
      await recordDecision(trx, year, act);
      return { task: act.task, decision: act.decision };
    });
  },
});
