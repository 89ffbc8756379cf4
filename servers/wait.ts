/** Waiting by asking repeatedly, up to a deadline and not beyond Ctrl-C. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Asks every `every` milliseconds until the answer is true. Returns false after `within` milliseconds without one. */
export async function until(
  answer: () => boolean | Promise<boolean>,
  { within, every = 50, signal }: { within: number; every?: number; signal?: AbortSignal },
): Promise<boolean> {
  const deadline = Date.now() + within;
  for (;;) {
    signal?.throwIfAborted();
    if (await answer()) return true;
    if (Date.now() > deadline) return false;
    await sleep(every);
  }
}
