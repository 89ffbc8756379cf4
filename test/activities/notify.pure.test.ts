/** Notices that do not arrive: the log says why, and never holds an address, a key or a command. */
import { notify } from '../../activities/watch/notify';

jest.mock('node:timers/promises', () => ({ setTimeout: () => Promise.resolve() }));

const NEWS = { open: [], solved: [] };
const SECRET = 'key-4711-abc';

async function logOf(channels: { webhook?: string; mail?: string }): Promise<string> {
  const log: string[] = [];
  const all = { webhook: undefined, mail: undefined, ...channels, log: (line: string) => void log.push(line) };
  expect(await notify(all, NEWS, '2028-01-01T00:00:00Z')).toBe(false);
  return log.at(-1) ?? '';
}

test('who shows the news in another way does not have them in the log too', async () => {
  const [log, shown]: [string[], unknown[]] = [[], []];
  const channels = { webhook: undefined, mail: undefined, log: (line: string) => void log.push(line) };
  await notify(channels, NEWS, '2028-01-01T00:00:00Z');
  expect(log).toHaveLength(1);
  await notify({ ...channels, show: (news) => void shown.push(news) }, NEWS, '2028-01-01T00:00:00Z');
  expect([log.length, shown]).toEqual([1, [NEWS]]);
});

// prettier-ignore
test.each([
  ['nobody listens',              `http://127.0.0.1:47119/${SECRET}`,               /ECONNREFUSED/],
  ['there is no such host',       `http://nowhere.invalid/${SECRET}`,           /ENOTFOUND|EAI_AGAIN/],
  ['the scheme is mistyped',      `htps://hooks.example.org/${SECRET}`,         /应为 http:\/\/ 或 https:\/\//],
  ['the scheme is missing',       `hooks.example.org/send?key=${SECRET}`,       /应为 http/],
  ['with a blank in the host',    `https://hooks example.org/${SECRET}`,        /应为 http/],
  ['with a login',                `https://user:${SECRET}@hooks.example.org/`,  /不含用户名和密码/],
  ['a port that fetch refuses',   `http://127.0.0.1:1/${SECRET}`,               /ECONNREFUSED|无法发送/],
])('a webhook: %s', async (_what, webhook, reason) => {
  const line = await logOf({ webhook });
  expect(line).toMatch(/^FUND_WEBHOOK_URL 未能送达：/);
  expect(line).toMatch(reason);
  expect(line).not.toMatch(/4711|example|nowhere|fetch failed/);
});

// prettier-ignore
test.each([
  ['a program that is not there', `no-such-mailer -p ${SECRET}`,                           /exit 127：.*not found/],
  ['its last words',              `echo first >&2; echo "refused: ${SECRET}" >&2; exit 3`, /exit 3：.*…$/],
  ['no word',                     'exit 4',                                                /exit 4$/],
])('a mail command: %s', async (_what, mail, reason) => {
  const line = await logOf({ mail });
  expect(line).toMatch(/^FUND_MAIL_COMMAND 未能送达：/);
  expect(line).toMatch(reason);
  expect(line).not.toMatch(/4711|no-such-mailer|first/);
});
