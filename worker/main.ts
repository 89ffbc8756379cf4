/** The worker that `servers/` starts in the background. A file in FUND_HOME shows that it takes work. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { work } from './work';

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start the worker with \`npm run fund -- up\` or \`-- worker\`.`);
  return value;
}

async function main(): Promise<void> {
  const ready = join(required('FUND_HOME'), 'worker.ready');
  await work(
    {
      databaseUrl: required('DATABASE_URL'),
      temporalAddress: required('TEMPORAL_ADDRESS').trim(),
      temporalNamespace: required('TEMPORAL_NAMESPACE'),
    },
    { ready: () => writeFileSync(ready, String(process.pid)), ended: () => rmSync(ready, { force: true }) },
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : error);
  process.exitCode = 1;
});
