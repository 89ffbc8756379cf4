/** 征缴对账: counts an area, records what was counted and found, and asks a named person about a difference. */
import { type CollectionCounts, collectionCounts, taxTotals } from '../../db/collection';
import { areasByReceipts, collectedPremium } from '../../db/collection-days';
import type { Transaction } from '../../db/connect';
import { insuredRows } from '../../db/insured';
import { insertRows } from '../../db/rows';
import { openChain } from '../../db/tasks';
import {
  type Counted,
  collectionRow,
  differenceFindings,
  enrolmentFindings,
} from '../../figures/collection/reconciliation';
import type { Finding } from '../../figures/finding';
import { dateIn } from '../../rules/calendar-day';
import { chainKey } from '../../rules/keys';
import { yuanText } from '../../rules/money';
import { UNKNOWN_AREA } from '../../rules/vocabulary';
import { recordFindings } from '../findings';
import { lawOf } from '../law';
import { recordEnrolment } from './enrolment';
import { recordPremiumSources } from './premium-sources';

export interface AreaYear {
  year: number;
  area: string;
}
/** What is reconciled, the workflow that waits for a difference to be accepted, and by when. */
export interface Reconciliation extends AreaYear {
  workflowId: string;
  acceptBy: string;
}
export interface CollectionStanding {
  registered: string;
  paid: string;
  collected: string; // yuan
  quarantined: string;
  difference: string;
  /** The chain that waits for a named person; null when tax bureau and rows agree. */
  findingsToAccept: string | null;
}

export async function reconcile(trx: Transaction, reconciliation: Reconciliation): Promise<CollectionStanding> {
  const counted = await count(trx, reconciliation);
  const row = collectionRow(counted);
  await insertRows(trx, 'collection', [row]);
  const { year, area } = reconciliation;
  const differences = differenceFindings(counted);
  const law = await lawOf(trx, year);
  if (counted.counts.byPerson && area !== UNKNOWN_AREA) {
    await recordPremiumSources(trx, year, area, counted.counts.collected);
    await recordEnrolment(trx, law, year, area);
  }
  await recordFindings(trx, year, [...differences, ...enrolmentFindings(law, counted)]);
  return {
    ...standingOf(counted.counts),
    difference: row.difference,
    findingsToAccept: differences.length === 0 ? null : await askToAccept(trx, reconciliation, differences),
  };
}

async function count(trx: Transaction, { year, area }: AreaYear): Promise<Counted> {
  const tax = await taxTotals(trx, year, area);
  const counts = await collectionCounts(trx, year, area, tax);
  const insured = (await insuredRows(trx, year, 'resident', area))(area);
  const byReceipts = (await areasByReceipts(trx, year)).has(area);
  const received = byReceipts ? (await collectedPremium(trx, year, dateIn(year, '12-31')))(area) : undefined;
  return { year, area, tax, counts, insured, ...(received === undefined ? {} : { received }) };
}

const standingOf = ({ registered, paid, collected, quarantinedAmount }: CollectionCounts) => ({
  registered: registered.toFixed(),
  paid: paid.toFixed(),
  collected: yuanText(collected),
  quarantined: yuanText(quarantinedAmount),
});

/** A difference is resolved or accepted by a named person before the area closes. Returns the chain that waits. */
async function askToAccept(
  trx: Transaction,
  { year, area, workflowId, acceptBy }: Reconciliation,
  differences: readonly Finding[],
): Promise<string> {
  const isKnown = area !== UNKNOWN_AREA;
  const chain = chainKey.findings(workflowId, area);
  const figures = differences.map(({ text, figure }) => `${text} ${figure}`).join('，');
  await openChain(trx, {
    fundYear: year,
    chain,
    workflowId,
    kind: 'accept_finding',
    area: isKnown ? area : null,
    scheme: 'resident',
    subject: `${isKnown ? area : '地区不明'} ${year} 年度居民征缴对账：${figures}，请核实接受`,
    figures: { differences: differences.map(({ code, figure, text }) => ({ code, figure, text })) },
    dueOn: acceptBy,
    roles: [isKnown ? 'area_finance' : 'region_security'],
  });
  return chain;
}
