/**
 * The Temporal dev server of a FUND_HOME as a process: where it listens, how it is recognised and how it is stopped. Nothing of
 * Temporal itself is loaded: a command that needs only the database needs no more than this.
 */
import { join } from 'node:path';
import { stop, TERMINATE } from './detached';
import { readRecord, writeRecord } from './home';
import { LOOPBACK } from './ports';
import { find, type Marker } from './process-table';

export interface TemporalPorts {
  grpc: number;
  ui: number;
  http: number;
  metrics: number;
}

export interface TemporalRecord extends TemporalPorts {
  stopping?: true;
}

export const PORT_NAMES = ['grpc', 'ui', 'http', 'metrics'] as const;

export const STORE = 'temporal.db';
/** Marks a store from which no server has answered yet. */
export const UNFINISHED = `${STORE}.unfinished`;
export const STORE_FILES = [STORE, `${STORE}-wal`, `${STORE}-shm`] as const;

export const markerOfTemporal = (home: string): Marker => ['--db-filename', join(home, STORE)];

export const addressOf = ({ grpc }: Pick<TemporalPorts, 'grpc'>): string => `${LOOPBACK}:${grpc}`;
export const uiUrlOf = ({ ui }: Pick<TemporalPorts, 'ui'>): string => `http://${LOOPBACK}:${ui}`;

export function portsOf(home: string): TemporalPorts | null {
  const ports = readRecord<TemporalRecord>(home, 'temporal');
  return PORT_NAMES.every((name) => ports[name]) ? (ports as TemporalPorts) : null;
}

/** Stops Temporal. It still answers for a second while it shuts down, so the record is marked first. */
export async function stopTemporal(home: string): Promise<void> {
  const lookup = () => find(markerOfTemporal(home));
  if (lookup().length === 0) return;
  writeRecord(home, 'temporal', { ...portsOf(home), stopping: true });
  await stop(lookup, TERMINATE);
}
