/** 作废: ends a live year that was begun by mistake, in the database first and then in Temporal. */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { abandon } from '../../activities/joint-acts';
import { inTransaction } from '../../db/connect';
import { takeBackEmptyYear, whyNotAbandoned, yearStatus } from '../../db/fund-year';
import { jointStanding } from '../../db/joint-acts';
import { fundYearId, ownAct } from '../../rules/keys';
import type { Sign } from '../../signing/act-text';
import { Refusal } from '../words/refusal';
import type { Running } from './system';

interface Abandoning {
  year: number;
  reason: string;
  /** Who signs. Nobody has to for a year that holds nothing. */
  operator?: string | undefined;
}
export interface Abandoned {
  state: 'taken back' | 'waits for another' | 'abandoned';
  by: string[]; // who have signed
}

/**
 * Takes back a year that holds nothing, or records one person's part in abandoning it. An abandoned year's workflows are ended, again
 * with every call: where the one before was killed between the database and Temporal, this one completes it.
 */
export async function abandonYear(
  { pool, client }: Pick<Running, 'pool' | 'client'>,
  { year, reason, operator }: Abandoning,
  sign: Sign,
): Promise<Abandoned> {
  if ((await yearStatus(pool, year)) !== 'abandoned') {
    const why = await whyNotAbandoned(pool, year);
    if (why !== null) throw new Refusal(why);
    if (await isTakenBack({ pool, client }, year, reason)) return { state: 'taken back', by: [] };
    if (operator === undefined) throw new Refusal(holdsRows(year));
    const { done, by } = await abandon(pool, { year, operator, reason }, sign);
    if (!done) return { state: 'waits for another', by };
  }
  await endWorkflows(client, year, reason);
  return { state: 'abandoned', by: (await jointStanding(pool, ownAct.yearAbandoned(year))).by };
}

const holdsRows = (year: number): string =>
  `${year} 年度已有数据：由自治区人民政府两人先后办理，请加 --as 工号；作废后本系统不能再启动 ${year} 年度 (the year holds rows: two of the region’s government abandon it)`;

/** The cycle ends before the transaction does: where either fails, the year is still there and can be taken back again. */
const isTakenBack = (
  { pool, client }: Pick<Running, 'pool' | 'client'>,
  year: number,
  reason: string,
): Promise<boolean> =>
  inTransaction(pool, async (trx) => {
    if (!(await takeBackEmptyYear(trx, year))) return false;
    await terminate(client, fundYearId(year), reason);
    return true;
  });

/** The cycle first, since it starts the others. One that the list does not show yet is refused by the database, and the watchdog names it. */
async function endWorkflows(client: Client, year: number, reason: string): Promise<void> {
  await terminate(client, fundYearId(year), reason);
  const query = `FundYear = ${year} AND ExecutionStatus = 'Running'`;
  for await (const { workflowId } of client.workflow.list({ query })) await terminate(client, workflowId, reason);
}

async function terminate(client: Client, workflowId: string, reason: string): Promise<void> {
  try {
    await client.workflow.getHandle(workflowId).terminate(`作废：${reason}`);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error; // it has ended, or never began
  }
}
