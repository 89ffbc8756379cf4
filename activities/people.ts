/** 人员办理: approvals, acceptances and records. Submissions and returns of budgets are in budgets/acts.ts. */
import type { Database } from '../db/connect';
import { type Act, identityOf } from '../db/decisions';
import { once } from '../db/once';
import { actKey } from '../rules/keys';
import { bind } from './bind';
import { recordAct } from './signed-act';

/**
 * Records a person's act on a task. Who may act is decided by the database (maker and checker too), which refuses everybody
 * else.
 */
export async function decide(
  database: Database,
  { year, act }: { year: number; act: Act },
): Promise<{ task: string; decision: string }> {
  return once(database, { key: actKey.decided(act.task), input: identityOf(act) }, async (trx) => {
    await recordAct(trx, year, act);
    return { task: act.task, decision: act.decision };
  });
}

export const createPeopleActivities = (database: Database) => bind(database, { decide });
