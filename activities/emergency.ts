/** 紧急调剂: an area's request within the year, its approvals, and the advance out of the adjustment fund. */
import { lawOf } from './law';
import type { Database, Transaction } from '../db/connect';
import { fundMoney } from '../db/adjustment-fund';
import { type Act, identityOf, recordDecision } from '../db/decisions';
import { type EmergencyOf, type EmergencyRequest, advancesOf, nextNumber, requestNumbered } from '../db/emergency';
import { businessDate, lockYear } from '../db/fund-year';
import { type Posting, post } from '../db/journal';
import { isDecided, openChain, voidChain, waitingLink } from '../db/tasks';
import { once } from '../db/once';
import { insertRows } from '../db/rows';
import { daysAfter } from '../rules/calendar-day';
import { decimal } from '../rules/money';
import { APPROVALS } from '../rules/decisions';
import { taken } from '../rules/rule';
import { SPECIAL_ACCOUNT } from '../rules/posting';
import { CAUSE_NAMES, type EmergencyCause, ITEM_NAMES, REGION, SCHEME_NAMES } from '../rules/vocabulary';

export interface Emergency extends EmergencyOf {
  amount: string; // yuan
  cause: EmergencyCause;
  document: string; // 文号 of the request
  operator: string; // of the area's security bureau
}
export interface EmergencyReceipt {
  number: number;
  workflowId: string;
}
export interface EmergencyDecided {
  state: 'approved' | 'paid' | 'returned';
  date: string;
}

const BASIS = 'A(六)“政策调整、突发重大疫情、医疗救治”；RULES 8 紧急调剂';
const LAW = `${BASIS}“Emergency request”`;

/**
 * Takes an area's request in, once for each document, and opens its approvals. What the database refuses (phase, cause, money)
 * is a refusal in its words. `workflowId` names the workflow that waits for the approvals, by the request's number.
 */
export async function requestEmergency(
  pool: Database,
  of: Emergency,
  workflowId: (number: number) => string,
): Promise<EmergencyReceipt> {
  const { year, scheme, area, amount, cause, document, operator } = of;
  return once(pool, { key: `fund-year-${year}/emergency/${scheme}/${area}/${document}`, input: of }, async (trx) => {
    await lockYear(trx, year);
    const number = await nextNumber(trx, of);
    const id = workflowId(number);
    const chain = `${id}/request`;
    const today = await businessDate(trx, year);
    await insertRows(trx, 'emergency_request', [
      { fund_year: year, scheme, area, number, amount, cause, document, requested_on: today, workflow_id: id, chain },
    ]);
    const law = await lawOf(trx, year);
    const advanced = (await advancesOf(trx, of))(area);
    const question = {
      fundYear: year,
      chain,
      workflowId: id,
      area,
      scheme,
      subject: `${area} ${SCHEME_NAMES[scheme]} ${year} 年紧急调剂申请 ${amount} 元（${CAUSE_NAMES[cause]}，${document}）`,
      figures: {
        amount,
        cause,
        document,
        fund_money: await fundMoney(trx, of, today),
        advanced,
      },
      dueOn: daysAfter(today, Number.parseInt(law.text('risk.deadline.red'), 10)),
    };
    // The request is the first link, so that whoever asks approves nothing of it.
    await openChain(trx, { ...question, kind: 'submit', roles: ['area_security'], position: 0 });
    const asked = await waitingLink(trx, chain);
    await recordDecision(trx, year, {
      task: asked?.task ?? '',
      operator,
      decision: 'submit',
      document,
      figuresHash: asked?.figures_hash ?? '',
      businessDate: today,
    });
    await openChain(trx, { ...question, kind: 'approve', roles: APPROVALS.emergency.approvers, position: 1 });
    return { number, workflowId: id };
  });
}

export const createEmergencyActivities = (pool: Database) => ({
  /**
   * Records an approver's decision on a request. The last approval pays the advance in the same transaction, so that what
   * cannot be paid is not approved; a return ends the request.
   */
  async decideEmergency(of: EmergencyOf & { number: number; act: Act }): Promise<EmergencyDecided> {
    const { year, act } = of;
    const input = { ...of, act: identityOf(act) };
    return once(pool, { key: act.task, input }, async (trx): Promise<EmergencyDecided> => {
      await lockYear(trx, year);
      const request = await requestNumbered(trx, of, of.number);
      if (request === undefined) throw new RangeError(`没有第 ${of.number} 号紧急调剂申请`);
      const date = await businessDate(trx, year);
      await recordDecision(trx, year, { ...act, businessDate: date });
      if (act.decision === 'return') {
        await voidChain(trx, request.chain);
        return { state: 'returned', date };
      }
      if (!(await isDecided(trx, request.chain))) return { state: 'approved', date };
      await payAdvance(trx, of, request, date);
      return { state: 'paid', date };
    });
  },

  /** 逾期作废: the year ended before all three had decided; what is still open is void. */
  async lapseEmergency(of: EmergencyOf & { number: number }): Promise<{ lapsed: true }> {
    const { year, scheme, area, number } = of;
    const key = `fund-year-${year}/emergency/${scheme}/${area}/lapsed/${number}`;
    return once(pool, { key, input: of }, async (trx) => {
      const request = await requestNumbered(trx, of, number);
      if (request !== undefined) await voidChain(trx, request.chain);
      return { lapsed: true as const };
    });
  },
});

/** 预拨: on its own date, in both books; the area's side and the region's side are two entries (RULES 9(4)). */
async function payAdvance(trx: Transaction, of: EmergencyOf, request: EmergencyRequest, date: string): Promise<void> {
  const { year, scheme, area } = of;
  const { number, amount } = request;
  await insertRows(trx, 'emergency_advance', [
    {
      ...{ fund_year: year, scheme, area, number, amount, paid_on: date },
      because: {
        amount: {
          article: LAW,
          formula: 'amount',
          inputs: {
            amount: {
              value: amount,
              from: { rows: 'emergency_request', of: { scheme, area, year, document: request.document } },
            },
          },
        },
      },
    },
  ]);
  const because = taken(LAW, amount, {
    figure: 'emergency_advance.amount',
    of: { scheme, area, number: String(number) },
  });
  const common = { date, scheme, part: 'pooled' as const, basis: BASIS, amount: decimal(amount), because };
  const key = `emergency/${scheme}/${area}/${number}`;
  const postings: Posting[] = [
    {
      ...common,
      entity: REGION,
      key: `${key}/region`,
      debit: ITEM_NAMES.grant_to_subordinate,
      credit: SPECIAL_ACCOUNT,
    },
    { ...common, entity: area, key, debit: SPECIAL_ACCOUNT, credit: ITEM_NAMES.superior_grant },
  ];
  await post(trx, year, postings);
}
