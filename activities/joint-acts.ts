/** 双人办理: what takes effect once two people have signed for it. */
import { appointmentMatter, appointProposed, endOffice, proposedOperators } from '../db/appointments';
import { type Database, type Transaction, inTransaction } from '../db/connect';
import { type FreezeDays, beginFreeze, liftFreeze } from '../db/freezes';
import { markAbandoned } from '../db/fund-year';
import { type JointStanding, insertJointAct, jointStanding, takeTurnsOn } from '../db/joint-acts';
import type { PackOperator } from '../db/operators';
import { beijingDate } from '../rules/beijing-time';
import type { JointDecision } from '../rules/decisions';
import { listOf, ownAct } from '../rules/keys';
import type { Proof, Sign, SignedAct } from '../signing/act-text';
import { recordProof } from './signed-act';

interface JointAct {
  matter: string;
  decision: JointDecision;
  operator: string;
  reason: string;
}

/**
 * Records one person's part, once, and carries the matter out in the same transaction when two have signed for it; a repeated call
 * changes nothing. The database says whose part it may be, and that the other is someone else's. `carryOut` answers false where the matter
 * does not hold all the same.
 */
async function actJointly(
  database: Database,
  part: JointAct,
  sign: Sign,
  carryOut: (trx: Transaction) => Promise<unknown> = () => Promise.resolve(),
): Promise<JointStanding> {
  const before = await jointStanding(database, part.matter);
  const said = saidBy(part);
  const proof = before.by.includes(part.operator) ? null : await proofOf(said, sign);
  return inTransaction(database, async (trx) => {
    await takeTurnsOn(trx, part.matter);
    if (proof !== null) {
      const { matter, operator, reason } = part;
      await recordProof(trx, said, proof);
      await insertJointAct(trx, { matter, operator, reason, proof: proof.nonce });
    }
    const standing = await jointStanding(trx, part.matter);
    if (!standing.done) return standing;
    return { ...standing, done: (await carryOut(trx)) !== false };
  });
}

const saidBy = ({ matter: task, decision, operator, reason: note }: JointAct): SignedAct => ({
  year: null,
  task,
  decision,
  figuresHash: '',
  operator,
  note,
});

async function proofOf(said: SignedAct, sign: Sign): Promise<Proof> {
  const proof = await sign(said);
  if (proof === undefined) throw new Error(`${said.task} was not signed.`);
  return proof;
}

/** 注销密钥, by two of the region's government. */
export const revokeKey = (
  database: Database,
  { key, ...by }: Omit<OfficeAct, 'year'> & { key: string },
  sign: Sign,
): Promise<JointStanding> =>
  actJointly(database, { ...by, matter: ownAct.keyRevoked(key), decision: 'revoke_key' }, sign);

/** What two of an office sign for. */
interface OfficeAct {
  year: number;
  operator: string;
  reason: string;
}

/** Everybody who is proposed in a year, with what tells this list from any other; null where nobody is. */
export async function proposals(
  database: Database,
  year: number,
): Promise<{ list: string; appointees: PackOperator[] } | null> {
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
  { year, list, ...by }: OfficeAct & { list: string },
  sign: Sign,
): Promise<JointStanding> {
  const matter = await appointmentMatter(database, year);
  if (matter === null || !listOf(matter).startsWith(list)) {
    throw new RangeError('待任命名单已变，请重新查看后办理 (the list has changed: look again)');
  }
  return actJointly(database, { ...by, matter, decision: 'appoint' }, sign, (trx) => appointProposed(trx, year));
}

/** 离任: an operator's last day in office. */
export function leaveOffice(
  database: Database,
  { year, leaver, last, ...by }: OfficeAct & { leaver: string; last: string },
  sign: Sign,
): Promise<JointStanding> {
  const part: JointAct = { ...by, matter: ownAct.officeEnded(year, leaver, last), decision: 'end_office' };
  return actJointly(database, part, sign, (trx) => endOffice(trx, { year, operator: leaver, last }));
}

/** 冻结: from the first day to the last nothing is booked, and nobody decides. */
export function freeze(
  database: Database,
  { operator, reason, ...days }: OfficeAct & FreezeDays,
  sign: Sign,
): Promise<JointStanding> {
  const matter = ownAct.frozen(days.year, days.from, days.until);
  const part: JointAct = { matter, decision: 'freeze', operator, reason };
  return actJointly(database, part, sign, (trx) => beginFreeze(trx, days));
}

/** 解除冻结, before its last day. */
export function unfreeze(
  database: Database,
  { operator, reason, ...days }: OfficeAct & FreezeDays,
  sign: Sign,
): Promise<JointStanding> {
  const matter = ownAct.freezeLifted(days.year, days.from, days.until);
  const part: JointAct = { matter, decision: 'lift_freeze', operator, reason };
  return actJointly(database, part, sign, (trx) => liftFreeze(trx, days));
}

/** 作废: a year that was begun by mistake ends before its books open, by two of the region's government. */
export function abandon(database: Database, { year, operator, reason }: OfficeAct, sign: Sign): Promise<JointStanding> {
  const part: JointAct = { matter: ownAct.yearAbandoned(year), decision: 'abandon', operator, reason };
  return actJointly(database, part, sign, (trx) => markAbandoned(trx, year, beijingDate(new Date())));
}
