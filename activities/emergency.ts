/** 紧急调剂: an area's request within the year, its approvals, and the advance out of the adjustment fund. */
import { fundMoney, whyNotPaid } from '../db/adjustment-fund';
import type { Database, Queryable, Transaction } from '../db/connect';
import { type Act, identityOf, isReturned } from '../db/decisions';
import { type EmergencyRequest, advancesOf, nextNumber, paidOn, requestNumbered, requestOf } from '../db/emergency';
import { businessDate, lockYear } from '../db/fund-year';
import { post } from '../db/journal';
import { type AreaSchemeYear, columnsOf } from '../db/levies';
import { once } from '../db/once';
import { type BoundChain, holdFigures } from '../db/reopened';
import { checkOfFund } from '../db/risk';
import { insertRows } from '../db/rows';
import { type Chain, isDecided, openChain, voidChain } from '../db/tasks';
import { advanceBecause, advancePostings } from '../figures/emergency';
import { cycleStartOf } from '../parameters';
import { daysAfter } from '../rules/calendar-day';
import { APPROVALS } from '../rules/decisions';
import { actKey, chainKey, emergencyId } from '../rules/keys';
import { inYuan } from '../rules/thousands';
import { CAUSE_NAMES, type EmergencyCause, RISK_LEVEL_NAMES, SCHEME_NAMES } from '../rules/vocabulary';
import type { Proof, SignedAct } from '../signing/act-text';
import { bind } from './bind';
import { lawOf } from './law';
import type { Renewal } from './renewal';
import { recordAct } from './signed-act';
import { recordSubmission, submissionOf } from './submission';

export interface Emergency extends AreaSchemeYear {
  amount: string; // yuan
  cause: EmergencyCause;
  document: string; // 文号 of the request
  operator: string; // of the area's security bureau
  proof?: Proof;
}
interface EmergencyReceipt {
  number: number;
  workflowId: string;
}
/** One request, by its number among those of the area and scheme. */
interface EmergencyNumber extends AreaSchemeYear {
  number: number;
}
interface EmergencyDecided {
  state: 'approved' | 'paid' | 'returned';
  date: string;
  /** 无办法不拨付: why the last approval is not open yet. */
  held?: string;
}
/** How a request stands at its deadline. */
type EmergencyLapse = { state: 'lapsed' | 'returned' } | { state: 'paid'; date: string };

const askedOf = ({ amount, cause }: Emergency): object => ({ amount, cause });

/** What whoever asks signs: the next request of the area. Where another one comes first, it is signed again. */
export async function emergencyToSign(db: Queryable, input: Emergency): Promise<SignedAct> {
  const { year, scheme, area, operator, document } = input;
  const chain = chainKey.emergencyRequest(emergencyId(year, scheme, area, await nextNumber(db, input)));
  return { year, operator, document, ...submissionOf(chain, askedOf(input)) };
}

/**
 * Accepts an area's request, once for each document, and opens its approvals. The database refuses it for its phase, cause or
 * money, in words for the person. The request's number names the workflow that waits for the approvals; whoever asks starts it.
 */
export async function requestEmergency(database: Database, { proof, ...input }: Emergency): Promise<EmergencyReceipt> {
  const { year, scheme, area, amount, cause, document, operator } = input;
  return once(database, { key: actKey.emergencyRequested(year, scheme, area, document), input }, async (trx) => {
    await lockYear(trx, year);
    const number = await nextNumber(trx, input);
    const workflowId = emergencyId(year, scheme, area, number);
    const chain = chainKey.emergencyRequest(workflowId);
    const today = await businessDate(trx, year, cycleStartOf(year));
    const request = { number, amount, cause, document, requested_on: today, workflow_id: workflowId, chain };
    await insertRows(trx, 'emergency_request', [{ ...columnsOf(input), ...request }]);
    await holdFigures(trx, year);
    const question = await questionOf(trx, input, request);
    const submitted = { operator, document, asked: askedOf(input), ...(proof && { proof }) };
    await recordSubmission(trx, question, { ...submitted, businessDate: today });
    await openChain(trx, question);
    return { number, workflowId };
  });
}

/**
 * What the offices are asked: the request, and as of its day what the fund holds and the area has received already. `month` is the
 * check that they are shown; without it the last one.
 */
async function questionOf(
  trx: Transaction,
  fund: AreaSchemeYear,
  request: EmergencyRequest,
  month?: number | null,
): Promise<Chain> {
  const { year, scheme, area } = fund;
  const { amount, cause, document, requested_on: today } = request;
  const law = await lawOf(trx, year);
  const causeName = CAUSE_NAMES[cause];
  return {
    fundYear: year,
    chain: request.chain,
    workflowId: request.workflow_id,
    area,
    scheme,
    subject: `${area} ${SCHEME_NAMES[scheme]} ${year} 年紧急调剂申请 ${inYuan(amount)}（${causeName}，${document}）`,
    figures: {
      amount,
      cause,
      document,
      fund_money: await fundMoney(trx, fund, today),
      advanced: (await advancesOf(trx, fund, today))(area),
      ...(await checkShown(trx, fund, month)),
    },
    kind: 'approve',
    roles: APPROVALS.emergency.approvers,
    dueOn: daysAfter(today, Number.parseInt(law.text('risk.deadline.red'), 10)),
  };
}

/** Where the area's own fund stood at a monthly check: whether it needs help; nothing before the first. */
async function checkShown(trx: Transaction, of: AreaSchemeYear, month?: number | null): Promise<object> {
  const check = month === null ? undefined : await checkOfFund(trx, of, month);
  if (check === undefined) return {};
  const { accumulated_surplus, months_payable, level } = check;
  return { checked_month: String(check.month), accumulated_surplus, months_payable, level: RISK_LEVEL_NAMES[level] };
}

/** 所依数字已变: the request is asked about anew, as of its own day: what has happened since then was no part of it. */
export async function renewEmergency(trx: Transaction, bound: BoundChain): Promise<Renewal> {
  const { year, area, scheme } = bound;
  const request = await requestOf(trx, bound.chain);
  if (request === undefined || area === null || scheme === null) throw new Error(`${bound.chain} is no request.`);
  const { checked_month: month } = (bound.figures ?? {}) as { checked_month?: string };
  const shownMonth = month === undefined ? null : Number.parseInt(month, 10);
  const chain = chainKey.renewed(bound.chain);
  const question = await questionOf(trx, { year, area, scheme }, { ...request, chain }, shownMonth);
  return {
    figures: question.figures,
    chain,
    receipt: null,
    ask: () => openChain(trx, { ...question, dueOn: bound.dueOn }),
  };
}

/**
 * Records an approver's decision on a request. The last approval pays the advance in the same transaction, so that what
 * cannot be paid is not approved; a return ends the request.
 */
export async function decideEmergency(
  database: Database,
  of: EmergencyNumber & { act: Act },
): Promise<EmergencyDecided> {
  const { year, number, act } = of;
  const input = { ...of, act: identityOf(act) };
  return once(database, { key: actKey.decided(act.task), input }, async (trx): Promise<EmergencyDecided> => {
    await lockYear(trx, year);
    const request = await requestNumbered(trx, of, number);
    if (request === undefined) throw new RangeError(`没有第 ${number} 号紧急调剂申请`);
    const date = await businessDate(trx, year, cycleStartOf(year));
    await recordAct(trx, year, { ...act, businessDate: date });
    if (act.decision === 'return') {
      await voidChain(trx, request.chain);
      return { state: 'returned', date };
    }
    if (!(await isDecided(trx, request.chain))) {
      const held = await whyNotPaid(trx, year);
      return { state: 'approved', date, ...(held === null ? {} : { held }) };
    }
    await payAdvance(trx, of, request, date);
    return { state: 'paid', date };
  });
}

/** 预拨: on its own date, in both books. */
async function payAdvance(
  trx: Transaction,
  of: AreaSchemeYear,
  request: EmergencyRequest,
  date: string,
): Promise<void> {
  const { number, amount } = request;
  const because = { amount: advanceBecause(of, request) };
  await insertRows(trx, 'emergency_advance', [{ ...columnsOf(of), number, amount, paid_on: date, because }]);
  await post(trx, of.year, advancePostings(of, request, date));
}

/**
 * 逾期作废: the year ended before all three had decided, and what is still open is void. A decision that was under way when the
 * deadline passed stands: its outcome is the answer.
 */
export async function lapseEmergency(database: Database, input: EmergencyNumber): Promise<EmergencyLapse> {
  const { year, scheme, area, number } = input;
  const key = actKey.emergencyLapsed(year, scheme, area, number);
  return once(database, { key, input }, async (trx): Promise<EmergencyLapse> => {
    // Decisions lock the year too, so that no decision is half recorded during this check.
    await lockYear(trx, year);
    const request = await requestNumbered(trx, input, number);
    if (request === undefined) throw new RangeError(`没有第 ${number} 号紧急调剂申请`);
    const date = await paidOn(trx, input, number);
    if (date !== null) return { state: 'paid', date };
    if (await isReturned(trx, request.chain)) return { state: 'returned' };
    await voidChain(trx, request.chain);
    return { state: 'lapsed' };
  });
}

export const createEmergencyActivities = (database: Database) => bind(database, { decideEmergency, lapseEmergency });
