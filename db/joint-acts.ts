/** 双人办理: who has signed for a matter so far. The database says when two have. */
import type { Queryable, Transaction } from './connect';
import { execute, insertRows, selectOne } from './rows';

/** Whether two have signed for a matter, and whose signatures count for it. */
export interface JointStanding {
  done: boolean;
  by: string[];
}

export async function jointStanding(db: Queryable, matter: string): Promise<JointStanding> {
  const row = await selectOne<JointStanding>(
    db,
    `select fund.is_agreed(:matter) as done, coalesce(jsonb_agg(operator order by at), '[]') as by
     from (select operator, max(done_at) as at from fund.joint_act
           where matter = :matter and (fund.is_agreed(:matter) or done_at > now() - fund.joint_term()) group by operator) signed`,
    { matter },
  );
  return row as JointStanding;
}

/** Until the transaction ends nobody else signs for the matter: of two who sign at once, the second finds the first. */
export const takeTurnsOn = (trx: Transaction, matter: string): Promise<unknown> =>
  execute(trx, `select pg_advisory_xact_lock(hashtextextended('fund matter ' || :matter, 0))`, { matter });

/** One person's part, whose signature is recorded already. */
export const insertJointAct = (
  trx: Transaction,
  part: { matter: string; operator: string; reason: string; proof: string },
): Promise<void> => insertRows(trx, 'joint_act', [part]);
