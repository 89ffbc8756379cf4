/** 巡查 as an act of the worker. */
import { log } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/connect';
import type { Alert } from '../../db/alerts';
import { type Moment, watchOnce } from './pass';
import { channelsOf } from './tell';
import type { Watched } from './temporal';

const MOST_SHOWN = 50;

export interface Watch {
  open: number;
  alerts: Alert[]; // the longest ones
}

export const createWatchActivities = (pool: Database, client: Client) => ({
  async watch({ watched, ...moment }: Moment & { watched: Watched }): Promise<Watch> {
    const channels = channelsOf(process.env, (text) => void log.warn(text));
    const alerts = await watchOnce({ pool, client, watched, channels }, moment);
    return { open: alerts.length, alerts: alerts.slice(0, MOST_SHOWN) };
  },
});
