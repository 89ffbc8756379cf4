/** A refusal with its reason, for a person: printed without a stack. Exit code 1, or 2 for wrong usage. */
export class Refusal extends Error {
  override name = 'Refusal';
  constructor(
    reason: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(reason);
  }
}
