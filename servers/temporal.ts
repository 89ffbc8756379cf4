/** The Temporal dev server of a FUND_HOME, with its Web UI: started, and healed after a kill. */
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEARCH_ATTRIBUTES } from '../workflows/search-attributes';
import { launch, isUsable, type Start } from './detached';
import { readRecord, writeRecord } from './home';
import { freePort, listens, LOOPBACK } from './ports';
import { temporalCli } from './temporal-cli';
import { hasNamespace, prepareNamespace } from './temporal-namespace';
import {
  addressOf,
  markerOfTemporal,
  PORT_NAMES,
  portsOf,
  STORE,
  STORE_FILES,
  stopTemporal,
  uiUrlOf,
  UNFINISHED,
  type TemporalPorts,
  type TemporalRecord,
} from './temporal-process';

/**
 * Timers fire when they are due instead of up to a second later. The only shard of this server looks for new work as soon as there is
 * some: by default twenty times a second, which is meant for thousands of shards, and every step of a year then waits for its turn.
 * Tests may move the clock of a workflow forward; and a workflow whose history has reached a thousand events continues as new at its
 * next wait.
 */
const DYNAMIC_CONFIG = [
  'history.timerProcessorMaxTimeShift="1ms"',
  ...['transfer', 'timer', 'visibility'].map((queue) => `history.${queue}ProcessorMaxPollRPS=1000`),
  'frontend.WorkflowTimeSkippingEnabled=true',
  'limit.historyCount.suggestContinueAsNew=1000',
];

/** A write-ahead log is as safe as the default and writes a third as much, which halves the time of a year. */
const SQLITE = ['--sqlite-pragma', 'journal_mode=WAL'];

/**
 * The store is opened as a URI, in which #, ? and % have a meaning, and looked up as a file, where they have none. Only a name
 * without them is the same in both: the server works in the home and gets the bare name, which comes second and therefore
 * counts. The first one identifies the server.
 */
const storeOf = (home: string): string[] => [...markerOfTemporal(home), '--db-filename', STORE];

/**
 * A full disk leaves a new store empty or without its tables, and the next server would take it for a finished one. So a new
 * store is marked until a server has answered from it, and a store that no server ever answered from is made anew.
 */
export function beginStore(home: string): void {
  const store = join(home, STORE);
  const isEmpty = statSync(store, { throwIfNoEntry: false })?.size === 0;
  if (isEmpty || existsSync(join(home, UNFINISHED))) {
    for (const file of STORE_FILES) rmSync(join(home, file), { force: true });
  }
  if (!existsSync(store)) writeFileSync(join(home, UNFINISHED), '');
}
export const finishStore = (home: string): void => rmSync(join(home, UNFINISHED), { force: true });

async function choosePorts(home: string): Promise<TemporalPorts> {
  const before: Partial<TemporalPorts> = portsOf(home) ?? {};
  const ports = { grpc: 0, ui: 0, http: 0, metrics: 0 };
  for (const name of PORT_NAMES) {
    do ports[name] = await freePort(before[name]);
    while (PORT_NAMES.some((other) => other !== name && ports[other] === ports[name]));
  }
  writeRecord(home, 'temporal', ports);
  return ports;
}

/** KEYWORD_LIST → KeywordList, as the server's command line expects it. */
const spelled = (type: string): string =>
  type.toLowerCase().replace(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase());

function argumentsFor(home: string, ports: TemporalPorts, namespace: string): string[] {
  return [
    ...['server', 'start-dev', ...storeOf(home), '--ip', LOOPBACK, '--ui-disable-news-fetch'],
    ...['--port', ports.grpc, '--ui-port', ports.ui, '--http-port', ports.http, '--metrics-port', ports.metrics].map(
      String,
    ),
    ...['--namespace', namespace, '--log-level', 'error', ...SQLITE],
    ...DYNAMIC_CONFIG.flatMap((value) => ['--dynamic-config-value', value]),
    ...SEARCH_ATTRIBUTES.flatMap(({ name, type }) => ['--search-attribute', `${name}=${spelled(type)}`]),
  ];
}

async function start(begin: Start, namespace: string): Promise<TemporalPorts> {
  const { home, say } = begin;
  const command = await temporalCli(begin);
  const ports = await choosePorts(home);
  say(`Starting Temporal on ${addressOf(ports)}, its Web UI on ${uiUrlOf(ports)}.`);
  beginStore(home);
  await launch(begin, {
    server: 'temporal',
    command,
    args: argumentsFor(home, ports, namespace),
    marker: markerOfTemporal(home),
    options: { cwd: home },
    isReady: async () => (await listens(ports.grpc)) && (await hasNamespace(addressOf(ports), namespace)),
    within: 60_000,
  });
  return ports;
}

/** Starts Temporal unless it is running. Two servers would open the same database file without complaint, so a second is never started. */
export async function ensureTemporal(begin: Start, namespace: string): Promise<TemporalPorts> {
  const { home, signal } = begin;
  let ports = portsOf(home);
  const { grpc, stopping } = readRecord<TemporalRecord>(home, 'temporal');
  const isReady = () => hasNamespace(addressOf({ grpc: grpc ?? 0 }), namespace);
  const probe = { marker: markerOfTemporal(home), isReady, within: 30_000 };
  if (!ports || stopping || !(await isUsable(probe, signal))) {
    await stopTemporal(home);
    ports = await start(begin, namespace);
  }
  finishStore(home);
  await prepareNamespace(addressOf(ports), namespace);
  return ports;
}
