/** The desk of a system that is up: a process of its own beside the worker, which `up` starts and `down` stops. */
import { join } from 'node:path';
import { launch, stop, TERMINATE, type Start } from './detached';
import { CHECKOUT, readRecord, writeRecord } from './home';
import { isFree, listens } from './ports';
import { find, type Marker } from './process-table';
import { Refused } from './refused';
import { TYPESCRIPT } from './worker';

/** Where a desk listens. */
export interface DeskPlace {
  listen: string;
  port: number;
}

export const DESK_PORT = 8320;

export const markerOfDesk = (home: string): Marker => ['--desk-of', home];

/** Where the desk of this home was last asked to listen. */
export function deskPlace(home: string): DeskPlace | null {
  const { listen, port } = readRecord<DeskPlace>(home, 'desk');
  return listen === undefined || port === undefined ? null : { listen, port };
}

/** Starts the desk unless it is served there already; one that listens elsewhere is stopped first. */
export async function ensureDesk(begin: Start, place: DeskPlace): Promise<void> {
  const { home, say } = begin;
  const { listen, port } = place;
  const marker = [...markerOfDesk(home), '--listen', listen, '--port', String(port)];
  const isReady = (): Promise<boolean> => listens(port, listen);
  if (find(marker).length > 0) {
    if (await isReady()) return;
    await stopDesk(home);
  }
  if (!(await isFree(port, listen))) throw new Refused(`${listen}:${port} is taken, or no address of this machine.`);
  await stopDesk(home);
  say('Starting the desk.');
  writeRecord(home, 'desk', place);
  await launch(begin, {
    server: 'desk',
    command: process.execPath,
    args: ['--require', TYPESCRIPT, join(CHECKOUT, 'scripts', 'fund.ts'), 'desk', ...marker],
    marker,
    options: { cwd: CHECKOUT, env: { ...process.env, FUND_HOME: home } },
    isReady,
    within: 60_000,
  });
}

export const stopDesk = (home: string): Promise<void> => stop(() => find(markerOfDesk(home)), TERMINATE);
