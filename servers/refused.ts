/** An error for people: one sentence with the reason and what to do next, never a stack trace. */
export class Refused extends Error {
  override name = 'Refused';
}

/** Shows a line of progress to a person. */
export type Say = (line: string) => void;

/**
 * What a program that failed says of it on standard error: its last line about an error, or else its last line. (initdb, for
 * one, ends with what it clears up.)
 */
export function complaintIn(stderr: string): string | undefined {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.filter((line) => /FATAL|PANIC|error/i.test(line)).at(-1) ?? lines.at(-1);
}

/**
 * The first line of a thrown error and of its causes, without its full stop, for use inside a sentence. Of a program that failed,
 * what it says itself: the error says only how it was called.
 */
export function errorText(error: unknown): string {
  const { stderr } = (error ?? {}) as { stderr?: unknown };
  const complaint = typeof stderr === 'string' ? complaintIn(stderr) : undefined;
  if (complaint !== undefined) return complaint.replace(/\.$/, '');
  const message = (error instanceof Error ? error.message || error.name : String(error)).trim().split('\n')[0] ?? '';
  const reason = message.replace(/\.$/, '');
  return error instanceof Error && error.cause instanceof Error ? `${reason}: ${errorText(error.cause)}` : reason;
}

/** The innermost message of a failure that Temporal reports: the one that is written for a person. */
export function innermostText(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  return inner instanceof Error ? inner.message : String(inner);
}
