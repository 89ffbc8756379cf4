/** Stands in for a command that uses the servers: brings them up, prints the system, and leaves when it is stopped. */
import { onStop, release } from '../../servers';
import { ensureUpWith } from '../../servers/system';
import { STUB_WORKER } from './helpers';

async function main(): Promise<void> {
  onStop(() => release());
  const system = await ensureUpWith(STUB_WORKER, () => undefined);
  console.log(JSON.stringify(system));
  setInterval(() => undefined, 60_000);
}

void main();
