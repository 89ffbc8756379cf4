/** What an area's security bureau submits of its own accord: the first link of the chain of approvals that it opens. */
import type { Transaction } from '../db/connect';
import { type Act, recordDecision } from '../db/decisions';
import { type Chain, openChain, waitingLink } from '../db/tasks';

/** Records the submission as a link of its own, so that its operator cannot approve it as well. */
export async function recordSubmission(
  trx: Transaction,
  question: Omit<Chain, 'kind' | 'roles' | 'position'>,
  submitted: Pick<Act, 'operator' | 'businessDate' | 'document' | 'version'>,
): Promise<void> {
  await openChain(trx, { ...question, kind: 'submit', roles: ['area_security'], position: 0 });
  const link = await waitingLink(trx, question.chain);
  await recordDecision(trx, question.fundYear, {
    task: link?.task ?? '',
    figuresHash: link?.figures_hash ?? '',
    decision: 'submit',
    ...submitted,
  });
}
