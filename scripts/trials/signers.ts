/** The operators of a trial: each registers a key before the first act, as the person would who was invited. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../db/connect';
import { invite, registerKey } from '../../db/proofs';
import { execute } from '../../db/rows';
import type { Proof, SignedAct } from '../../signing/act-text';
import { type PrivateKey, newKey, signAct } from '../../signing/ed25519';

export class Signers {
  readonly #keys = new Map<string, Promise<PrivateKey>>();

  /** `owner` invites them. */
  constructor(private readonly owner: Database) {}

  /** The private key of an operator, registered when it is first asked for. */
  keyOf(operator: string): Promise<PrivateKey> {
    const key = this.#keys.get(operator) ?? this.#register(operator);
    this.#keys.set(operator, key);
    return key;
  }

  async #register(operator: string): Promise<PrivateKey> {
    const code = randomUUID();
    const { pem, key, publicKey } = newKey();
    await invite(this.owner, operator, code);
    await registerKey(this.owner, code, { key, publicKey });
    return { pem };
  }

  sign = async (act: SignedAct): Promise<Proof> => signAct(act, await this.keyOf(act.operator));

  /** An act of a year with its proof. */
  async signed<Act extends Omit<SignedAct, 'year'>>(year: number, act: Act): Promise<Act & { proof: Proof }> {
    return { ...act, proof: await this.sign({ ...act, year }) };
  }

  /** The owner appoints everybody who is proposed in a year. */
  async appoint(year: number): Promise<void> {
    await execute(this.owner, 'update fund.operator set appointed_at = now() where fund_year = :year', { year });
  }

  /** Keeps the keys of operators in a folder, where commands look for them. */
  async keep(folder: string, operators: readonly string[]): Promise<void> {
    mkdirSync(folder, { recursive: true });
    for (const operator of operators) {
      writeFileSync(join(folder, `${operator}.pem`), (await this.keyOf(operator)).pem, { mode: 0o600 });
    }
  }
}
