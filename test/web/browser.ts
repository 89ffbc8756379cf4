/**
 * A real browser for the tests of the report and the pictures of the Temporal UI: Chromium from CHROMIUM_PATH, else the first on
 * the PATH, else Debian's package, which root installs here on Debian or Ubuntu (a fresh container), since `npm test` sets up
 * what it needs. Without root nothing is installed and the tests fail with the remedy. They are never skipped: a page that was
 * not opened is not checked.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const REMEDY =
  'The report and the Temporal UI are looked at in a real browser, and there is no Chromium here. Install one (Debian: apt-get ' +
  'install chromium fonts-noto-cjk) or name it in CHROMIUM_PATH.';

function runnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installed(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!runnable(named)) throw new Error(`CHROMIUM_PATH names ${named}, which cannot be run. ${REMEDY}`);
    return named;
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(runnable);
}

function installDebianPackage(): void {
  if (process.getuid?.() !== 0 || !runnable('/usr/bin/apt-get')) throw new Error(REMEDY);
  console.log('Installing Chromium from Debian’s packages.');
  const apt = (...args: string[]): void => {
    execFileSync('/usr/bin/apt-get', ['-qq', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: 'ignore',
      timeout: 240_000,
    });
  };
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk');
  } catch (error) {
    throw new Error(`${REMEDY} (apt-get could not: ${String(error)})`);
  }
}

/** Opens a headless browser: without a sandbox for root, and without requests in the background. */
export async function openBrowser(): Promise<Browser> {
  if (installed() === undefined) installDebianPackage();
  const executablePath = installed();
  if (executablePath === undefined) throw new Error(REMEDY);
  return chromium.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
