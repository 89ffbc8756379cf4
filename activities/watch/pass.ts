/** 巡查: one check of everything. Problems are noted in the database, and people are notified of new ones. */
import { hostname } from 'node:os';
import { type Client, ServiceError, isGrpcServiceError } from '@temporalio/client';
import {
  type Alert,
  type Problem,
  markNotified,
  noteProblems,
  openAlerts,
  takeTurn,
  pendingNotices,
} from '../../db/alerts';
import { type Database, inTransaction } from '../../db/connect';
import { abandonedYears, openLiveYears } from '../../db/fund-year';
import { waitingAdjustments } from '../../db/adjustments';
import { waitingRequests } from '../../db/emergency';
import { waitingReleases } from '../../db/releases';
import { MACHINE_KINDS, type ProblemKind, TEMPORAL_KINDS, YEAR_KINDS, problemKey } from '../../rules/keys';
import { announceImports } from '../announce-imports';
import { inboxTrouble } from '../imports/inbox';
import { showWaits } from './beside';
import { type Channels, notify } from './notify';
import { type Watched, type WorkersAtWork, temporalProblems, unreachable } from './temporal';
import { yearProblems } from './year';

/** The time is an input, so that a test can move it. */
export interface Moment {
  now: string; // RFC 3339
  today: string; // the date in China
}
interface Look {
  database: Database;
  client: Client | null; // null when Temporal does not answer
  away?: string | null; // why it does not, when known
  workersAtWork: WorkersAtWork;
  watched: Watched;
  channels: Channels;
  /** The inbox of the worker that looks; left out where no worker does. */
  inbox?: { folder: string | undefined };
}

/** Checks once. Returns everything that is wrong now. */
export async function watchOnce(look: Look, { now, today }: Moment): Promise<Alert[]> {
  const { database, client, channels, watched } = look;
  const found = await yearProblems(database, today);
  const lookedAt: ProblemKind[] = [...YEAR_KINDS];
  if (look.inbox !== undefined) {
    found.push(...(await inboxProblems(look.inbox.folder)));
    lookedAt.push(...MACHINE_KINDS);
  }
  const inTemporal = client && (await lookAtTemporal(look, client, { now, today }).catch(nullWhenAway));
  if (client) await announceImports(database, client, watched.news).catch(nullWhenAway);
  if (inTemporal === null) found.push(unreachable(look.away ?? null));
  else {
    found.push(...inTemporal);
    lookedAt.push(...TEMPORAL_KINDS);
  }
  // People are notified before the commit, while other passes wait for this one. A crash in between notifies them twice, which
  // is better than never.
  return inTransaction(database, async (trx) => {
    await takeTurn(trx);
    await noteProblems(trx, found, lookedAt, now);
    const news = await pendingNotices(trx, now);
    const isNews = news.open.length + news.solved.length > 0;
    if (isNews && (await notify(channels, news, now))) await markNotified(trx, news.open, now);
    return openAlerts(trx);
  });
}

async function lookAtTemporal({ database, workersAtWork, watched }: Look, client: Client, { now, today }: Moment) {
  const [years, requests] = [await openLiveYears(database), await waitingRequests(database)];
  const adjustments = await waitingAdjustments(database);
  const workers = await workersAtWork(client, watched.taskQueue, new Date(now));
  await showWaits(database, client, today);
  const releases = await waitingReleases(database);
  const abandoned = await abandonedYears(database);
  return temporalProblems(client, {
    schedules: watched.schedules,
    ...{ workers, years, requests, adjustments, releases, abandoned },
  });
}

/** Files that arrive by themselves would lie there unseen. */
async function inboxProblems(folder: string | undefined): Promise<Problem[]> {
  const trouble = await inboxTrouble(folder);
  if (trouble === null) return [];
  return [
    {
      key: problemKey('inbox', hostname()),
      fund_year: null,
      problem: `${hostname()} 上的收件夹 ${folder} 不能读写（${trouble}）`,
      remedy: '核对 FUND_INBOX 及其权限，工作进程须能在其中读写',
    },
  ];
}

/** The server went down while it was asked. */
function nullWhenAway(error: unknown): null {
  if (isGrpcServiceError(error) || error instanceof ServiceError) return null;
  throw error;
}
