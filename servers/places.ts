/** The addresses of the servers of this FUND_HOME, for whoever uses a running system. It only looks and starts nothing. */
import { homeFolder } from './home';
import { postgresPort, postgresUrl } from './postgres';
import { externalTemporal, temporalNamespace } from './temporal-address';
import { addressOf, portsOf, uiUrlOf } from './temporal-process';

/** Null for a server that was never started here. That there is an address does not mean that a server answers there. */
export interface Places {
  home: string;
  databaseUrl: string | null;
  temporalAddress: string | null;
  temporalNamespace: string;
  uiUrl: string | null;
}

export function places(): Places {
  const home = homeFolder();
  const port = postgresPort(home);
  const ports = portsOf(home);
  const external = externalTemporal();
  return {
    home,
    databaseUrl: process.env.DATABASE_URL || (port === undefined ? null : postgresUrl(home, port)),
    temporalAddress: external || (ports && addressOf(ports)),
    temporalNamespace: temporalNamespace(),
    uiUrl: external || ports === null ? null : uiUrlOf(ports),
  };
}
