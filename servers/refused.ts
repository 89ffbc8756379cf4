/** An error for people: one sentence with the reason and what to do next, never a stack trace. */
export class Refused extends Error {
  override name = 'Refused';
}

/** Shows a line of progress to a person. */
export type Say = (line: string) => void;

/** The first line of a thrown error and of its causes, without its full stop, for use inside a sentence. */
export function reasonOf(error: unknown): string {
  const message = (error instanceof Error ? error.message || error.name : String(error)).trim().split('\n')[0] ?? '';
  const reason = message.replace(/\.$/, '');
  return error instanceof Error && error.cause instanceof Error ? `${reason}: ${reasonOf(error.cause)}` : reason;
}
