/** Notifying people: always in the log, and through the webhook and the mail command that the environment names. */
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Alert, PendingNotices } from '../../db/alerts';
import { beijingTime } from '../../rules/beijing-time';

export interface Channels {
  log: (line: string) => void;
  /** Shows the news to who looks; without it they go into the log. */
  show?: (news: PendingNotices) => void;
  /** FUND_WEBHOOK_URL: a POST of JSON; the robots of 企业微信 and 钉钉 accept it as it is. */
  webhook: string | undefined;
  /** FUND_MAIL_COMMAND: a shell command that reads the text, e.g. `mail -s 医保基金年度 ops@example.org`. */
  mail: string | undefined;
}

export const channelsOf = (env: NodeJS.ProcessEnv, log: Channels['log']): Channels => ({
  log,
  webhook: env.FUND_WEBHOOK_URL?.trim() || undefined,
  mail: env.FUND_MAIL_COMMAND || undefined,
});

const MOST_SHOWN = 50;

/** The message as a person reads it. */
function textOf({ open, solved }: PendingNotices, now: string): string {
  const shown = open
    .slice(0, MOST_SHOWN)
    .map(({ problem, remedy, since }, i) =>
      [`${i + 1}. ${problem}（自 ${beijingTime(since)}）`, `   处理：${remedy}`].join('\n'),
    );
  const more = open.length > MOST_SHOWN ? [`另有 ${open.length - MOST_SHOWN} 项，见 npm run fund -- watch`] : [];
  const done = solved.map(({ problem }) => `已解决：${problem}`);
  return [
    `医保基金年度：异常 ${open.length} 项，解决 ${solved.length} 项（${beijingTime(now)}）`,
    ...shown,
    ...more,
    ...done,
  ].join('\n');
}

/** Reports what is new. True when it has reached somebody: without webhook and mail command there is only the log. */
export async function notify(channels: Channels, { open, solved }: PendingNotices, now: string): Promise<boolean> {
  const withState = (state: string) => (alert: Alert) => ({ ...alert, state });
  const alerts = [...open.map(withState('open')), ...solved.map(withState('solved'))];
  const text = textOf({ open, solved }, now);
  if (channels.show === undefined) channels.log(text);
  else channels.show({ open, solved });
  if (channels.webhook === undefined && channels.mail === undefined) return true;
  return deliver(channels, { text, time: now, body: { alerts } });
}

/** A message as text, and what a program may read beside it. */
interface Message {
  text: string;
  time: string;
  body: object;
}

/** Sends a message through every channel there is. True when one of them took it. The log names channels by `of`. */
export async function deliver({ log, webhook, mail }: Channels, message: Message, of?: string): Promise<boolean> {
  const sent = await Promise.all([
    webhook !== undefined && reached(of ?? 'FUND_WEBHOOK_URL', log, () => post(webhook, message)),
    mail !== undefined && reached(of ?? 'FUND_MAIL_COMMAND', log, () => run(mail, message.text)),
  ]);
  return sent.includes(true);
}

const TRIES = 3;
const TIMEOUT = 10_000; // milliseconds

/** Why a message did not arrive, in words that contain nothing of the address or the command. */
class NotDelivered extends Error {}

/**
 * Our own words, or the code of the innermost cause, such as ECONNREFUSED. The message of any other error may quote the address,
 * which may hold a secret: that of `fetch` does.
 */
function whyNot(error: unknown): string {
  if (error instanceof NotDelivered) return error.message;
  const { cause, code, name } = (error ?? {}) as NodeJS.ErrnoException;
  if (cause !== undefined) return whyNot(cause);
  if (typeof code === 'string') return code;
  return name === 'TimeoutError'
    ? `${TIMEOUT / 1000} 秒内没有应答 (no answer in time)`
    : '无法发送 (it cannot be sent)';
}

/** Tries a channel again when it fails; the log names the channel but not its address, which may hold a secret. */
async function reached(channel: string, log: Channels['log'], send: () => Promise<void>): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      await send();
      return true;
    } catch (error) {
      if (attempt === TRIES) {
        log(`${channel} 未能送达：${whyNot(error)}`);
        return false;
      }
      await pause(attempt * 500);
    }
  }
}

async function post(url: string, { text, time, body }: Message): Promise<void> {
  const { protocol, username, password } = URL.canParse(url) ? new URL(url) : { protocol: '' };
  if (!/^https?:$/.test(protocol) || username || password) {
    throw new NotDelivered(
      '应为 http:// 或 https:// 开头的完整网址，不含用户名和密码 (not a complete http or https address without a login)',
    );
  }
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ msgtype: 'text', text: { content: text }, time, ...body }),
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (!response.ok) throw new NotDelivered(`HTTP ${response.status}`);
}

const MOST_STDERR = 4000; // characters

/** A line without the words of the command, which may hold an address or a password. */
function withoutWordsOf(command: string, line: string): string {
  const words = command.split(/[\s'"`$(){}<>|;&=:@/,]+/).filter((word) => word.length > 2);
  return words.sort((a, b) => b.length - a.length).reduce((text, word) => text.replaceAll(word, '…'), line);
}

function run(command: string, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, stdio: ['pipe', 'ignore', 'pipe'], timeout: TIMEOUT });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr = `${stderr}${part}`.slice(-MOST_STDERR)));
    child.on('error', reject);
    // A process that it leaves in the background may hold the pipe open.
    child.on('exit', () => setTimeout(() => child.stderr.destroy(), 200));
    child.on('close', (code, signal) => {
      const complaint = withoutWordsOf(command, stderr.trim().split('\n').at(-1) ?? '');
      const ended = `exit ${code ?? `by ${signal}`}`;
      if (code === 0) resolve();
      else reject(new NotDelivered(complaint === '' ? ended : `${ended}：${complaint}`));
    });
    child.stdin.on('error', () => undefined); // the command may end without reading
    child.stdin.end(`${text}\n`);
  });
}
