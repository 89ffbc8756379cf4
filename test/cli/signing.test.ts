/**
 * From a new system to a signed act, by the commands alone: the owner names the first two, they and the others get their keys, two
 * appoint, and the office that is asked acts. Nobody else can.
 */
import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { type Database, connect } from '../../db/connect';
import { select } from '../../db/rows';
import { waitingTasks } from '../../db/tasks';
import { cycleStartOf } from '../../parameters';
import { beijingDate } from '../../rules/beijing-time';
import { Home } from '../../scripts/trials/campaign/home';
import type { System } from '../../servers';
import { postgresPort, postgresUrl } from '../../servers/postgres';
import { until } from '../../servers/wait';
import { THIS_YEAR } from '../live/live-years';
import { caseNamed } from '../year/cases';
import { changedPack, movedByYears } from '../year/changed-pack';

jest.setTimeout(240_000);

const YEAR = String(THIS_YEAR);
/** Offices in which two people sit. */
const SUCCESSORS = `nm-security-2,萨仁,region_security,
nm-security-3,其其格,region_security,
nm-government-2,白雪,region_government,
`;
const home = new Home();
let database: Database;
let client: Client;

beforeAll(async () => {
  const { temporalAddress } = JSON.parse((await home.fund('up', '--json')).stdout) as System;
  database = connect(postgresUrl(home.folder, postgresPort(home.folder) as number), 'reader', 2);
  client = new Client({ connection: await Connection.connect({ address: temporalAddress }) });
});
afterAll(async () => {
  await client.connection.close();
  await database.destroy();
  await home.fund('down');
  await home.remove();
});

/** What a command that must succeed prints. */
async function fund<Printed>(...args: string[]): Promise<Printed> {
  const { code, stdout, stderr } = await home.fund(...args, '--json');
  if (code !== 0) throw new Error(`fund ${args.join(' ')}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as Printed;
}
const refusal = async (...args: string[]): Promise<string> => {
  const { code, stderr } = await home.fund(...args);
  expect(code).toBe(1);
  return stderr.trim();
};
async function enrol(operator: string): Promise<void> {
  const { code } = await fund<{ code: string }>('enrol', operator);
  expect(await fund('key', code)).toMatchObject({ operator });
}
interface Holding {
  operator: string;
  appointed_on: string | null;
  until: string | null;
  keys: string[];
}
const operators = async (): Promise<Map<string, Holding>> =>
  new Map((await fund<Holding[]>('operators', '--year', YEAR)).map((holding) => [holding.operator, holding]));

test('a file of operators proposes; the first two are named by the owner, and they appoint the others', async () => {
  const { pack, year: of } = caseNamed('two-areas-2028');
  const moved = changedPack(pack, join(home.folder, 'pack'), (file, text) =>
    file === 'operators.csv' ? `${text.trimEnd()}\n${SUCCESSORS}` : movedByYears(text, THIS_YEAR - of),
  );
  await fund('import', moved, '--year', YEAR);
  const proposed = await operators();
  expect([...proposed.values()].map(({ appointed_on }) => appointed_on)).toEqual([...proposed].map(() => null));

  expect(await refusal('appoint', '--year', YEAR, '--first', 'nm-finance')).toMatch(
    /没有待任命的自治区医保局工号 nm-finance/,
  );
  await fund('appoint', '--year', YEAR, '--first', 'nm-security', 'nm-security-2');
  expect(await refusal('appoint', '--year', YEAR, '--first', 'nm-security-3')).toMatch(/已有两名任职人员/);

  const { list, appointees } = await fund<{ list: string; appointees: object[] }>('appoint', '--year', YEAR);
  expect(appointees).toHaveLength(proposed.size - 2);
  const APPOINT = ['appoint', '--year', YEAR, '--reason', '内医保发〔2026〕1号', '--list', list.slice(0, 12)];
  expect(await refusal(...APPOINT.slice(0, -1), '00000000', '--as', 'nm-security')).toMatch(/^待任命名单已变/);
  expect(await refusal(...APPOINT, '--as', 'nm-security')).toMatch(/^没有工号 nm-security 的私钥/);
  for (const operator of ['nm-security', 'nm-security-2']) await enrol(operator);
  expect(await fund(...APPOINT, '--as', 'nm-security')).toMatchObject({ done: false, by: ['nm-security'] });
  expect(await fund(...APPOINT, '--as', 'nm-security')).toMatchObject({ done: false, by: ['nm-security'] });
  expect((await operators()).get('sec-150100')?.appointed_on).toBeNull();
  expect(await fund(...APPOINT, '--as', 'nm-security-2')).toMatchObject({ done: true });
  expect((await operators()).get('sec-150100')?.appointed_on).toBe(beijingDate(new Date()));
  expect(
    await select(database, 'select distinct matter like :like as by_two from fund.appointment', { like: 'appoint/%' }),
  ).toHaveLength(2);
});

test('a private key is readable by its owner alone, and not used where it is not', async () => {
  await enrol('sec-150100');
  const file = join(home.keys, 'sec-150100.pem');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(home.keys).sort()).toEqual(['nm-security-2.pem', 'nm-security.pem', 'sec-150100.pem']);
  chmodSync(file, 0o640);
  expect(
    await refusal(
      'extend',
      '--as',
      'sec-150100',
      '--year',
      YEAR,
      '--area',
      '150100',
      '--until',
      `${YEAR}-02-15`,
      '--document',
      '1号',
    ),
  ).toMatch(/可被他人读取：请先 chmod 600/);
  chmodSync(file, 0o600);
});

test('a task is acted on by the office that holds it, with its key; the same act pasted into the Temporal UI counts too', async () => {
  await fund('start', '--year', YEAR);
  const budgets = async () =>
    (await waitingTasks(database, cycleStartOf, THIS_YEAR)).filter(
      ({ kind, of_area }) => kind === 'submit' && of_area === '150100',
    );
  expect(await until(async () => (await budgets()).length === 2, { within: 60_000 })).toBe(true);
  const submit = ['--year', YEAR, '--area', '150100', '--scheme', 'employee', '--version', '1'];
  expect(await refusal('submit', '--as', 'fin-150100', ...submit)).toMatch(/^没有工号 fin-150100 的私钥/);
  const { next } = await fund<{ next: { task: string; workflow_id: string }[] }>(
    'submit',
    '--as',
    'sec-150100',
    ...submit,
  );
  expect(next).toMatchObject([{ role: 'area_finance' }]);

  await enrol('fin-150100');
  const { task, workflow_id } = next[0] as { task: string; workflow_id: string };
  const signed = await fund<object>(
    'sign',
    'approve',
    '--as',
    'fin-150100',
    '--task',
    task,
    '--document',
    '东政函〔1〕号',
  );
  const page = client.workflow.getHandle(workflow_id);
  const forged = { ...signed, document: '东政函〔2〕号' };
  await expect(page.executeUpdate('act', { args: [forged] })).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/^签名与所办的内容不符/) as unknown },
  });
  await page.executeUpdate('act', { args: [signed] });
  expect(await select(database, 'select operator, document from fund.decision where task = :task', { task })).toEqual([
    { operator: 'fin-150100', document: '东政函〔1〕号' },
  ]);
  rmSync(join(home.keys, 'fin-150100.pem'));
});

test('a key is revoked by two of the region’s government, and a leaver is out after his last day', async () => {
  for (const operator of ['nm-government', 'nm-government-2']) await enrol(operator);
  const [{ key }] = (await select<{ key: string }>(
    database,
    `select key from fund.operator_key where operator = 'fin-150100'`,
  )) as [{ key: string }];
  const revoke = ['revoke-key', key, '--reason', '遗失', '--as'];
  expect(await refusal(...revoke, 'nm-security')).toMatch(/须由自治区人民政府的两人办理，工号 nm-security 不是/);
  expect(await fund(...revoke, 'nm-government')).toMatchObject({ done: false });
  expect(await fund(...revoke, 'nm-government-2')).toMatchObject({ done: true });
  expect((await operators()).get('fin-150100')?.keys).toEqual([]);
  await enrol('fin-150100'); // the old one is revoked: a new one may be registered

  const leave = ['end-office', 'fin-150100', '--year', YEAR, '--until', '2026-01-31', '--reason', '调离', '--as'];
  expect(await fund(...leave, 'nm-security')).toMatchObject({ done: false });
  expect(await fund(...leave, 'nm-security-2')).toMatchObject({ done: true });
  expect((await operators()).get('fin-150100')?.until).toBe('2026-01-31');
  const checked = await fund<{ name: string; holds: boolean }[]>('verify', '--year', YEAR);
  expect(checked.find(({ name }) => name === 'signatures')).toMatchObject({ holds: true });
});
