/** An error for people: one sentence with the reason and what to do next, never a stack trace. */
export class Refused extends Error {
  override name = 'Refused';
}

/** Shows a line of progress to a person. */
export type Say = (line: string) => void;

/**
 * The operating system's own words come first, whatever errors follow from them: after a full disk PostgreSQL panics about a
 * transaction.
 */
export const OF_THE_SYSTEM =
  /No space left on device|disk is full|Disk quota exceeded|Read-only file system|Permission denied|Input\/output error|Cannot allocate memory|Too many open files/i;

/**
 * What a failed program says about its failure on standard error: the reason that the system gave it, or else its last line
 * about an error, or its last line. (initdb, for one, ends by listing what it removes.)
 */
function complaintIn(stderr: string): string | undefined {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const lastLine = (words: RegExp): string | undefined => lines.filter((line) => words.test(line)).at(-1);
  return lastLine(OF_THE_SYSTEM) ?? lastLine(/FATAL|PANIC|error/i) ?? lines.at(-1);
}

/**
 * The first line of a thrown error and of its causes, without its full stop, for use inside a sentence. For a program that
 * failed, what it printed itself: the error says only how it was called.
 */
export function errorText(error: unknown): string {
  const { stderr } = (error ?? {}) as { stderr?: unknown };
  const complaint = typeof stderr === 'string' ? complaintIn(stderr) : undefined;
  if (complaint !== undefined) return complaint.replace(/\.$/, '');
  // When a name has several addresses and none answers, the error itself says nothing.
  if (error instanceof AggregateError && error.message === '' && error.errors.length > 0) {
    return [...new Set(error.errors.map(errorText))].join('; ');
  }
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
