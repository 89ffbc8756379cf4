/** Waiting for the outside world by asking again, never longer than a deadline, and not after Ctrl-C. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Asks every `every` milliseconds until the answer is true; false when `within` milliseconds have passed before. */
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
