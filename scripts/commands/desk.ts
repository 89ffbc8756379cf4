/** `fund desk`: the page in the browser on which officials act. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { connect } from '../../db/connect';
import { Sessions } from '../../desk/sessions';
import { Tries } from '../../desk/limits';
import { serveDesk } from '../../desk/server';
import { onStop, places } from '../../servers';
import { errorText } from '../../servers/refused';
import { typedPath } from '../../servers/typed-path';
import { TASK_QUEUE } from '../../workflows/task-queue';
import { Deliveries } from '../client/deliveries';
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
    .option('--port <port>', 'where it listens (端口)', portOption, 8320)
    .option('--listen <address>', 'on which address of this machine (监听地址)', '127.0.0.1')
    .option('--json', 'print its address as JSON')
    .action(desk);
}

function portOption(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number.parseInt(text, 10) : 65_536;
  if (port > 65_535) throw new Refusal(`--port ${text}：应为 0 至 65535 的端口 (a port)`, 2);
  return port;
}

/** The address under which browsers know the desk. Passkeys need https, except on this machine. */
function originOption(port: number): string {
  const given = process.env.FUND_DESK_ORIGIN;
  if (given === undefined || given === '') return `http://localhost:${port}`;
  const url = URL.canParse(given) ? new URL(given) : null;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === 'localhost');
  if (url === null || !isSafe || url.origin !== given.replace(/\/$/, '')) {
    throw new Refusal(
      `FUND_DESK_ORIGIN=${given}：应为 https://主机名（可带端口），通行密钥只在 https 下可用；本机试用为 http://localhost:端口 (https://host)`,
      2,
    );
  }
  return url.origin;
}

/** Where files lie until they are imported: the worker has to see it under the same name. */
const uploadsFolder = (): string =>
  process.env.FUND_UPLOADS ? typedPath(process.env.FUND_UPLOADS) : join(places().home, 'uploads');

async function desk({ port, listen, json }: Options): Promise<void> {
  const origin = originOption(port);
  await onRunningSystem('reader', async ({ pool: region, client, uiUrl }) => {
    const { databaseUrl, temporalNamespace: namespace } = places();
    const pool = connect(databaseUrl ?? '', 'worker', 2, 'fund desk');
    const acting = { pool, client: () => Promise.resolve(client), taskQueue: TASK_QUEUE };
    const serving = await serveDesk(
      {
        region,
        viewing: connect(databaseUrl ?? '', 'viewer', 4, 'fund desk'),
        acting,
        deliveries: new Deliveries(uploadsFolder(), acting),
        sessions: new Sessions(),
        tries: new Tries(),
        origin,
        ui: { url: uiUrl, namespace },
      },
      { port, listen },
    ).catch((error: unknown) => {
      throw new Refusal(`办事台不能在 ${listen}:${port} 监听：${errorText(error)} (it cannot listen there)`);
    });
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
