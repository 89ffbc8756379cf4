/**
 * The first thing that runs after a clone: plain JavaScript that needs no dependency. It installs the locked dependencies when
 * they are missing, and hands over to the real command in the same process.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const CHECKOUT = join(dirname(fileURLToPath(import.meta.url)), '..');
const LOCK_FILE = join(CHECKOUT, 'package-lock.json');
const MODULES = join(CHECKOUT, 'node_modules');
const STAMP = join(MODULES, '.installed-from');
const [OLDEST_MAJOR, OLDEST_MINOR] = [20, 11];
const SCRIPTS = ['start', 'fund', 'check', 'bench', 'campaign', 'postgres'];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Exits with one line that says what is wrong and what to do. */
function refuse(line) {
  console.error(line);
  process.exit(1);
}

const hashOf = (text) => createHash('sha256').update(text).digest('hex');

function contentOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** A file of variables that was saved on Windows leaves a carriage return at the end of each: of an address, a folder, a key. */
function cutLineEnds() {
  for (const [name, value] of Object.entries(process.env)) {
    if (/^(FUND_|TEMPORAL_|PG|DATABASE_URL$)/.test(name) && /[\r\n]$/.test(value)) process.env[name] = value.trimEnd();
  }
}

/** Programs that we hand paths to give these signs a meaning: webpack the first, the loader of TypeScript the second. */
function checkFolder() {
  const [sign] = /[!?]/.exec(CHECKOUT) ?? [];
  if (sign) refuse(`The checkout lies in ${CHECKOUT}: move it to a folder without “${sign}” in its path, and repeat.`);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_MAJOR || (major === OLDEST_MAJOR && minor >= OLDEST_MINOR)) return;
  refuse(`Node ${process.versions.node} is too old: install Node ${OLDEST_MAJOR}.${OLDEST_MINOR} or newer and repeat.`);
}

/** Null when npm has not installed, or was killed in the middle of it. */
function listOfInstalled() {
  try {
    return JSON.parse(contentOf(join(MODULES, '.package-lock.json'))).packages ?? null;
  } catch {
    return null;
  }
}

/** True when npm, called by hand, has installed what the lock file says: npm keeps a list of what it installed. */
function isInstalledByHand() {
  const installed = listOfInstalled();
  if (!installed) return false;
  const locked = Object.entries(JSON.parse(contentOf(LOCK_FILE)).packages).filter(([path]) => path !== '');
  return locked.every(([path, { version, optional }]) =>
    path in installed ? installed[path].version === version : optional,
  );
}

/** Only spares the next command a closer look: another user may have installed, or the disk may be read-only. */
function stamp() {
  try {
    writeFileSync(STAMP, hashOf(contentOf(LOCK_FILE)));
  } catch {
    // The next command looks closer again.
  }
}

function isInstalled() {
  if (contentOf(STAMP) === hashOf(contentOf(LOCK_FILE))) return true;
  if (!isInstalledByHand()) return false;
  stamp();
  return true;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Nobody holds a lock without a pid in it, which a full disk leaves behind. */
const isHeld = (lock) => {
  const holder = Number(contentOf(lock));
  return Number.isSafeInteger(holder) && holder > 0 && isAlive(holder);
};

function makeLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    // The file may have been made before its content found no room.
    if (error.code === 'ENOSPC') rmSync(lock, { force: true });
    return refuse(`The lock ${lock} cannot be written (${error.code}): put that right, or set TMPDIR, and repeat.`);
  }
}

function removeLock(lock) {
  try {
    rmSync(lock, { recursive: true, force: true });
  } catch (error) {
    refuse(`The lock ${lock} is left behind and cannot be removed (${error.code}): delete it, and repeat.`);
  }
}

/** Takes the lock file, which lies outside node_modules because `npm ci` empties that. The lock of a killed holder is released. */
async function takeLock(lock) {
  for (let hasWaited = false; !makeLock(lock); hasWaited = true) {
    // A time in the future is no younger: the clock has been set back since.
    const age = Math.abs(Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()));
    if (age > 2000 && !isHeld(lock)) removeLock(lock);
    else if (!hasWaited) console.error(`Waiting: another command is installing the dependencies (lock ${lock}).`);
    await sleep(250);
  }
}

/** The npm that runs this command, else the one on the PATH. It writes to the error output, so that results stay clean. */
async function npmCi(started) {
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const quiet = ['--loglevel=error', '--no-progress'];
  const [command, ...args] = [...npm, 'ci', '--include=dev', ...quiet, '--prefix', CHECKOUT];
  const child = spawn(command, args, { stdio: ['ignore', 2, 2] });
  let isInterrupted = false;
  // npm takes its time to end: it is not waited for, because the next command installs anew.
  const pass = (signal) => {
    isInterrupted = true;
    child.kill(signal);
    setTimeout(() => child.kill('SIGKILL'), 1000).unref();
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  child.once('spawn', () => started(child));
  const begun = Date.now();
  const telling = setInterval(() => {
    console.error(`Still installing (${Math.round((Date.now() - begun) / 1000)} s).`);
  }, 20_000);
  const [code] = await once(child, 'exit');
  clearInterval(telling);
  for (const signal of SIGNALS) process.off(signal, pass);
  if (isInterrupted) refuse('Installing was interrupted: repeat the command, and it begins anew.');
  if (code !== 0) refuse('The dependencies could not be installed: see what npm says above, put it right, and repeat.');
}

async function install() {
  const lock = join(tmpdir(), `fund-install-${hashOf(CHECKOUT).slice(0, 16)}`);
  await takeLock(lock);
  try {
    // Another command may have installed them meanwhile.
    if (isInstalled()) return;
    console.error('Installing the locked dependencies (one to three minutes, only this once).');
    // From here on the lock is held by npm, which goes on when this process is killed.
    await npmCi((npm) => writeFileSync(lock, String(npm.pid)));
    stamp();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** When npm is killed and leaves this process behind, nobody waits for the command any more: it ends itself. */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const npm = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}

/** Runs the command in this process, which saves a second start of Node: `fund explain` should answer at once. */
function hand(name, args) {
  const file = name === 'test' ? join(MODULES, 'jest', 'bin', 'jest.js') : join(CHECKOUT, 'scripts', `${name}.ts`);
  process.argv.splice(1, Infinity, file, ...args);
  const require = createRequire(import.meta.url);
  if (name !== 'test') require('./typescript.cjs');
  require(file);
}

const [name, ...args] = process.argv.slice(2);
if (![...SCRIPTS, 'test'].includes(name)) {
  refuse(`Usage: node scripts/bootstrap.mjs ${[...SCRIPTS, 'test'].join('|')} [arguments]`);
}
checkNode();
checkFolder();
cutLineEnds();
if (!isInstalled()) await install();
endWithNpm();
hand(name, args);
