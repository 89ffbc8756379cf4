/** 缺口分担: gap, own surplus, shares and payments of one scheme, all areas at once because they share one fund. */
import type { Database } from '../../db/connect';
import { advancesOf } from '../../db/emergency';
import { post } from '../../db/journal';
import { type SchemeYear, levies } from '../../db/levies';
import { once } from '../../db/once';
import { insertRows } from '../../db/rows';
import { borneGaps } from '../../db/sharing';
import { openChain } from '../../db/tasks';
import { clearingsOf } from '../../db/total-budgets';
import { openClearingFindings } from '../../figures/payments/findings';
import { sharingFindings } from '../../figures/sharing/findings';
import { settlementPayments } from '../../figures/sharing/payments';
import { sharedGaps, totalsOf } from '../../figures/sharing/shares';
import { APPROVALS } from '../../rules/decisions';
import { actKey, chainKey } from '../../rules/keys';
import { sum, yuanText } from '../../rules/money';
import { inYuan } from '../../rules/thousands';
import { SCHEME_NAMES } from '../../rules/vocabulary';
import { bind } from '../bind';
import { recordFindings } from '../findings';
import { lawOf } from '../law';
import { settleLevies } from '../levy';
import { sharingFacts } from './facts';

interface SharingReceipt {
  gaps: number;
  gap: string;
  entitled: string;
  fund_share: string;
  area_share: string;
  settlementTask: string; // the chain of approvals that this proposal waits for
}

/** 测算缺口与分担方案: proposal of 31 March; the region approves it by 30 April. */
export async function shareGaps(
  database: Database,
  input: SchemeYear & { approveBy: string; workflowId: string },
): Promise<SharingReceipt> {
  const { year, scheme, approveBy, workflowId } = input;
  return once(database, { key: actKey.gapsShared(year, scheme), input }, async (trx) => {
    const { gaps, rows: shares } = sharedGaps(await sharingFacts(trx, { year, scheme }), await lawOf(trx, year));
    const rows = shares.map((row) => ({ fund_year: year, ...row }));
    await insertRows(trx, 'sharing', rows);
    const clearingIn = await clearingsOf(trx, year, scheme);
    await recordFindings(trx, year, [
      ...gaps.flatMap(sharingFindings),
      ...gaps.flatMap(({ facts, parts }) => openClearingFindings(facts, clearingIn(facts.area), parts.gap.value)),
    ]);
    const totals = totalsOf(shares);
    const chain = chainKey.settlement(workflowId);
    await openChain(trx, {
      fundYear: year,
      chain,
      workflowId,
      kind: 'approve',
      area: null,
      scheme,
      subject: `${SCHEME_NAMES[scheme]} ${year} 年度上解清算与缺口分担方案：缺口 ${inYuan(totals.gap)}，调剂金承担 ${inYuan(totals.fund_share)}`,
      figures: { rows, levies: await levies(trx, { year, scheme }) },
      dueOn: approveBy,
      roles: APPROVALS.settlement.approvers,
    });
    const inDeficit = gaps.filter(({ parts }) => parts.gap.value.gt(0));
    return { gaps: inDeficit.length, ...totals, settlementTask: chain };
  });
}

interface SettlementReceipt {
  areas: number;
  fund_share: string;
  area_share: string;
}
/** 清算拨付: true-up, then F, then A, on one day; the area's side and the region's side are two entries. */
export async function paySettlement(
  database: Database,
  input: SchemeYear & { date: string },
): Promise<SettlementReceipt> {
  const { year, scheme, date } = input;
  return once(database, { key: actKey.settlementPaid(year, scheme), input }, async (trx) => {
    await settleLevies(trx, input, date);
    const borne = await borneGaps(trx, input);
    const advancedTo = await advancesOf(trx, input);
    const payments = borne.flatMap((row) => settlementPayments({ ...row, scheme, advance: advancedTo(row.area) }));
    const common = { date, scheme, part: 'pooled' as const, basis: 'A(六) 缺口分担；RULES 9(4)' };
    await post(
      trx,
      year,
      payments.map((payment) => ({ ...common, ...payment })),
    );
    const total = (column: 'fund_share' | 'area_share') => yuanText(sum(borne.map((row) => row[column])));
    return { areas: borne.length, fund_share: total('fund_share'), area_share: total('area_share') };
  });
}

export const createSharingActivities = (database: Database) => bind(database, { shareGaps, paySettlement });
