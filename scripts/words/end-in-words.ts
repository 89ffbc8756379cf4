/** How a command ends that could not do what it was asked: one reason for a person, never a raw stack. */
import { Refusal } from './refusal';

export function endInWords(error: unknown): void {
  process.exitCode = error instanceof Refusal ? error.exitCode : 1;
  const reason = error instanceof Error ? error.message : String(error);
  if (process.argv.includes('--json')) console.log(JSON.stringify({ refused: reason }));
  else console.error(reason);
}
