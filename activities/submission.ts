/** What an area's security bureau submits of its own accord: the first link of the chain of approvals that it opens. */
import type { Transaction } from '../db/connect';
import type { Act } from '../db/decisions';
import { hashOf } from '../db/once';
import { type Chain, openChain } from '../db/tasks';
import { taskOf } from '../rules/keys';
import { recordAct } from './signed-act';

type Submitted = Pick<Act, 'operator' | 'document' | 'version' | 'rowsHash' | 'note' | 'proof'>;

/**
 * What is signed when something is submitted: the link that it becomes, and the hash of what is asked for. Whoever signs works it out
 * before the chain is there.
 */
export const submissionOf = (chain: string, asked: object): Pick<Act, 'task' | 'figuresHash' | 'decision'> => ({
  task: taskOf(chain, 0, 'area_security'),
  figuresHash: hashOf(asked),
  decision: 'submit',
});

/** Records the submission as a link of its own, so that its operator cannot approve it as well. */
export async function recordSubmission(
  trx: Transaction,
  question: Omit<Chain, 'kind' | 'roles' | 'position'>,
  { asked, businessDate, ...submitted }: Submitted & { asked: object; businessDate: string },
): Promise<void> {
  await openChain(trx, { ...question, figures: asked, kind: 'submit', roles: ['area_security'], position: 0 });
  await recordAct(trx, question.fundYear, { ...submissionOf(question.chain, asked), ...submitted, businessDate });
}
