/** `fund desk`: the page in the browser on which officials act. */
import { type Command, Option } from 'commander';
import { DESK_PORT, onStop, places } from '../../servers';
import { LOOPBACK } from '../../servers/ports';
import { openDesk } from '../client/desk-server';
import { onRunningSystem } from '../client/system';
import { Refusal } from '../words/refusal';

interface Options {
  port: number;
  listen: string;
  json?: true;
}

export function deskCommand(program: Command): void {
  program
    .command('desk')
    .summary('the page on which officials act, in the browser')
    .description(
      'Serves the desk until it is stopped: tasks with their figures, the year, the trail, and the acts themselves, each signed by a\n' +
        'passkey. Behind a proxy with TLS, FUND_DESK_ORIGIN is the address under which browsers know it (https://host).\n' +
        '办事台：在浏览器中查看待办、年度进展、办理记录，并以通行密钥办理。',
    )
    .option('--port <port>', 'where it listens (端口)', portOption, DESK_PORT)
    .option('--listen <address>', 'on which address of this machine (监听地址)', LOOPBACK)
    .option('--json', 'print its address as JSON')
    // The process of a system that is `up` is found by it (servers/desk.ts).
    .addOption(new Option('--desk-of <home>').hideHelp())
    .action(desk);
}

function portOption(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number.parseInt(text, 10) : 65_536;
  if (port > 65_535) throw new Refusal(`--port ${text}：应为 0 至 65535 的端口 (a port)`, 2);
  return port;
}

async function desk({ port, listen, json }: Options): Promise<void> {
  await onRunningSystem('reader', async ({ client, uiUrl }) => {
    const { databaseUrl, temporalNamespace } = places();
    const serving = await openDesk(
      { databaseUrl: databaseUrl ?? '', client, uiUrl, temporalNamespace },
      { port, listen },
    );
    const { origin } = serving;
    console.log(
      json
        ? JSON.stringify({ origin, listen, port: serving.port })
        : `办事台 ${origin}，按 Ctrl-C 结束 (the desk serves until Ctrl-C)`,
    );
    onStop(async () => {
      process.exitCode = 0;
      await serving.close();
    });
    await new Promise<never>(() => undefined);
  });
}
