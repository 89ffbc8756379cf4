/**
 * 征缴延长: a decision of the region that lets an area collect until a later day. The database refuses an extension that is not
 * allowed.
 */
import { type StoredExtension, extensionUntil } from '../../db/collection';
import type { Database } from '../../db/connect';
import { businessDate, noteImport } from '../../db/fund-year';
import { hashOf, once } from '../../db/once';
import { reconsiderPayments } from '../../db/residents';
import { insertRows } from '../../db/rows';
import { cycleStartOf } from '../../parameters';
import { actKey, ownAct } from '../../rules/keys';
import type { Proof, SignedAct } from '../../signing/act-text';
import { BehindDecisions } from '../behind-decisions';
import { recheckMonths } from '../reckoned-months';
import { reopenChanged } from '../reopen';
import { recordProof } from '../signed-act';
import { decideWaiting } from './decide';

export interface Extension {
  year: number;
  area: string;
  until: string; // the new last day, at most the last of February of the year
  operator: string;
  document: string; // 文号
  proof?: Proof;
}

/** What whoever extends it signs. */
export const extensionToSign = ({ year, area, until, operator, document }: Extension): SignedAct => ({
  year,
  task: ownAct.extension(area, until),
  decision: 'extend',
  figuresHash: hashOf({ area, until }),
  operator,
  document,
});

/**
 * Moves the last day of an area's window, once, and judges again the payments that were too late for it. Returns the last day
 * before the move.
 */
export async function extendCollection(
  database: Database,
  { proof, ...input }: Extension,
): Promise<{ closedBefore: string }> {
  const { year, area, until, operator, document } = input;
  return once(database, { key: actKey.collectionExtended(year, area, until), input }, async (trx) => {
    if (proof !== undefined) await recordProof(trx, extensionToSign(input), proof);
    const decision = {
      fund_year: year,
      area,
      until,
      operator,
      document,
      decided_on: await businessDate(trx, year, cycleStartOf(year)),
      proof: proof?.nonce ?? null,
    };
    await insertRows(trx, 'collection_extension', [decision]);
    // The collection workflow shows the last day of payment; like an import, this makes it read the day again.
    await noteImport(trx, year);
    await reconsiderPayments(trx, year);
    const first = await decideWaiting(trx, year);
    if (first !== null) {
      await recheckMonths(trx, year, first);
      await reopenChanged(trx, year, new BehindDecisions('征缴期延长，过期缴费重新判定'));
    }
    const stored = (await extensionUntil(trx, year, area, until)) as StoredExtension;
    return { closedBefore: stored.closed_before };
  });
}
