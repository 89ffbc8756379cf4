/** 签名: what a person has signed is checked and stored in the transaction of the act that it proves. */
import type { Transaction } from '../db/connect';
import { type Act, recordDecision } from '../db/decisions';
import { insertProof, keyNamed } from '../db/proofs';
import { type Proof, type SignedAct, actText } from '../signing/act-text';
import { isSigned } from '../signing/check';

/**
 * Checks a signature and stores it with its text. Throws where it is not one of the key under this text; whether that key may sign,
 * and whether it did so just now, the database says.
 */
export async function recordProof(trx: Transaction, act: SignedAct, proof: Proof): Promise<void> {
  const text = actText(act, proof);
  const key = await keyNamed(trx, proof.key);
  if (key !== undefined && !(await isSigned(key, text, proof.signature))) {
    throw new RangeError(
      '签名与所办的内容不符：不是这把密钥所签，或签名后内容有变，请重新签名 (the signature is not under this act)',
    );
  }
  await insertProof(trx, act, proof, text);
}

/** Records a person's act with its signature. Without one, the database takes it in a simulated year alone. */
export async function recordAct(trx: Transaction, year: number, act: Act): Promise<void> {
  if (act.proof !== undefined) await recordProof(trx, { ...act, year }, act.proof);
  await recordDecision(trx, year, act);
}
