/** 双人办理, at the command line and on the desk: what is meant is looked at first, then one person signs for it. */
import { appoint, freeze, leaveOffice, revokeKey, unfreeze } from '../../activities/joint-acts';
import type { Database } from '../../db/connect';
import { yearFacts } from '../../db/fund-year';
import type { JointStanding } from '../../db/joint-acts';
import { operatorsOf } from '../../db/operators';
import { keyNamed } from '../../db/proofs';
import type { JointMatter } from '../../rules/keys';
import { shownText } from '../../rules/text';
import type { Sign } from '../../signing/act-text';
import { Refusal } from '../words/refusal';

/** Everything but the end of a year, which ends its workflows too (abandoning.ts). */
type MatterOfRows = Exclude<JointMatter, { what: 'abandon' }>;

/** One person's part. Refused where the matter is about nothing that there is. */
export async function signFor(
  pool: Database,
  matter: MatterOfRows,
  by: { operator: string; reason: string },
  sign: Sign,
): Promise<JointStanding> {
  if (matter.what !== 'revoke_key') await refuseUnlessLive(pool, matter.year);
  switch (matter.what) {
    case 'appoint':
      return appoint(pool, { ...matter, ...by }, sign);
    case 'end_office':
      await refuseUnknownLeaver(pool, matter);
      return leaveOffice(pool, { ...matter, ...by }, sign);
    case 'revoke_key':
      if ((await keyNamed(pool, matter.key)) === undefined)
        throw new Refusal(`没有密钥 ${shownText(matter.key)} (no such key)`);
      return revokeKey(pool, { ...matter, ...by }, sign);
    case 'freeze':
    case 'lift_freeze':
      return signForFreeze(pool, matter, by, sign);
  }
}

async function refuseUnlessLive(pool: Database, year: number): Promise<void> {
  if ((await yearFacts(pool, year))?.mode === 'live') return;
  throw new Refusal(`数据库中没有 ${year} 正式年度 (${year} is not a live year here)`);
}

async function refuseUnknownLeaver(pool: Database, { year, leaver }: { year: number; leaver: string }): Promise<void> {
  if ((await operatorsOf(pool, year)).some(({ operator }) => operator === leaver)) return;
  throw new Refusal(`${year} 年度没有工号 ${shownText(leaver)} (no such operator in this year)`);
}

/** The same days are not frozen a second time. */
async function signForFreeze(
  pool: Database,
  { what, ...days }: Extract<JointMatter, { from: string }>,
  by: { operator: string; reason: string },
  sign: Sign,
): Promise<JointStanding> {
  if (days.until < days.from)
    throw new Refusal(`末日 ${days.until} 早于首日 ${days.from} (the last day comes before the first)`, 2);
  const standing = await (what === 'freeze' ? freeze : unfreeze)(pool, { ...days, ...by }, sign);
  if (standing.done || standing.by.length < 2) return standing;
  throw new Refusal('这几天曾冻结并已解除，须另定起止日期 (frozen and lifted before: choose other days)');
}
