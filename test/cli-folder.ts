/** Makes every test system share one copy of the Temporal CLI, so that it is fetched only once. */
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const SHARED = join(__dirname, '..', '.fund', 'bin');

export function cliFolder(home: string): void {
  mkdirSync(SHARED, { recursive: true });
  mkdirSync(home, { recursive: true });
  const own = join(home, 'bin');
  if (!existsSync(own)) symlinkSync(SHARED, own);
}
