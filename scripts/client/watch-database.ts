/** Notifying people that the database is down, without using it: FUND_HOME records when they were last notified. */
import { mkdirSync } from 'node:fs';
import { REMIND_AFTER_MINUTES, type Alert, type Problem } from '../../db/alerts';
import { type Channels, notify } from '../../activities/watch/notify';
import { readRecord, writeRecord } from '../../servers/home';

/** With the reason, where a server was asked: a refused session is a different problem from a server that is down. */
export const databaseAway = (reason: string | null): Problem => ({
  key: 'postgres/unreachable',
  fund_year: null,
  problem: `PostgreSQL 数据库不可用：${reason ?? '没有应答'}`,
  remedy: 'npm run fund -- up；或检查 DATABASE_URL 所指的服务器',
});

type Outage = Pick<Alert, 'since' | 'last_told'>;
const RECORD = 'database-away';

/** Notifies once, then daily. */
export async function notifyDatabaseAway(
  home: string,
  channels: Channels,
  now: string,
  problem: Problem,
): Promise<Outage> {
  const before = readRecord<Outage>(home, RECORD);
  const outage: Outage = { since: before.since ?? now, last_told: before.last_told ?? null };
  const again =
    outage.last_told === null || Date.parse(now) - Date.parse(outage.last_told) >= REMIND_AFTER_MINUTES * 60_000;
  const news = { open: [{ ...problem, ...outage }], solved: [] };
  if (again && (await notify(channels, news, now))) outage.last_told = now;
  mkdirSync(home, { recursive: true });
  writeRecord(home, RECORD, outage);
  return outage;
}

export async function notifyDatabaseBack(home: string, channels: Channels, now: string): Promise<void> {
  const { since, last_told } = readRecord<Outage>(home, RECORD);
  if (since === undefined) return;
  writeRecord(home, RECORD, {});
  if (last_told) await notify(channels, { open: [], solved: [{ ...databaseAway(null), since, last_told }] }, now);
}
