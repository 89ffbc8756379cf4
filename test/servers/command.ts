/** A command as it uses the servers: it brings them up, says so, and leaves when it is told to stop. */
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
