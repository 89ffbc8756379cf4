/** The desk, served by this process on a system that runs: for `fund desk`, and beside a run that goes on serving. */
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { connect } from '../../db/connect';
import { Tries } from '../../desk/limits';
import { serveDesk } from '../../desk/server';
import { Sessions } from '../../desk/sessions';
import { type DeskPlace, type System, places } from '../../servers';
import { errorText } from '../../servers/refused';
import { typedPath } from '../../servers/typed-path';
import { TASK_QUEUE } from '../../workflows/task-queue';
import { Refusal } from '../words/refusal';
import { Deliveries } from './deliveries';

export type Served = Pick<System, 'databaseUrl' | 'temporalNamespace' | 'uiUrl'> & { client: Client };

interface ServedDesk {
  /** Where browsers find it. */
  origin: string;
  port: number;
  close: () => Promise<void>;
}

/** The address under which browsers know the desk. Passkeys need https, except on this machine. */
export function deskOrigin(port: number): string {
  const given = process.env.FUND_DESK_ORIGIN;
  if (given === undefined || given === '') return `http://localhost:${port}`;
  const url = URL.canParse(given) ? new URL(given) : null;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === 'localhost');
  if (url === null || !isSafe || url.origin !== given.replace(/\/$/, '')) {
    throw new Refusal(
      `FUND_DESK_ORIGIN=${given}：应为 https://主机名（可带端口），通行密钥只在 https 下可用；本机试用为 http://localhost:端口 (https://host)`,
      2,
    );
  }
  return url.origin;
}

/** Where files lie until they are imported: the worker has to see it under the same name. */
const uploadsFolder = (): string =>
  process.env.FUND_UPLOADS ? typedPath(process.env.FUND_UPLOADS) : join(places().home, 'uploads');

/** Serves it until it is closed. Refused where the address is taken. */
export async function openDesk(
  { databaseUrl, client, uiUrl, temporalNamespace: namespace }: Served,
  place: DeskPlace,
): Promise<ServedDesk> {
  const origin = deskOrigin(place.port);
  const pools = {
    viewing: connect(databaseUrl, 'viewer', 4, 'fund desk'),
    region: connect(databaseUrl, 'reader', 2, 'fund desk'),
    acting: connect(databaseUrl, 'worker', 2, 'fund desk'),
  };
  const closePools = (): Promise<unknown> => Promise.all(Object.values(pools).map((pool) => pool.destroy()));
  const acting = { pool: pools.acting, client: () => Promise.resolve(client), taskQueue: TASK_QUEUE };
  const serving = await serveDesk(
    {
      ...{ viewing: pools.viewing, region: pools.region, sessions: new Sessions(), tries: new Tries(), origin },
      ...{ acting, deliveries: new Deliveries(uploadsFolder(), acting) },
      ui: { url: uiUrl, namespace },
    },
    place,
  ).catch(async (error: unknown) => {
    await closePools();
    throw new Refusal(`办事台不能在 ${place.listen}:${place.port} 监听：${errorText(error)} (it cannot listen there)`);
  });
  return {
    origin,
    port: serving.port,
    close: async () => {
      await serving.close();
      await closePools();
    },
  };
}
