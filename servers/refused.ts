/** What the servers cannot do, told to a person: one sentence with the reason and what to do next, never a stack trace. */
export class Refused extends Error {
  override name = 'Refused';
}

/** Tells a person, in one line, what is being done. */
export type Say = (line: string) => void;

/** The first line of whatever was thrown, for use inside a sentence. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message || error.name : String(error)).trim().split('\n')[0] ?? '';
