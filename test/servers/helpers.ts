/** A FUND_HOME of its own for each test file, and commands that run in it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { cliFolder } from '../cli-folder';
import { CHECKOUT } from '../../servers/home';
import type { System } from '../../servers';
import { TYPESCRIPT } from '../../servers/worker';

export const STUB_WORKER = join(__dirname, 'stub-worker.ts');

/** A new, empty FUND_HOME, for this process and the commands it starts. */
export function newHome(): string {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'fund-servers-')));
  chmodSync(home, 0o711);
  cliFolder(home);
  process.env.FUND_HOME = home;
  return home;
}

/** Starts another process that uses the servers; returns it with the system that it found. */
export async function startCommand(): Promise<{ command: ChildProcess; system: System }> {
  const command = spawn(process.execPath, ['--require', TYPESCRIPT, join(__dirname, 'command.ts')], {
    cwd: CHECKOUT,
    // Jest's environment is a copy; without this the command would not see the FUND_HOME that newHome() set.
    env: { ...process.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(command.stdout, 'data')) as [Buffer];
  return { command, system: JSON.parse(line.toString('utf8')) as System };
}

export async function end(command: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  command.kill(signal);
  await once(command, 'exit');
}

export async function query(databaseUrl: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
