/** Where the servers of this FUND_HOME are to be found, for those who use a running system. It only looks; it starts nothing. */
import { homeFolder } from './home';
import { postgresPort, postgresUrl } from './postgres';
import { temporalNamespace } from './system';
import { addressOf, portsOf, uiUrlOf } from './temporal';

/** Null for what was never started here; an address says nothing about who answers there. */
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
  const external = process.env.TEMPORAL_ADDRESS;
  return {
    home,
    databaseUrl: process.env.DATABASE_URL || (port === undefined ? null : postgresUrl(home, port)),
    temporalAddress: external || (ports && addressOf(ports)),
    temporalNamespace: temporalNamespace(),
    uiUrl: external || ports === null ? null : uiUrlOf(ports),
  };
}
