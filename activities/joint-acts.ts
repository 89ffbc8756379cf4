/** 双人办理: what takes effect once two people have signed for it. */
import { type Appointee, appointmentMatter, appointProposed, endOffice, proposedOperators } from '../db/appointments';
import { type Database, inTransaction } from '../db/connect';
import { type FreezeDays, beginFreeze, liftFreeze } from '../db/freezes';
import { type JointStanding, insertJointAct, jointStanding } from '../db/joint-acts';
import { listOf, ownAct } from '../rules/keys';
import type { Proof, SignedAct } from '../signing/act-text';
import { recordProof } from './signed-act';

interface JointAct {
  matter: string;
  decision: SignedAct['decision'];
  operator: string;
  reason: string;
}
type Sign = (act: SignedAct) => Promise<Proof | undefined>;

/** Records one person's part, once. The database says whose it may be, and that the other is someone else's. */
async function actJointly(
  database: Database,
  { matter, decision, operator, reason }: JointAct,
  sign: Sign,
): Promise<JointStanding> {
  const before = await jointStanding(database, matter);
  if (before.by.includes(operator)) return before;
  const said: SignedAct = { year: null, task: matter, decision, figuresHash: '', operator, note: reason };
  const proof = await sign(said);
  if (proof === undefined) throw new Error(`${matter} was not signed.`);
  await inTransaction(database, async (trx) => {
    await recordProof(trx, said, proof);
    await insertJointAct(trx, { matter, operator, reason, proof: proof.nonce });
  });
  return jointStanding(database, matter);
}

/** 注销密钥, by two of the region's government. */
export const revokeKey = (
  database: Database,
  { key, operator, reason }: { key: string; operator: string; reason: string },
  sign: Sign,
): Promise<JointStanding> =>
  actJointly(database, { matter: ownAct.keyRevoked(key), decision: 'revoke_key', operator, reason }, sign);

/** What two of the region's security bureau sign for, and who has so far. */
interface OfficeAct {
  year: number;
  operator: string;
  reason: string;
}

/** Everybody who is proposed in a year, with what tells this list from any other; null where nobody is. */
export async function proposals(
  database: Database,
  year: number,
): Promise<{ list: string; appointees: Appointee[] } | null> {
  const matter = await appointmentMatter(database, year);
  if (matter === null) return null;
  return { list: listOf(matter), appointees: await proposedOperators(database, year) };
}

/**
 * 任命 of everybody on the list that the person has seen. Once both have signed, they hold their offices. Throws a RangeError where the
 * list has changed since.
 */
export async function appoint(
  database: Database,
  { year, operator, reason, list }: OfficeAct & { list: string },
  sign: Sign,
): Promise<JointStanding> {
  const matter = await appointmentMatter(database, year);
  if (matter === null || !listOf(matter).startsWith(list)) {
    throw new RangeError('待任命名单已变，请重新查看后办理 (the list has changed: look again)');
  }
  const standing = await actJointly(database, { matter, decision: 'appoint', operator, reason }, sign);
  if (standing.done) await appointProposed(database, year);
  return standing;
}

/** 离任: an operator's last day in office. */
export async function leaveOffice(
  database: Database,
  { year, operator, reason, leaver, last }: OfficeAct & { leaver: string; last: string },
  sign: Sign,
): Promise<JointStanding> {
  const matter = ownAct.officeEnded(year, leaver, last);
  const standing = await actJointly(database, { matter, decision: 'end_office', operator, reason }, sign);
  if (standing.done) await endOffice(database, { year, operator: leaver, last });
  return standing;
}

/** 冻结: from the first day to the last nothing is booked, and nobody decides. */
export async function freeze(
  database: Database,
  { operator, reason, ...days }: OfficeAct & FreezeDays,
  sign: Sign,
): Promise<JointStanding> {
  const matter = ownAct.frozen(days.year, days.from, days.until);
  const standing = await actJointly(database, { matter, decision: 'freeze', operator, reason }, sign);
  if (!standing.done) return standing;
  return { ...standing, done: await beginFreeze(database, days) };
}

/** 解除冻结, before its last day. */
export async function unfreeze(
  database: Database,
  { operator, reason, ...days }: OfficeAct & FreezeDays,
  sign: Sign,
): Promise<JointStanding> {
  const matter = ownAct.freezeLifted(days.year, days.from, days.until);
  const standing = await actJointly(database, { matter, decision: 'lift_freeze', operator, reason }, sign);
  if (standing.done) await liftFreeze(database, days);
  return standing;
}
