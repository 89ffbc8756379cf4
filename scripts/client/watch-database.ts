/** Notifying people that the database is away, without it: when they were last notified is kept in FUND_HOME. */
import { mkdirSync } from 'node:fs';
import { AGAIN_AFTER_MINUTES, type Alert, type Problem } from '../../db/alerts';
import { type Channels, notify } from '../../activities/watch/notify';
import { readRecord, writeRecord } from '../../servers/home';

export const DATABASE_AWAY: Problem = {
  key: 'postgres/unreachable',
  fund_year: null,
  problem: 'PostgreSQL 没有应答，数据库不可用',
  remedy: 'npm run fund -- up；或检查 DATABASE_URL 所指的服务器',
};

type Told = Pick<Alert, 'since' | 'last_told'>;
const RECORD = 'database-away';

/** Notifies once, then daily. */
export async function tellDatabaseAway(home: string, channels: Channels, now: string): Promise<Told> {
  const before = readRecord<Told>(home, RECORD);
  const told: Told = { since: before.since ?? now, last_told: before.last_told ?? null };
  const again = told.last_told === null || Date.parse(now) - Date.parse(told.last_told) >= AGAIN_AFTER_MINUTES * 60_000;
  const news = { open: [{ ...DATABASE_AWAY, ...told }], solved: [] };
  if (again && (await notify(channels, news, now))) told.last_told = now;
  mkdirSync(home, { recursive: true });
  writeRecord(home, RECORD, told);
  return told;
}

export async function tellDatabaseBack(home: string, channels: Channels, now: string): Promise<void> {
  const { since, last_told } = readRecord<Told>(home, RECORD);
  if (since === undefined) return;
  writeRecord(home, RECORD, {});
  if (last_told) await notify(channels, { open: [], solved: [{ ...DATABASE_AWAY, since, last_told }] }, now);
}
