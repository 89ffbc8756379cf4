/** Ctrl-C and similar signals lead to one orderly end of the command. */
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const satisfies NodeJS.Signals[];

/**
 * Runs `handler` once when the command is asked to stop, then exits with the code that the handler set, or else with the customary
 * one. Ctrl-C may arrive twice (from the terminal and from npm) or be pressed impatiently; the servers still stop in an orderly
 * way. A closed terminal or output pipe counts as a request to stop. Returns a function that removes the handlers.
 */
export function onStop(handler: () => Promise<void>): () => void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    void handler()
      .catch((error: unknown) => console.error(error instanceof Error ? error.message : error))
      .finally(() => process.exit(process.exitCode ?? 128 + constants.signals[signal]));
  };
  const readerLost = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    stop('SIGPIPE');
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', readerLost);
  return () => {
    for (const signal of SIGNALS) process.off(signal, stop);
    for (const stream of [process.stdout, process.stderr]) stream.off('error', readerLost);
  };
}
