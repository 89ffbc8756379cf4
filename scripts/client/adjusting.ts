/**
 * An area adjusts its budget in a live year (预算调整): the version is submitted and checked, and the workflow that waits for its
 * approvals is started. A repeated call finds both.
 */
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { adjustmentToSign, submitAdjustment } from '../../activities/budgets/adjustments';
import type { SubmissionReceipt } from '../../activities/budgets/versions';
import { type AdjustmentPlan, adjustmentRequest, adjustmentsNamed } from '../../db/adjustments';
import type { Database } from '../../db/connect';
import { waitingTasks } from '../../db/tasks';
import { calendarOf, cycleStartOf } from '../../parameters';
import { chainKey, taskOf } from '../../rules/keys';
import { SCHEME_NAMES, type Scheme } from '../../rules/vocabulary';
import { adjustmentOptions } from '../../workflows/adjust-budget';
import { returnedText } from '../words/figure-lines';
import { Refusal } from '../words/refusal';
import type { Acted } from './acting';
import type { Sign } from '../../signing/act-text';

interface AdjustmentMeant extends AdjustmentPlan {
  year: number;
}

/** The adjustment of that version; null when the version is of a budget for 1 January, or of none. */
export async function adjustmentMeant(
  pool: Database,
  of: { year?: number | undefined; area: string; scheme: Scheme; version: number },
): Promise<AdjustmentMeant | null> {
  const [found, ...more] = await adjustmentsNamed(pool, of);
  if (found === undefined) return null;
  if (more.length > 0) throw new Refusal('几个年度都有这一版预算调整，请加 --year (several years have it: add --year)');
  const { mode, ...adjustment } = found;
  if (mode === 'run') {
    throw new Refusal(
      `${found.year} 年度是模拟运行：预算调整按数据包所载日期办理，不另报送 (a run submits it on its date)`,
    );
  }
  return adjustment;
}

/** Submits it once, and starts its workflow. */
export async function submitAdjusted(
  { client, pool }: { client: Client; pool: Database },
  adjustment: AdjustmentMeant,
  { as: operator, sign }: { as: string; sign: Sign },
  taskQueue: string,
): Promise<Acted & { receipt: SubmissionReceipt }> {
  const { year, scheme, area, version, name, date } = adjustment;
  const of = { year, scheme, area };
  const before = await adjustmentRequest(pool, of, version);
  // Submitted again, it is answered with its first receipt, and asks for no signature.
  const submission = { ...of, version, operator: before?.operator ?? operator };
  const said = before === undefined ? await adjustmentToSign(pool, submission) : undefined;
  const proof = said && (await sign(said));
  const rowsHash = said?.rowsHash;
  const receipt = await submitAdjustment(pool, {
    ...submission,
    ...(proof && { proof }),
    ...(rowsHash === undefined ? {} : { rowsHash }),
  });
  const request = await adjustmentRequest(pool, of, version);
  if (request === undefined) throw new Error(`${year} ${scheme} ${area} ${version} was submitted but cannot be found.`);
  const { workflow_id: workflowId, operator: submittedBy, submitted_on: today } = request;
  const clock = { live: true, today };
  const decideBy = calendarOf(year).adjustmentDeadline;
  const options = adjustmentOptions({ ...of, clock, name, version, date, operator: submittedBy, decideBy });
  await client.workflow.start('adjustBudget', { ...options, taskQueue }).catch((error: unknown) => {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  });
  return {
    task: taskOf(chainKey.budgetAdjustment(workflowId), 0, 'area_security'),
    subject: `${name}${SCHEME_NAMES[scheme]} ${year} 年度预算调整第 ${version} 版`,
    operator: submittedBy,
    decision: 'submit',
    before: before?.submitted_on ?? null,
    receipt,
    next: (await waitingTasks(pool, cycleStartOf, year)).filter((task) => task.workflow_id === workflowId),
    ...(receipt.approvable
      ? {}
      : { note: `未通过审核，不生效 (it fails and has no effect)\n${returnedText(receipt)}` }),
  };
}
