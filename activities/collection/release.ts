/**
 * 核实受理: a payment in quarantine that its area accepts all the same. Its security bureau asks, by file and line and with a reason;
 * its finance office approves or returns. The database says what may be released; no person is named anywhere.
 */
import type { Database, Queryable, Transaction } from '../../db/connect';
import { type Act, identityOf, isReturned } from '../../db/decisions';
import { businessDate, lockYear } from '../../db/fund-year';
import { hashOf, once } from '../../db/once';
import {
  type AreaYear,
  type ReleaseRequest,
  nextReleaseNumber,
  releaseNumbered,
  releasePayment,
  releasedOn,
  rowToRelease,
} from '../../db/releases';
import { insertRows } from '../../db/rows';
import { isDecided, openChain, voidChain } from '../../db/tasks';
import { cycleStartOf } from '../../parameters';
import { endOfMonth } from '../../rules/calendar-day';
import { APPROVALS } from '../../rules/decisions';
import { actKey, chainKey, releaseId } from '../../rules/keys';
import { QUARANTINE_REASON_NAMES } from '../../rules/payment-row';
import { inYuan } from '../../rules/thousands';
import type { Proof, SignedAct } from '../../signing/act-text';
import { BehindDecisions } from '../behind-decisions';
import { bind } from '../bind';
import { recheckMonths } from '../reckoned-months';
import { reopenChanged } from '../reopen';
import { recordAct } from '../signed-act';
import { recordSubmission, submissionOf } from '../submission';

export interface ReleaseAsked extends AreaYear {
  file: string;
  line: number;
  reason: string;
  operator: string; // of the area's security bureau
  /** How often the row has been asked for, this time included: one that was returned may be asked for again. */
  attempt: number;
  proof?: Proof;
}
/** One request, by its number among those of the area. */
interface ReleaseNumber extends AreaYear {
  number: number;
}
type ReleaseDecided = { state: 'approved' | 'returned' } | { state: 'released'; date: string };
/** What a request has come to at its deadline. */
type ReleaseLapse = { state: 'lapsed' | 'returned' } | { state: 'released'; date: string };

const askedOf = ({ file, line }: ReleaseAsked): object => ({ file, line });

/** What whoever asks signs: the next request of the area. Where another one comes first, it is signed again. */
export async function releaseToSign(db: Queryable, input: ReleaseAsked): Promise<SignedAct> {
  const { year, area, operator, reason: note } = input;
  const chain = chainKey.release(releaseId(year, area, await nextReleaseNumber(db, input)));
  return { year, operator, note, ...submissionOf(chain, askedOf(input)) };
}

/** Takes a request in, once, and opens its approval. Its number names the workflow that waits; whoever asks starts it. */
export async function requestRelease(database: Database, { proof, ...input }: ReleaseAsked): Promise<ReleaseNumber> {
  const { year, area, file, line, reason, operator, attempt } = input;
  const key = actKey.releaseRequested(year, area, file, line, attempt);
  return once(database, { key, input }, async (trx) => {
    await lockYear(trx, year);
    const number = await nextReleaseNumber(trx, input);
    const workflowId = releaseId(year, area, number);
    const today = await businessDate(trx, year, cycleStartOf(year));
    const request = { number, file, line, reason, requested_on: today, workflow_id: workflowId };
    const chain = chainKey.release(workflowId);
    await insertRows(trx, 'release_request', [{ fund_year: year, area, ...request, chain }]);
    const question = await questionOf(trx, input, { ...request, chain });
    const submitted = { operator, note: reason, asked: askedOf(input), ...(proof && { proof }) };
    await recordSubmission(trx, question, { ...submitted, businessDate: today });
    await openChain(trx, { ...question, kind: 'approve', roles: APPROVALS.release.approvers, position: 1 });
    return { year, area, number };
  });
}

/** What the finance office is asked. Cash under review is cleared with the accounts of the month. */
async function questionOf(trx: Transaction, { year, area }: AreaYear, request: ReleaseRequest) {
  const figures = await figuresOf(trx, year, request);
  const { file, line } = request;
  const why = figures.quarantined_as === null ? '' : QUARANTINE_REASON_NAMES[figures.quarantined_as];
  return {
    fundYear: year,
    chain: request.chain,
    workflowId: request.workflow_id,
    area,
    scheme: 'resident' as const,
    subject: `${area} ${year} 年度待核对缴费核实受理第 ${request.number} 号：${file} 第 ${line} 行，${inYuan(figures.amount ?? '')}（${why}）`,
    figures,
    dueOn: endOfMonth(request.requested_on),
  };
}

async function figuresOf(trx: Transaction, year: number, request: ReleaseRequest) {
  const row = await rowToRelease(trx, year, request);
  if (row === undefined) throw new RangeError(`没有文件 ${request.file} 第 ${request.line} 行的缴费流水`);
  return { ...row, reason: request.reason };
}

/**
 * Records the finance office's decision. With its approval the row is accepted in the same transaction, as of that day, so that what
 * cannot be accepted is not approved. A row that has changed since it was asked for is not what the offices signed.
 */
export async function decideRelease(database: Database, of: ReleaseNumber & { act: Act }): Promise<ReleaseDecided> {
  const { year, number, act } = of;
  const input = { ...of, act: identityOf(act) };
  return once(database, { key: actKey.decided(act.task), input }, async (trx): Promise<ReleaseDecided> => {
    await lockYear(trx, year);
    const request = await requestOf(trx, of);
    if (act.decision === 'approve' && hashOf(await figuresOf(trx, year, request)) !== act.figuresHash) {
      throw new RangeError(`第 ${number} 号所指的行在申请之后已变，请退回后重新申请 (the row has changed since)`);
    }
    await recordAct(trx, year, act);
    if (act.decision === 'return') {
      await voidChain(trx, request.chain);
      return { state: 'returned' };
    }
    if (!(await isDecided(trx, request.chain))) return { state: 'approved' };
    const date = await releasePayment(trx, of, number);
    await recheckMonths(trx, year, date);
    await reopenChanged(trx, year, new BehindDecisions('一笔待核对缴费已核实受理'));
    return { state: 'released', date };
  });
}

async function requestOf(trx: Transaction, of: ReleaseNumber): Promise<ReleaseRequest> {
  const request = await releaseNumbered(trx, of, of.number);
  if (request === undefined) throw new RangeError(`没有第 ${of.number} 号核实受理申请`);
  return request;
}

/**
 * 逾期作废: the collection ends, and what is still open is void. A decision that was under way when the deadline passed stands: what
 * it came to is the answer.
 */
export async function lapseRelease(database: Database, of: ReleaseNumber): Promise<ReleaseLapse> {
  const key = actKey.releaseLapsed(of.year, of.area, of.number);
  return once(database, { key, input: of }, async (trx): Promise<ReleaseLapse> => {
    // Decisions lock the year too, so that no decision is half recorded during this check.
    await lockYear(trx, of.year);
    const request = await requestOf(trx, of);
    const date = await releasedOn(trx, of, of.number);
    if (date !== null) return { state: 'released', date };
    if (await isReturned(trx, request.chain)) return { state: 'returned' };
    await voidChain(trx, request.chain);
    return { state: 'lapsed' };
  });
}

export const createReleaseActivities = (database: Database) => bind(database, { decideRelease, lapseRelease });
