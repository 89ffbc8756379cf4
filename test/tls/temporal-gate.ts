/**
 * A proxy in front of the dev server, which does not support TLS: it terminates mutual TLS, demands the API key as Temporal Cloud
 * does, and passes the calls on.
 */
import {
  connect,
  constants,
  createSecureServer,
  type ClientHttp2Session,
  type Http2SecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';

export interface Gate {
  port: number;
  /** Calls that were passed on, and calls without the right key. */
  passed: number;
  refused: number;
  close(): Promise<void>;
}

const UNAUTHENTICATED = '16';
/** Headers of a single connection, which are not passed on. */
const OWN = [':authority', 'host', 'connection'];

export async function temporalGate(
  target: string,
  { cert, key, ca }: { cert: string; key: string; ca: string },
  apiKey: string,
): Promise<Gate> {
  const server: Http2SecureServer = createSecureServer({ cert, key, ca, requestCert: true, rejectUnauthorized: true });
  const behind: ClientHttp2Session = connect(`http://${target}`);
  behind.setMaxListeners(0);
  const sessions = new Set<ServerHttp2Session>();
  const gate: Gate = {
    port: 0,
    passed: 0,
    refused: 0,
    async close() {
      for (const session of sessions) session.destroy();
      behind.destroy();
      await new Promise((done) => server.close(done));
    },
  };
  server.on('session', (session) => sessions.add(session).size);
  server.on('sessionError', () => undefined);
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    stream.on('error', () => undefined);
    if (headers.authorization !== `Bearer ${apiKey}`) {
      gate.refused++;
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': UNAUTHENTICATED, 'grpc-message': 'key' },
        { endStream: true },
      );
      return;
    }
    gate.passed++;
    passOn(stream, headers, behind);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  gate.port = (server.address() as AddressInfo).port;
  return gate;
}

function passOn(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, behind: ClientHttp2Session): void {
  const request = behind.request(Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN.includes(name))));
  request.on('response', (answer) => {
    stream.respond(Object.fromEntries(Object.entries(answer)), { waitForTrailers: true });
    request.pipe(stream);
  });
  let trailers = {};
  request.on('trailers', (given) => (trailers = Object.fromEntries(Object.entries(given))));
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  request.on('error', () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
  stream.on('close', () => request.close(constants.NGHTTP2_CANCEL));
  stream.pipe(request);
}
