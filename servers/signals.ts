/** Ctrl-C and its kin, turned into one orderly end of the command. */
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const satisfies NodeJS.Signals[];

/**
 * Runs `handler` once when the command is told to stop, and then ends the process: with the exit code that the handler
 * set, else with the customary one. Ctrl-C may come twice (from the terminal and from npm) or be pressed in impatience;
 * the servers are stopped in an orderly way all the same. Losing the terminal is being told, too.
 * Returns the function that ends the watch.
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
