/** 巡查 as an act of the worker. */
import { log } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { Alert } from '../../db/alerts';
import type { Database } from '../../db/connect';
import { inboxFolder } from '../imports/inbox';
import { channelsOf } from './notify';
import { officeChannels, tellOffices } from './offices';
import { type Moment, watchOnce } from './pass';
import type { Watched, WorkersAtWork } from './temporal';

/** The most that the page of the watchdog can show. */
const MOST_SHOWN = 50;

interface Watch {
  open: number;
  alerts: Alert[]; // those that have been open longest
}
interface Place {
  database: Database;
  client: Client;
  workersAtWork: WorkersAtWork;
}

export async function watch(place: Place, { watched, ...moment }: Moment & { watched: Watched }): Promise<Watch> {
  const channels = channelsOf(process.env, (text) => void log.warn(text));
  const inbox = { folder: inboxFolder() };
  const alerts = await watchOnce({ ...place, watched, channels, inbox }, moment);
  const { log: say } = channels;
  await tellOffices(place.database, officeChannels(process.env.FUND_OFFICES, say), { ...moment, log: say });
  return { open: alerts.length, alerts: alerts.slice(0, MOST_SHOWN) };
}

/** `workersAtWork` looks at Temporal's queues; acts do not know how servers are asked. */
export const createWatchActivities = (database: Database, client: Client, workersAtWork: WorkersAtWork) => ({
  watch: (input: Moment & { watched: Watched }) => watch({ database, client, workersAtWork }, input),
});
