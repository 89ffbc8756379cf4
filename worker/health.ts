/**
 * What a supervisor asks a worker, on one port (`FUND_HEALTH_ADDRESS`, off when it is not set):
 *
 *   /live     200 while the process answers.
 *   /ready    200 when it takes work, Temporal and Postgres answer, and the schema has every migration this code needs; else 503.
 *   /metrics  for Prometheus: Temporal's own figures, and a few of the fund.
 */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { once } from 'node:events';
import type { NativeConnection } from '@temporalio/worker';
import type { Database } from '../db/connect';
import { type Gauge, fundGauges } from '../db/gauges';
import { schemaState } from '../db/migrate';
import { LOOPBACK } from '../servers/ports';
import { errorText, Refused } from '../servers/refused';

export interface Watched {
  pool: Database;
  connection: NativeConnection;
  namespace: string;
  /** The state of Temporal's worker; RUNNING when it takes work. */
  state: () => string;
  /** The port on which the SDK serves its own metrics, on this host only. */
  sdkMetricsPort: number;
}

const PATIENCE = 3000; // milliseconds; a supervisor will ask again

/** Reads `host:port`. Without a host it listens on all addresses, as a container needs. */
export function listenAddress(text: string): { host: string; port: number } {
  const [, host, port] = /^(?:\[?([^\]]*?)\]?:)?(\d{1,5})$/.exec(text.trim()) ?? [];
  if (port === undefined || Number(port) > 65_535) {
    throw new Refused(`FUND_HEALTH_ADDRESS must be host:port, for example 127.0.0.1:9464, not “${text}”.`);
  }
  return { host: host || '0.0.0.0', port: Number(port) };
}

export async function serveHealth(text: string, watched: Watched): Promise<Server> {
  const server = createServer((request, response) => {
    answer(watched, request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`${errorText(error)}\n`);
    });
  });
  server.listen(listenAddress(text));
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Refused(`FUND_HEALTH_ADDRESS ${text} cannot be used (${errorText(error)}).`);
  }
  return server;
}

async function answer(watched: Watched, { url }: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = url?.split('?')[0];
  if (path === '/live') {
    json(response, 200, { live: true });
  } else if (path === '/ready') {
    const state = await readiness(watched);
    json(response, state.ready ? 200 : 503, state);
  } else if (path === '/metrics') {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(await metrics(watched));
  } else {
    json(response, 404, { paths: ['/live', '/ready', '/metrics'] });
  }
}

const json = (response: ServerResponse, status: number, body: object): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);

interface Readiness {
  ready: boolean;
  worker: string;
  temporal: 'ok' | 'no answer';
  postgres: 'ok' | 'no answer';
  /** `newer`: a later release has migrated; this one keeps working, since migrations only add. */
  schema: 'current' | 'newer' | 'behind' | 'changed' | 'unknown';
}

async function readiness({ pool, connection, namespace, state }: Watched): Promise<Readiness> {
  const asked = connection.withDeadline(Date.now() + PATIENCE, () =>
    connection.workflowService.describeNamespace({ namespace }),
  );
  const [temporal, schema] = await Promise.all([inTime(asked), inTime(schemaState(pool))]);
  const worker = state();
  return {
    ready: worker === 'RUNNING' && temporal !== null && (schema === 'current' || schema === 'newer'),
    worker,
    temporal: temporal === null ? 'no answer' : 'ok',
    postgres: schema === null ? 'no answer' : 'ok',
    schema: schema ?? 'unknown',
  };
}

/** Null when there is no answer within a supervisor's patience. */
async function inTime<T>(answer: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), PATIENCE)));
  try {
    return await Promise.race([answer.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Metrics that cannot be read are left out; `fund_database_up` says whether the fund's own could be. */
async function metrics({ pool, sdkMetricsPort }: Watched): Promise<string> {
  const [sdk, gauges] = await Promise.all([
    inTime(fetch(`http://${LOOPBACK}:${sdkMetricsPort}/metrics`).then((given) => given.text())),
    inTime(fundGauges(pool)),
  ]);
  const up: Gauge = {
    name: 'fund_database_up',
    help: 'Whether the fund’s database answered.',
    samples: [{ labels: {}, value: gauges === null ? '0' : '1' }],
  };
  return [sdk?.trimEnd() ?? '', ...[up, ...(gauges ?? [])].map(exposition)].join('\n').trimStart() + '\n';
}

/** Prometheus' text format; the labels are our own words, so nothing needs escaping. */
function exposition({ name, help, samples }: Gauge): string {
  const lines = samples.map(({ labels, value }) => {
    const inner = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
    return `${name}${inner.length === 0 ? '' : `{${inner.join(',')}}`} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines].join('\n');
}
