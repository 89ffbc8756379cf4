/** Serves the desk on one address. TLS is the matter of a proxy before it (docs/operations.md). */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { deskApp } from './app';
import type { Desk } from './desk';

export interface Serving {
  port: number;
  close: () => Promise<void>;
}

/** Begins to listen; throws where the address is taken. Port 0 lets the machine choose. */
export function serveDesk(desk: Desk, { port, listen }: { port: number; listen: string }): Promise<Serving> {
  return new Promise((serving, refuse) => {
    const server = serve({ fetch: deskApp(desk).fetch, port, hostname: listen }, (address: AddressInfo) => {
      serving({ port: address.port, close });
    });
    server.on('error', refuse);
    const close = (): Promise<void> =>
      new Promise((closed) => {
        server.close(() => closed());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
  });
}
