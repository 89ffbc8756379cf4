/** The one text that an operator signs for an act: what is decided, on which figures, by whom, when. */
import type { SignedDecision } from '../rules/decisions';

/** What an act says. */
export interface SignedAct {
  year: number | null; // null: no act of a year
  task: string; // a task, or the key of what an office does of its own accord
  decision: SignedDecision;
  figuresHash: string; // of what the person was shown, or of what is asked for
  operator: string;
  version?: number | undefined;
  rowsHash?: string | undefined; // of that version's rows, where it is submitted
  document?: string | undefined; // 文号
  note?: string | undefined;
}

/** A signature under an act. */
export interface Proof {
  /** The signer's key, by its fingerprint. */
  key: string;
  time: string; // RFC 3339, UTC
  /** Random: no signature counts twice. */
  nonce: string;
  /** Of an Ed25519 key, in base64url; of a passkey, its assertion as JSON. */
  signature: string;
}

/** Makes the proof of an act; undefined where none is asked for, in a simulated year. */
export type Sign = (act: SignedAct) => Promise<Proof | undefined>;

/**
 * The text of an act: JSON without spaces, its fields in this order, those that are not given left out. The database compares its
 * fields with the row that it proves.
 */
export function actText(act: SignedAct, { key, time, nonce }: Omit<Proof, 'signature'>): string {
  const { year, task, decision, figuresHash, version, rowsHash, document, note, operator } = act;
  const fields = { year, task, decision, figuresHash, version, rowsHash, document, note, operator, key, time, nonce };
  return JSON.stringify({ form: 'fund-year act 1', ...fields });
}
