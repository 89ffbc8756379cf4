/** Using the system from a command: servers up before, released after, healed in between. */
import { type System, ensureUp, isHealthy, onStop, release } from '../servers';

/** Runs `work` on a running system; what this command started it stops, however it ends. */
export async function withSystem<Result>(
  say: (line: string) => void,
  work: (system: System) => Promise<Result>,
): Promise<Result> {
  onStop(() => release(say));
  try {
    return await work(await ensureUp(say));
  } finally {
    await release();
  }
}

/** Restarts a server that dies while a long command works; calls to it are repeated by their callers. */
export function keepHealthy(heal: () => Promise<unknown>): { stop: () => void } {
  let healing = false;
  const timer = setInterval(() => {
    if (healing || isHealthy()) return;
    healing = true;
    // A heal that fails is tried again at the next tick; the caller's own patience decides when to give up.
    heal().then(
      () => (healing = false),
      () => (healing = false),
    );
  }, 1000);
  return { stop: () => clearInterval(timer) };
}

/** Serves until Ctrl-C, so that the Temporal UI can be looked at: the signal ends the command, in `withSystem`. */
export function serveUntilStopped(say: (line: string) => void, uiUrl: string | null): Promise<never> {
  say(`服务中，按 Ctrl-C 结束${uiUrl === null ? '' : `；界面 ${uiUrl}`} (serving until Ctrl-C)`);
  process.exitCode = 0;
  return new Promise<never>(() => undefined);
}
