/**
 * How a Temporal server is reached: the one place where environment variables become connection options, for the worker and every
 * command. The variables are those of the Temporal CLI (`temporal options` lists them), so one environment file serves both. Keys
 * stay in variables and files: they are never passed as an argument, printed or stored.
 */
import { readFileSync } from 'node:fs';
import type { Connection, ConnectionOptions } from '@temporalio/client';
import type { TLSConfig } from '@temporalio/common/lib/internal-non-workflow';
import { errorText, Refused } from './refused';
import { externalTemporal } from './temporal-address';
import { typedPath } from './typed-path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The options that `Connection` and `NativeConnection` have in common. */
interface TemporalAccess {
  address: string;
  tls: TLSConfig | null;
  apiKey?: string;
}

const KEY = 'TEMPORAL_API_KEY';
const TLS = 'TEMPORAL_TLS';
const SERVER_NAME = 'TEMPORAL_TLS_SERVER_NAME';
/** Each may be given as a file (`…_PATH`) or as the PEM text itself (`…_DATA`). */
const PEMS = ['TEMPORAL_TLS_CLIENT_CERT', 'TEMPORAL_TLS_CLIENT_KEY', 'TEMPORAL_TLS_SERVER_CA_CERT'] as const;
const CREDENTIALS = [KEY, TLS, SERVER_NAME, ...PEMS.flatMap((pem) => [`${pem}_PATH`, `${pem}_DATA`])];

/**
 * How to reach the server at `address`. The credentials in the environment belong to the server that TEMPORAL_ADDRESS names and are
 * shown to no other. The embedded server does not use TLS.
 */
export function temporalAccess(address: string, env: Environment = process.env): TemporalAccess {
  if (address !== externalTemporal(env)) return { address, tls: null };
  const apiKey = env[KEY]?.trim();
  return { address, tls: tlsOf(env), ...(apiKey ? { apiKey } : {}) };
}

/**
 * The same for a client. gRPC would look for the embedded server behind the proxy that `https_proxy` or its kin names, although
 * it is on this machine; whether an external one is behind a proxy is for the environment to say. (A worker's connection uses
 * no proxy.)
 */
export function clientAccess(address: string, env: Environment = process.env): ConnectionOptions {
  const access = temporalAccess(address, env);
  return address === externalTemporal(env) ? access : { ...access, channelArgs: { 'grpc.enable_http_proxy': 0 } };
}

/** Opens a client connection to the server of a system. */
export async function connectTemporal(address: string, connectTimeout = 10_000): Promise<Connection> {
  // Loaded on demand: a command that only reads the database starts faster without it.
  const { Connection: Temporal } = await import('@temporalio/client');
  return Temporal.connect({ ...clientAccess(address), connectTimeout });
}

/** The environment of a worker for the server at `address`, without credentials that are meant for another server. */
export function environmentFor(address: string, env: Environment = process.env): Environment {
  if (address === externalTemporal(env)) return env;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !CREDENTIALS.includes(name)));
}

/** As with the CLI, TLS is on when TEMPORAL_TLS says so, or when an API key, a certificate or a server name is set. */
function tlsOf(env: Environment): TLSConfig | null {
  const [crt, key, ca] = PEMS.map((pem) => pemOf(pem, env));
  if ((crt === undefined) !== (key === undefined)) {
    throw new Refused('A client certificate needs its key: set both TEMPORAL_TLS_CLIENT_CERT_PATH and …_KEY_PATH.');
  }
  const wanted = switchOf(env[TLS]);
  const named = [env[KEY], env[SERVER_NAME], crt, ca].some(Boolean);
  if (!(wanted ?? named)) return null;
  return {
    ...(env[SERVER_NAME] ? { serverNameOverride: env[SERVER_NAME] } : {}),
    ...(ca ? { serverRootCACertificate: ca } : {}),
    ...(crt && key ? { clientCertPair: { crt, key } } : {}),
  };
}

function switchOf(text: string | undefined): boolean | undefined {
  if (!text) return undefined;
  if (/^(true|1)$/i.test(text)) return true;
  if (/^(false|0)$/i.test(text)) return false;
  throw new Refused(`TEMPORAL_TLS must be true or false, not “${text}”.`);
}

function pemOf(name: string, env: Environment): Buffer | undefined {
  const [path, data] = [env[`${name}_PATH`], env[`${name}_DATA`]];
  if (path && data) throw new Refused(`${name}_PATH and ${name}_DATA are both set: keep one.`);
  if (data) return Buffer.from(data);
  if (!path) return undefined;
  try {
    return readFileSync(typedPath(path));
  } catch (error) {
    throw new Refused(`The file that ${name}_PATH names cannot be read (${errorText(error)}).`);
  }
}
