/** A refusal: a command that cannot do what was asked gives one reason for a person, never a raw stack. */
import { refusalOf } from '../../db/refusals';
import { withNames } from '../../rules/text';

export class Refusal extends Error {
  override name = 'Refusal';
  constructor(
    reason: string,
    /** 1: not possible as things are; 2: wrong usage. */
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(reason);
  }
}

/** Prints why a command failed, and sets its exit code. */
export function printFailure(error: unknown): void {
  process.exitCode = error instanceof Refusal ? error.exitCode : 1;
  const reason = withNames(refusalOf(error) ?? (error instanceof Error ? error.message : String(error)));
  if (process.argv.includes('--json')) console.log(JSON.stringify({ refused: reason }));
  else console.error(reason);
}
