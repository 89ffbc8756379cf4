/** `fund watch`: the watchdog (巡查) as a process of its own, for cron or systemd. It needs no worker and starts nothing. */
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import type { Command } from 'commander';
import { execute } from '../../db/rows';
import { type Channels, channelsOf } from '../../activities/watch/notify';
import { watchOnce } from '../../activities/watch/pass';
import type { Alert } from '../../db/alerts';
import { type Database, connect } from '../../db/connect';
import { beijingTime } from '../../rules/beijing-time';
import { connectTemporal, places } from '../../servers';
import { workersSeenBy } from '../../servers/pollers';
import { errorText } from '../../servers/refused';
import { news } from '../../workflows/business-date';
import { TASK_QUEUE } from '../../workflows/task-queue';
import { beijingDate } from '../../rules/beijing-time';
import { Refusal, printFailure } from '../words/refusal';
import { databaseAway, notifyDatabaseAway, notifyDatabaseBack } from '../client/watch-database';
import { WATCHDOG, YEAR_STARTER } from '../../rules/keys';

interface Options {
  every?: number;
  json?: true;
}

export function watchCommand(program: Command): void {
  program
    .command('watch')
    .summary('check once, or every hour, for anything wrong')
    .description(
      'Checks for anything wrong: a year that did not start, a schedule paused or gone, overdue tasks and dates, waits that nobody\n' +
        'can answer, stopped workflows, no worker, Temporal or PostgreSQL down. Notifies FUND_WEBHOOK_URL and FUND_MAIL_COMMAND once,\n' +
        'then daily until it is solved. Exit code 1 when something is wrong.\n巡查异常，通知一次，此后每日重复，直至解决。',
    )
    .option('--every <time>', 'stay, and look again after this time, e.g. 1h or 30m (每隔)', everyOption)
    .option('--json', 'print what is wrong as JSON')
    .action(async ({ every, json }: Options) => {
      for (;;) {
        const looked = look().then((alerts) => print(alerts, json));
        if (every === undefined) return looked;
        await looked.catch(printFailure); // it stays and looks again next time
        await pause(every);
      }
    });
}

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000 };

function everyOption(text: string): number {
  const [, count, unit = ''] = /^([1-9]\d{0,3})([smh])$/.exec(text) ?? [];
  const milliseconds = Number(count) * (UNITS[unit] ?? NaN);
  if (!(milliseconds <= 24 * 3_600_000)) {
    throw new Refusal(`--every ${text}：应为时长，例如 1h、30m，至多 24h (a time such as 1h)`, 2);
  }
  return milliseconds;
}

/** One check. Without the database nothing can be queried or stored, so that case is reported separately. */
async function look(): Promise<Alert[]> {
  const { home, databaseUrl, temporalAddress, temporalNamespace: namespace } = places();
  const now = new Date();
  const moment = { now: now.toISOString(), today: beijingDate(now) };
  // What is wrong is printed as the result; what is solved is news alone.
  const channels: Channels = {
    ...channelsOf(process.env, (text) => console.error(text)),
    show: ({ solved }) => solved.forEach(({ problem }) => console.error(`已解决：${problem}`)),
  };
  const pool = databaseUrl === null ? null : connect(databaseUrl, 'worker', 2);
  const whyNot = pool && (await whyUnusable(pool));
  if (pool === null || whyNot !== null) {
    await pool?.destroy();
    const problem = databaseAway(whyNot);
    return [{ ...problem, ...(await notifyDatabaseAway(home, channels, moment.now, problem)) }];
  }
  let away: string | null = null;
  const connection = await connectTemporal(temporalAddress ?? '', 5000).catch((error: unknown) => {
    away = temporalAddress === null ? null : errorText(error);
    return null;
  });
  try {
    await notifyDatabaseBack(home, channels, moment.now);
    const watched = { schedules: [YEAR_STARTER, WATCHDOG], taskQueue: TASK_QUEUE, news: news.name };
    const client = connection && new Client({ connection, namespace });
    return await watchOnce({ database: pool, client, away, workersAtWork: workersSeenBy, watched, channels }, moment);
  } finally {
    await connection?.close();
    await pool.destroy();
  }
}

/** Why the database cannot be used; null when it answers. */
const whyUnusable = (pool: Database): Promise<string | null> =>
  execute(pool, 'select from fund.alert limit 1').then(() => null, errorText);

function print(alerts: readonly Alert[], json: true | undefined): void {
  process.exitCode = alerts.length === 0 ? 0 : 1;
  if (json) console.log(JSON.stringify(alerts, null, 1));
  else if (alerts.length === 0) console.log('无异常 (nothing is wrong)');
  for (const { problem, remedy, since } of json ? [] : alerts) {
    console.log(`✗ ${problem}（自 ${beijingTime(since)}）；处理：${remedy}`);
  }
}
