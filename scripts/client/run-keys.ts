/** The keys with which a simulated year plays the operators of its pack. Those of an earlier run, which may have been killed, are lost with it. */
import type { Database } from '../../db/connect';
import { registerRunKeys } from '../../db/proofs';
import type { Proof, SignedAct } from '../../signing/act-text';
import { newKey, signAct } from '../../signing/ed25519';

export class RunKeys {
  private constructor(
    private readonly year: number,
    private readonly keys: ReadonlyMap<string, ReturnType<typeof newKey>>,
  ) {}

  /** A key for each operator, registered for this year. */
  static async of(pool: Database, year: number, operators: readonly { operator: string }[]): Promise<RunKeys> {
    const made = operators.map(({ operator }) => ({ operator, ...newKey() }));
    await registerRunKeys(pool, year, made);
    return new RunKeys(year, new Map(made.map((key) => [key.operator, key])));
  }

  signed<Act extends Omit<SignedAct, 'year'>>(act: Act): Act & { proof: Proof } {
    const key = this.keys.get(act.operator);
    if (key === undefined) throw new Error(`${act.operator} is no operator of the pack.`);
    return { ...act, proof: signAct({ ...act, year: this.year }, key) };
  }
}
