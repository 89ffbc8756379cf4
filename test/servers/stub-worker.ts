/** Stands in for the worker where only its process matters: reports that it is ready and waits to be stopped. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ready = join(process.env.FUND_HOME ?? '', 'worker.ready');
writeFileSync(ready, String(process.pid));
setInterval(() => undefined, 60_000);
process.on('SIGTERM', () => {
  rmSync(ready, { force: true });
  process.exit(0);
});
