/** 巡查: one look at everything, noted in the database and told to people. The time is an argument, so that it can be moved. */
import { type Client, ServiceError, isGrpcServiceError } from '@temporalio/client';
import { type Alert, markTold, noteProblems, openAlerts, takeTurn, untold } from '../../db/alerts';
import { openLiveYears } from '../../db/fund-year';
import { type Database, inTransaction } from '../../db/connect';
import { announceImports } from '../announce-imports';
import { type Channels, tell } from './tell';
import { TEMPORAL_KINDS, UNREACHABLE, type Watched, temporalProblems } from './temporal';
import { YEAR_KINDS, yearProblems } from './year';

export interface Moment {
  now: string; // RFC 3339
  today: string; // the date in China
}

/** Looks once. `client` is null when Temporal does not answer. Returns everything that is wrong now. */
export async function watchOnce(
  { pool, client, watched, channels }: { pool: Database; client: Client | null; watched: Watched; channels: Channels },
  { now, today }: Moment,
): Promise<Alert[]> {
  const found = await yearProblems(pool, today);
  const lookedAt: string[] = [...YEAR_KINDS];
  const years = await openLiveYears(pool);
  const inTemporal = client && (await temporalProblems(client, watched, years, new Date(now)).catch(nullWhenAway));
  if (client) await announceImports(pool, client, watched.news).catch(nullWhenAway);
  if (inTemporal === null) found.push(UNREACHABLE);
  else {
    found.push(...inTemporal);
    lookedAt.push(...TEMPORAL_KINDS);
  }
  // Told inside the transaction: who comes second waits and finds it told. Told twice, after a crash, is better than never.
  return inTransaction(pool, async (trx) => {
    await takeTurn(trx);
    await noteProblems(trx, found, lookedAt, now);
    const news = await untold(trx, now);
    const isNews = news.open.length + news.solved.length > 0;
    if (isNews && (await tell(channels, news, now))) await markTold(trx, news.open, now);
    return openAlerts(trx);
  });
}

/** A server that goes away while it is asked. */
function nullWhenAway(error: unknown): null {
  if (isGrpcServiceError(error) || error instanceof ServiceError) return null;
  throw error;
}
