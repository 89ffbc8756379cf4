/** `status`: which servers of this FUND_HOME are running, and where. It only looks; it starts and creates nothing. */
import { deskPlace } from './desk';
import { homeFolder, logFile } from './home';
import { letsIn, postgresPort, postgresUrl } from './postgres';
import { clusterFolder } from './postgres-cluster';
import { listens, LOOPBACK } from './ports';
import { workersElsewhere } from './system';
import { externalTemporal, temporalNamespace } from './temporal-address';
import { hasNamespace } from './temporal-namespace';
import { addressOf, portsOf, uiUrlOf } from './temporal-process';
import { pidsOf } from './use';
import { isWorkerReady } from './worker';

export interface ServerStatus {
  name: 'postgres' | 'temporal' | 'worker' | 'desk';
  /** `unreachable`: the process is alive, or the server is external, but it does not answer. */
  state: 'running' | 'stopped' | 'unreachable';
  /** Null when it is stopped or external. */
  pid: number | null;
  address: string | null;
  note: string;
}

const stopped = (name: ServerStatus['name'], address: string | null): ServerStatus => ({
  name,
  state: 'stopped',
  pid: null,
  address,
  note: '',
});

async function postgres(home: string, pid: number | undefined): Promise<ServerStatus> {
  const external = process.env.DATABASE_URL;
  if (external) {
    const { host, pathname } = URL.canParse(external) ? new URL(external) : { host: '?', pathname: '' };
    const state = (await letsIn(external)) ? 'running' : 'unreachable';
    return { name: 'postgres', state, pid: null, address: `${host}${pathname}`, note: 'DATABASE_URL' };
  }
  const port = postgresPort(home);
  const address = port === undefined ? null : `${LOOPBACK}:${port}`;
  if (pid === undefined || port === undefined) return stopped('postgres', address);
  const state = (await letsIn(postgresUrl(home, port))) ? 'running' : 'unreachable';
  return { name: 'postgres', state, pid, address, note: `data ${clusterFolder(home)}` };
}

async function temporal(home: string, pid: number | undefined): Promise<ServerStatus> {
  const external = externalTemporal();
  const ports = portsOf(home);
  const address = external ?? (ports && addressOf(ports));
  if (!address || (!external && pid === undefined)) return stopped('temporal', address);
  const state = (await hasNamespace(address, temporalNamespace())) ? 'running' : 'unreachable';
  const note = external ? 'TEMPORAL_ADDRESS' : ports ? `Web UI ${uiUrlOf(ports)}` : '';
  return { name: 'temporal', state, pid: external ? null : (pid ?? null), address, note };
}

/** Our own worker and others at the same Temporal: one of them is enough. */
async function worker(home: string, pid: number | undefined, temporalAddress: string | null): Promise<ServerStatus> {
  const others =
    temporalAddress === null
      ? []
      : await workersElsewhere({ home, temporalAddress, temporalNamespace: temporalNamespace() });
  const elsewhere = others.length === 0 ? [] : [`elsewhere ${others.length}: ${others.join(', ')}`];
  if (pid === undefined && others.length === 0) return stopped('worker', null);
  if (pid === undefined) return { name: 'worker', state: 'running', pid: null, address: null, note: elsewhere.join() };
  const state = isWorkerReady(home) ? 'running' : 'unreachable';
  return {
    name: 'worker',
    state,
    pid,
    address: null,
    note: [`log ${logFile(home, 'worker')}`, ...elsewhere].join('; '),
  };
}

/** The desk that `up` serves. */
async function desk(home: string, pid: number | undefined): Promise<ServerStatus> {
  const place = deskPlace(home);
  if (pid === undefined || place === null) return stopped('desk', null);
  const { listen, port } = place;
  const state = (await listens(port, listen)) ? 'running' : 'unreachable';
  return { name: 'desk', state, pid, address: `${listen}:${port}`, note: `log ${logFile(home, 'desk')}` };
}

export async function status(): Promise<ServerStatus[]> {
  const home = homeFolder();
  const pids = pidsOf(home);
  const asked = await Promise.all([postgres(home, pids.postgres[0]), temporal(home, pids.temporal[0])]);
  const [, { state, address }] = asked;
  return [
    ...asked,
    await worker(home, pids.worker[0], state === 'running' ? address : null),
    await desk(home, pids.desk[0]),
  ];
}
