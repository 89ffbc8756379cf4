/** 年度清算: the clearing table of an area and scheme after the year, its approvals, and its coming into force. */
import { actualItems } from '../../db/actuals';
import type { Database, Queryable, Transaction } from '../../db/connect';
import { type Act, identityOf } from '../../db/decisions';
import { type AreaSchemeYear, columnsOf, fundOf } from '../../db/levies';
import { hashOf, once } from '../../db/once';
import { insertRows } from '../../db/rows';
import { closeChains, isDecided, openChain, shownHash, voidChain } from '../../db/tasks';
import {
  type AllottedFund,
  type PaidFund,
  allottedFund,
  fundsWithUnits,
  paidForEarlierYears,
} from '../../db/total-budgets';
import { type Cleared, amountsOf, clearedRow, clearingOf } from '../../figures/payments/clearing';
import { clearingFindings } from '../../figures/payments/findings';
import { APPROVALS } from '../../rules/decisions';
import { actKey, chainKey } from '../../rules/keys';
import { sum, yuanText } from '../../rules/money';
import { inYuan } from '../../rules/thousands';
import { CARE_ITEMS, SCHEME_NAMES } from '../../rules/vocabulary';
import { bind } from '../bind';
import { recordFindings } from '../findings';
import { lawOf } from '../law';
import { recordAct } from '../signed-act';

/** A clearing and the workflow that waits for its approvals. */
interface ClearingOf extends AreaSchemeYear {
  workflowId: string;
  attempt: number; // counted from 1: a returned table is proposed again
  dueOn: string;
}
const titleOf = ({ year, scheme, area }: AreaSchemeYear): string =>
  `${area} ${SCHEME_NAMES[scheme]} ${year} 年度医药机构清算表`;

/** The funds of these areas that have units to clear. Changes nothing. */
export function fundsToClear(
  database: Database,
  { year, areas }: { year: number; areas: readonly string[] },
): Promise<(PaidFund & { name: string })[]> {
  return fundsWithUnits(database, year, areas);
}

interface ClearingReceipt {
  units: number;
  payable: string; // yuan
  clearing: string; // signed
  retained: string;
  fund_share: string;
}
/** 测算清算表: every unit's part, with its reasons, proposed to the area's two offices. */
export async function proposeClearing(database: Database, input: ClearingOf): Promise<ClearingReceipt> {
  const { year, scheme, area, attempt, workflowId, dueOn } = input;
  return once(database, { key: actKey.clearingProposed(year, scheme, area, attempt), input }, async (trx) => {
    const { allotted, cleared, shown, totals } = await tableOf(trx, fundOf(input));
    const key = { ...columnsOf(input), attempt };
    const chain = chainKey.clearing(workflowId, attempt);
    await insertRows(trx, 'clearing_proposal', [
      {
        ...key,
        allotment: allotted.allotment,
        fund_share: totals.fund_share,
        workflow_id: workflowId,
        chain,
        because: { fund_share: cleared.fundShare.because },
      },
    ]);
    await insertRows(
      trx,
      'unit_clearing',
      cleared.units.map((unit) => ({ ...key, ...clearedRow(unit) })),
    );
    if (attempt > 1) await closeChains(trx, [chainKey.clearingCorrection(workflowId, attempt - 1)]);
    await openChain(trx, {
      fundYear: year,
      chain,
      workflowId,
      kind: 'approve',
      area,
      scheme,
      subject: `${titleOf(input)}：应付 ${inYuan(totals.payable)}，清算款 ${inYuan(totals.clearing)}`,
      figures: shown,
      dueOn,
      roles: APPROVALS.clearing.approvers,
    });
    return { units: cleared.units.length, ...totals };
  });
}

/** The clearing table as the allotment and the accounts give it now. */
async function tableOf(db: Queryable, fund: AreaSchemeYear) {
  const { year, scheme, area } = fund;
  const allotted = await allottedFund(db, fund);
  const cleared = clearingOf({ area, scheme, ...allotted }, await lawOf(db, year));
  return { allotted, cleared, shown: shownOf(allotted, cleared), totals: totalsOf(cleared) };
}

/** What those who approve are shown. */
const shownOf = ({ reserve }: AllottedFund, { units }: Cleared) => ({
  reserve: yuanText(reserve),
  units: units.map((unit) => ({
    unit: unit.unit,
    name: unit.name,
    kind: unit.kind,
    budget: yuanText(unit.budget),
    ...amountsOf(unit),
  })),
});

function totalsOf({ units, fundShare }: Cleared) {
  const total = (column: 'payable' | 'clearing' | 'retained') =>
    yuanText(sum(units.map(({ figures }) => figures[column].value)));
  return {
    payable: total('payable'),
    clearing: total('clearing'),
    retained: total('retained'),
    fund_share: yuanText(fundShare.value),
  };
}

/** 退回: the table's approvals end, and the area is asked to correct the accounts behind it, or to say that they are right. */
export async function returnClearing(
  database: Database,
  returned: ClearingOf & { act: Act },
): Promise<{ returned: true }> {
  const { year, scheme, area, workflowId, attempt, dueOn, act } = returned;
  const input = { ...returned, act: identityOf(act) };
  return once(database, { key: actKey.clearingReturned(act.task), input }, async (trx) => {
    await recordAct(trx, year, act);
    await voidChain(trx, chainKey.clearing(workflowId, attempt));
    await openChain(trx, {
      fundYear: year,
      chain: chainKey.clearingCorrection(workflowId, attempt),
      workflowId,
      kind: 'import',
      area,
      scheme,
      subject: `${titleOf(returned)}被退回：请更正 unit_accounts.csv 或 payment_units.csv；确认无误的，直接办理`,
      figures: { 退回事项: act.task, 退回原因: act.note ?? '' },
      dueOn,
      roles: ['area_security'],
    });
    return { returned: true };
  });
}

/** Whether a returned table may be proposed again: its figures have changed, or the area has said that they are right. Changes nothing. */
export async function isClearingCorrected(database: Database, of: ClearingOf): Promise<{ corrected: boolean }> {
  if (await isDecided(database, chainKey.clearingCorrection(of.workflowId, of.attempt))) return { corrected: true };
  const { shown } = await tableOf(database, fundOf(of));
  return { corrected: hashOf(shown) !== (await shownHash(database, chainKey.clearing(of.workflowId, of.attempt))) };
}

/**
 * 清算表生效: approved by both offices, which the database asks for. What it reveals about the year's payments becomes findings.
 * `last` is the approval that completes them; years in flight have recorded it before, and name only the date.
 */
export async function adoptClearing(
  database: Database,
  of: AreaSchemeYear & { attempt: number } & ({ date: string } | { last: Act }),
): Promise<{ findings: number }> {
  const { year, scheme, area, attempt } = of;
  const input = 'last' in of ? { ...of, last: identityOf(of.last) } : of;
  return once(database, { key: actKey.clearingInForce(year, scheme, area), input }, async (trx) => {
    if ('last' in of) await recordAct(trx, year, of.last);
    const approved_on = 'last' in of ? of.last.businessDate : of.date;
    await insertRows(trx, 'clearing', [{ ...columnsOf(of), attempt, approved_on }]);
    const findings = clearingFindings(await factsAfter(trx, fundOf(of)));
    await recordFindings(trx, year, findings);
    return { findings: findings.length };
  });
}

async function factsAfter(trx: Transaction, fund: AreaSchemeYear) {
  const actual = (await actualItems(trx, fund.year, fund.scheme)).area(fund.area);
  return {
    ...fund,
    ...(await allottedFund(trx, fund)),
    paidForEarlierYears: await paidForEarlierYears(trx, fund),
    bookedCare: sum(CARE_ITEMS.map((item) => actual.of(item))),
    expenditure: actual.expenditure,
  };
}

export const createPaymentActivities = (database: Database) =>
  bind(database, { fundsToClear, proposeClearing, returnClearing, isClearingCorrected, adoptClearing });
