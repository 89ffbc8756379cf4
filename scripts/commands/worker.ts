/** `fund worker` and `fund migrate`: for servers that are run by others, under a supervisor such as systemd. */
import type { Command } from 'commander';
import { externalTemporal, prepareOthers, temporalNamespace } from '../../servers';
import { Refusal } from '../words/refusal';

export function workerCommands(program: Command): void {
  program
    .command('worker')
    .summary('work in the foreground, for DATABASE_URL and TEMPORAL_ADDRESS')
    .description(
      'Works in the foreground until it is stopped (SIGTERM); any number may run, on any hosts.\n' +
        'Logs are lines of JSON (FUND_LOG_LEVEL); FUND_HEALTH_ADDRESS=host:port serves /live, /ready and /metrics.\n' +
        '前台工作进程，可在多台主机同时运行。',
    )
    .option('--json', 'print a refusal as JSON')
    .action(async () => {
      const databaseUrl = process.env.DATABASE_URL;
      const temporalAddress = externalTemporal();
      if (!databaseUrl || !temporalAddress) {
        throw new Refusal(
          '须设置 DATABASE_URL 和 TEMPORAL_ADDRESS；内置服务请用 up (set both; for the embedded servers use `up`)',
        );
      }
      // Only this command needs the SDK's native part, which takes a second to load.
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above.
      const { work } = require('../../worker/work') as typeof import('../../worker/work');
      await work({ databaseUrl, temporalAddress, temporalNamespace: temporalNamespace() });
    });
  program
    .command('migrate')
    .summary('bring DATABASE_URL and TEMPORAL_ADDRESS up to date for this release')
    .description(
      'Applies the migrations that are missing, as the owner of the database, and creates the search attributes.\n' +
        '为新版本升级数据库结构和检索属性。',
    )
    .option('--json', 'print the outcome as JSON')
    .action(async ({ json }: { json?: true }) => {
      const lines: string[] = [];
      await prepareOthers((line) => void lines.push(line));
      if (json) console.log(JSON.stringify({ migrated: true, notes: lines }));
      else console.log([...lines, '数据库与 Temporal 已就绪 (database and Temporal are up to date)'].join('\n'));
    });
}
