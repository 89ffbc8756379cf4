/** What the servers cannot do, told to a person: one sentence with the reason and what to do next, never a stack trace. */
export class Refused extends Error {
  override name = 'Refused';
}

/** Tells a person, in one line, what is being done. */
export type Say = (line: string) => void;

/** The first line of whatever was thrown, and of what caused it, for use inside a sentence. */
export function reasonOf(error: unknown): string {
  const told = (error instanceof Error ? error.message || error.name : String(error)).trim().split('\n')[0] ?? '';
  return error instanceof Error && error.cause instanceof Error ? `${told}: ${reasonOf(error.cause)}` : told;
}
