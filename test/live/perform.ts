/** What a person of the pack does about a task: the act that it waits for, by the operator whose office it is. */
import type { Client } from '@temporalio/client';
import type { PackOperator } from '../../db/operators';
import type { OpenTask } from '../../db/tasks';
import type { Signers } from '../../scripts/trials/signers';
import { act } from '../../workflows/people';

const DECISIONS = {
  submit: 'submit',
  approve: 'approve',
  accept_finding: 'accept',
  record_method: 'record',
  report: 'record',
  import: 'accept', // 零报送: what the pack does not have
} as const;
const DOCUMENT = '政函〔1〕号';

/** A question may be asked again a moment later, or not be asked yet: then it is still there at the next look. */
export async function perform(
  client: Client,
  signers: Signers,
  { operators, year }: { operators: readonly PackOperator[]; year: number },
  task: OpenTask,
): Promise<void> {
  const operator = operators.find(({ role, area }) => role === task.role && area === task.area)?.operator ?? '';
  const decision = DECISIONS[task.kind];
  const said = { task: task.task, operator, decision, figuresHash: task.figures_hash, document: DOCUMENT };
  const given = await signers.signed(year, said);
  await client.workflow
    .getHandle(task.workflow_id)
    .executeUpdate(act, { args: [given] })
    .catch(() => undefined);
}
