/** A pooler of the kind that drops the startup parameter `options`: it passes everything else on. */
import { type AddressInfo, connect, createServer } from 'node:net';
import { once } from 'node:events';

export async function poolerWithoutOptions(databaseUrl: string): Promise<{ url: string; stop: () => void }> {
  const { hostname, port } = new URL(databaseUrl);
  const server = createServer((client) => {
    const database = connect(Number(port), hostname);
    client.once('data', (startup) => {
      database.write(withoutOptions(startup));
      client.pipe(database).pipe(client);
    });
    for (const socket of [client, database]) socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: url.href, stop: () => server.close() };
}

/** The startup message: its length, the version of the protocol, then names and values that end with a zero each. */
function withoutOptions(startup: Buffer): Buffer {
  const words = startup.toString('latin1', 8).split('\0');
  const at = words.indexOf('options');
  if (at >= 0) words.splice(at, 2);
  const rest = Buffer.from(words.join('\0'), 'latin1');
  const head = Buffer.from(startup.subarray(0, 8));
  head.writeInt32BE(8 + rest.length);
  return Buffer.concat([head, rest]);
}
