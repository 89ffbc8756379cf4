/** Ports, of the loopback address unless another is named: chosen once for a system, and kept unless something else has taken them. */
import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

export const LOOPBACK = '127.0.0.1';

/** Below the range of ephemeral ports, so that a chosen port is likely to be free at the next start too. */
const RANGE = [20_000, 30_000] as const;

export const isFree = (port: number, host = LOOPBACK): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });

/** The wanted port when it is free, otherwise another one. */
export async function freePort(wanted?: number): Promise<number> {
  if (wanted !== undefined && (await isFree(wanted))) return wanted;
  return freePort(randomInt(...RANGE));
}

/** True when something listens on the port: a quick check before a slow one. */
export const listens = (port: number, host = LOOPBACK): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1000 });
    const answer = (listening: boolean) => () => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', answer(true)).once('error', answer(false)).once('timeout', answer(false));
  });
