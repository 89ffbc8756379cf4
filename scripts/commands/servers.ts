/** `up`, `down`, `status`: the embedded servers and a worker. */
import type { Command } from 'commander';
import {
  DESK_PORT,
  type DeskPlace,
  down,
  ensureDeskUp,
  ensureUpWithOwnWorker,
  keepUp,
  onStop,
  release,
  status,
  type ServerStatus,
  type System,
} from '../../servers';
import { homeFolder } from '../../servers/home';
import { LOOPBACK } from '../../servers/ports';
import { errorText } from '../../servers/refused';
import { onRunningSystem } from '../client/system';
import { Refusal } from '../words/refusal';
import { tableText } from '../words/table-text';

interface Options {
  json?: true;
}
interface UpOptions extends Options {
  listen?: DeskPlace;
}

const NAMES = {
  postgres: 'PostgreSQL 数据库',
  temporal: 'Temporal 流程引擎',
  worker: 'worker 工作进程',
  desk: 'desk 办事台',
} as const;
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

/** An address of this machine, with a port where it is not the usual one; an IPv6 address stands in brackets. */
function listenOption(text: string): DeskPlace {
  const [, bracketed, plain, port = String(DESK_PORT)] = /^(?:\[([^\]]+)\]|([^:\s]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const listen = bracketed ?? plain;
  if (listen !== undefined && Number.parseInt(port, 10) <= 65_535) return { listen, port: Number.parseInt(port, 10) };
  throw new Refusal(`--listen ${text}：应为地址，或 地址:端口 (an address, or address:port)`, 2);
}

/** A desk that cannot be served keeps nothing else from running. */
async function deskAddress(place: DeskPlace): Promise<string> {
  // Loaded here and not above, like the client of Temporal below.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above.
  const { deskOrigin } = require('../client/desk-server') as typeof import('../client/desk-server');
  try {
    const origin = deskOrigin(place.port);
    await ensureDeskUp(say, place);
    return `Desk 办事台: ${origin}`;
  } catch (error) {
    return `办事台没有启动，其余照常运行：${errorText(error)}。换端口：up --listen 地址:端口 (the desk is not served, everything else is)`;
  }
}

async function up(options: UpOptions): Promise<void> {
  onStop(() => release(say));
  try {
    const system = await ensureUpWithOwnWorker(say);
    await keepUp();
    // Loaded here and not above: it needs the client of Temporal, which takes longer to load than `status` and `down` to answer.
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above.
    const { ensureSchedules } = require('../client/schedules') as typeof import('../client/schedules');
    await onRunningSystem('worker', ({ client }) => ensureSchedules(client));
    const desk = await deskAddress(options.listen ?? { listen: LOOPBACK, port: DESK_PORT });
    const servers = await status();
    const ui = system.uiUrl ? `Web UI 网页界面: ${system.uiUrl}\n` : '';
    const stop = 'The servers stay until `npm run fund -- down`. 服务将一直运行，直至执行 down。';
    print(options, { ...addresses(system), servers }, `${asTable(servers)}\n${desk}\n${ui}${stop}`);
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
  const add = (name: string, description: string, act: (options: UpOptions) => Promise<void>) =>
    program
      .command(name)
      .description(description)
      .option('--json', 'print the result as JSON')
      .addHelpText('after', EXAMPLES)
      .action((options: UpOptions) => refusing(options, () => act(options)));
  add('up', 'start PostgreSQL, Temporal, a worker and the desk, and keep them until `down`', up).option(
    '--listen <address>',
    `where the desk listens, address or address:port (default: ${LOOPBACK}:${DESK_PORT}); nothing else does (办事台监听地址)`,
    listenOption,
  );
  add('down', 'stop them; refused while another command uses them', stopServers);
  add('status', 'show what runs, and where', showStatus);
}
