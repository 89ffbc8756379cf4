/** `up`, `down`, `status`: the embedded servers and a worker. */
import type { Command } from 'commander';
import {
  down,
  ensureUpWithOwnWorker,
  keepUp,
  onStop,
  release,
  status,
  type ServerStatus,
  type System,
} from '../../servers';
import { onRunningSystem } from '../client/system';
import { homeFolder } from '../../servers/home';
import { tableText } from '../words/table-text';

interface Options {
  json?: true;
}

const NAMES = { postgres: 'PostgreSQL 数据库', temporal: 'Temporal 流程引擎', worker: 'worker 工作进程' } as const;
const STATES = { running: 'running 运行中', stopped: 'stopped 已停止', unreachable: 'no answer 无应答' } as const;

/** Progress goes to the error output, so that the result alone can be piped. */
const say = (line: string): void => console.error(line);

function asTable(servers: readonly ServerStatus[]): string {
  const rows = servers.map(({ name, state, pid, address, note }) => [
    ...[NAMES[name], STATES[state], pid ?? '', address ?? '', note],
  ]);
  return tableText({ head: ['server', 'state', 'pid', 'address', 'note'], rows });
}

function print({ json }: Options, forMachines: object, forPeople: string): void {
  console.log(json ? JSON.stringify(forMachines, null, 2) : forPeople);
}

/** Prints one line when something cannot be done, and sets exit code 1. */
async function refusing({ json }: Options, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const refused = error instanceof Error ? error.message : String(error);
    if (json) console.log(JSON.stringify({ refused }));
    else console.error(refused);
    process.exitCode = 1;
  }
}

/** Where the system can be reached; the password of the database stays in FUND_HOME. */
const addresses = ({ home, temporalAddress, temporalNamespace, uiUrl }: System) => ({
  home,
  temporalAddress,
  temporalNamespace,
  uiUrl,
});

async function up(options: Options): Promise<void> {
  onStop(() => release(say));
  try {
    const system = await ensureUpWithOwnWorker(say);
    await keepUp();
    // Loaded here and not above: it needs the client of Temporal, which takes longer to load than `status` and `down` to answer.
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above.
    const { ensureSchedules } = require('../client/schedules') as typeof import('../client/schedules');
    await onRunningSystem('worker', ({ client }) => ensureSchedules(client));
    const servers = await status();
    const ui = system.uiUrl ? `Web UI 网页界面: ${system.uiUrl}\n` : '';
    const stop = 'The servers stay until `npm run fund -- down`. 服务将一直运行，直至执行 down。';
    print(options, { ...addresses(system), servers }, `${asTable(servers)}\n${ui}${stop}`);
  } finally {
    await release(say);
  }
}

async function stopServers(options: Options): Promise<void> {
  await down(say);
  await showStatus(options);
}

/** Another folder is another system, so the answer says which one was looked at. */
async function showStatus(options: Options): Promise<void> {
  const home = homeFolder();
  const servers = await status();
  print(options, { home, servers }, `${asTable(servers)}\nFUND_HOME ${home}`);
}

const EXAMPLES = `
Environment:
  FUND_HOME         folder of this system's data, .fund/ by default; another folder is another system
  DATABASE_URL      a PostgreSQL of your own instead of the embedded one
  TEMPORAL_ADDRESS  a Temporal of your own instead of the embedded one (TEMPORAL_NAMESPACE: default)
                    docs/operations.md has the variables for TLS, certificates and API keys`;

export function serverCommands(program: Command): void {
  const add = (name: string, description: string, act: (options: Options) => Promise<void>) =>
    program
      .command(name)
      .description(description)
      .option('--json', 'print the result as JSON')
      .addHelpText('after', EXAMPLES)
      .action((options: Options) => refusing(options, () => act(options)));
  add('up', 'start PostgreSQL, Temporal and a worker, and keep them until `down`', up);
  add('down', 'stop them; refused while another command uses them', stopServers);
  add('status', 'show what runs, and where', showStatus);
}
