/** 所依数字已变: how the approval of a budget is asked for anew. A version is judged again first, as if it had just been submitted. */
import { versionOfChain } from '../../db/compared-budget';
import type { Transaction } from '../../db/connect';
import type { AreaSchemeYear } from '../../db/levies';
import { receiptOf } from '../../db/once';
import type { BoundChain } from '../../db/reopened';
import { openChain } from '../../db/tasks';
import { actKey, attemptOf, budgetOf, chainKey } from '../../rules/keys';
import type { Renewal } from '../renewal';
import {
  type Compilation,
  type DirectedReceipt,
  directedQuestion,
  judgedBudget,
  openApproval,
  returnFailed,
} from './questions';
import { type SubmissionReceipt, recordChecksAnew } from './versions';

const compilationOf = ({ chain, workflowId, dueOn: deadline }: BoundChain): Compilation => {
  const budget = budgetOf(chain);
  if (budget === null) throw new Error(`${chain} is not about a budget.`);
  return { ...budget, workflowId, deadline };
};

/** What the workflow goes on with: the attempt that asks now, and the version as it is judged now. */
export interface BudgetAnew {
  attempt: number;
  submitted: SubmissionReceipt;
}
export async function renewBudget(trx: Transaction, bound: BoundChain): Promise<Renewal> {
  const budget = { ...compilationOf(bound), attempt: attemptOf(bound.chain) + 1 };
  const of: AreaSchemeYear = { year: budget.year, scheme: budget.scheme, area: budget.area };
  const found = await judgedBudget(trx, of, (await versionOfChain(trx, bound.chain)) ?? 0);
  const receipt: BudgetAnew = { attempt: budget.attempt, submitted: found.receipt };
  return {
    figures: found.figures,
    chain: chainKey.budgetAttempt(budget.workflowId, budget.attempt),
    receipt,
    ask: async () => {
      await recordChecksAnew(trx, found);
      await (found.receipt.approvable ? openApproval(trx, budget, found) : returnFailed(trx, budget, found));
    },
  };
}

export async function renewDirected(trx: Transaction, bound: BoundChain): Promise<Renewal> {
  const budget = compilationOf(bound);
  // What was imported after the deadline came too late.
  const proposed = await receiptOf<DirectedReceipt>(
    trx,
    actKey.budgetDirected(budget.year, budget.scheme, budget.area),
  );
  const chain = chainKey.renewed(bound.chain);
  const question = await directedQuestion(trx, budget, { chain, version: proposed?.version ?? 0 });
  return {
    ...{ figures: question.chain.figures, chain, receipt: question.receipt },
    ask: () => openChain(trx, question.chain),
  };
}
