/**
 * Imports on their own task queue: given up, left by their command, killed with their worker, and brought by the inbox. Whatever
 * happens, a folder is taken once and whole, or not at all.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { type Database, connect, inTransaction } from '../../db/connect';
import { addLiveYear, lockYear, markClosed } from '../../db/fund-year';
import { execute, select } from '../../db/rows';
import { WATCHDOG } from '../../rules/keys';
import { Home } from '../../scripts/trials/campaign/home';
import type { System } from '../../servers';
import { postgresPort, postgresUrl } from '../../servers/postgres';
import { pidsOf } from '../../servers/use';
import { until } from '../../servers/wait';
import { TASK_QUEUE } from '../../workflows/task-queue';
import { MARK } from '../live/marked-persons';
import { YEAR, removePacks, smallPack, without, writePack } from '../pack/builder';

jest.setTimeout(180_000);

const inbox = mkdtempSync(join(tmpdir(), 'fund-inbox-'));
const home = new Home({ FUND_INBOX: inbox });
let database: Database;
let client: Client;

beforeAll(async () => {
  const { temporalAddress } = JSON.parse((await home.fund('up', '--json')).stdout) as System;
  database = connect(postgresUrl(home.folder, postgresPort(home.folder) ?? 0), 'owner');
  client = new Client({ connection: await Connection.connect({ address: temporalAddress }) });
  await inTransaction(database, (trx) => addLiveYear(trx, YEAR));
});
afterAll(async () => {
  await client.connection.close();
  await database.destroy();
  await home.remove();
  rmSync(inbox, { recursive: true, force: true });
  removePacks();
});

const PERSONS = ['resident_roll.csv', 'resident_payments.csv'];
const payment = (receipt: string): string =>
  `${receipt},${MARK}-1,150100,${YEAR},400.00,${YEAR - 1}-10-01T09:00:00+08:00,payment,`;
const payments = (...rows: string[]): string =>
  `receipt,person,area,coverage_year,amount,paid_at,kind,original_receipt\n${rows.join('\n')}\n`;

const receipts = async (): Promise<string[]> =>
  (await select<{ receipt: string }>(database, 'select receipt from fund.received_payment order by 1')).map(
    ({ receipt }) => receipt,
  );

/** Holds the year, so that an import waits in its transaction, until `act` is done. */
const whileHeld = <T>(act: () => Promise<T>): Promise<T> =>
  inTransaction(database, async (trx) => {
    await lockYear(trx, YEAR);
    return act();
  });
const isWaiting = async (): Promise<boolean> => (await execute(database, `select from pg_locks where not granted`)) > 0;
const underWay = async (): Promise<string[]> => {
  const { imports } = JSON.parse((await home.fund('show', '--year', String(YEAR), '--json')).stdout) as {
    imports: { workflow: string }[];
  };
  return imports.map(({ workflow }) => workflow);
};

test('a pack without its persons is taken', async () => {
  const { code, stdout } = await home.fund(
    'import',
    writePack(without(smallPack(), ...PERSONS)),
    '--year',
    String(YEAR),
  );
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringContaining('areas.csv：新增 3，更正 0，未变 0') as string,
  });
});

test('a check says what an import would take, and takes nothing; of a file that is not read it says why', async () => {
  const folder = writePack({
    'resident_payments.csv': payments(payment('R1')),
    'BANNERS.CSV': 'x',
    'history.xlsx': 'x',
  });
  const check = await home.fund('import', folder, '--year', String(YEAR), '--check');
  expect(check.code).toBe(0);
  expect(check.stdout).toContain('resident_payments.csv：新增 1，更正 0，未变 0');
  expect(check.stdout).toContain('未读 BANNERS.CSV：文件名应为小写 banners.csv');
  expect(check.stdout).toMatch(/未读 history\.xlsx：另存为“CSV UTF-8（逗号分隔）”/);
  expect(check.stdout).toMatch(/核对通过，\d+ 年度未导入任何数据/);
  expect(await receipts()).toEqual([]);
});

test('what is wrong with a file is said to the person, and the history does not quote the file', async () => {
  const roll = `person,area,banner,group,coverage_year\nP1,${MARK},150121,ordinary,${YEAR}\n`;
  const { code, stderr } = await home.fund('import', writePack({ 'resident_roll.csv': roll }), '--year', String(YEAR));
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`resident_roll.csv 第 2 行 area 列：“${MARK}”`));
  expect(stderr).toContain('共 1 处问题');
  const histories: string[] = [];
  for await (const { workflowId, runId } of client.workflow.list({ query: `WorkflowType = 'importFiles'` })) {
    histories.push(textOf(await client.workflow.getHandle(workflowId, runId).fetchHistory()));
  }
  expect(histories.filter((history) => history.includes('"faults":1'))).toHaveLength(1);
  expect(histories.filter((history) => history.includes(MARK))).toEqual([]);
});

test('a folder without any file of a pack: the names that there are and those that are known', async () => {
  const { code, stderr } = await home.fund('import', writePack({ 'MEDICAL_AID.csv': 'x' }), '--year', String(YEAR));
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /应为含有数据包文件的文件夹：areas\.csv、.*resident_payments\*\.csv.*MEDICAL_AID\.csv：文件名应为小写 medical_aid\.csv/,
  );
});

/** A history as text, with what its payloads hold. */
const textOf = (history: Parameters<typeof historyToJSON>[0]): string =>
  historyToJSON(history).replace(/"data": ?"([^"]*)"/g, (_, data: string) =>
    Buffer.from(data, 'base64').toString('utf8'),
  );

test('Ctrl-C gives an import up: nothing of it is taken, and its lock is gone', async () => {
  const folder = writePack({ 'resident_payments.csv': payments(payment('R1')) });
  const ended = await whileHeld(async () => {
    const command = home.start('import', folder, '--year', String(YEAR));
    expect(await until(isWaiting, { within: 60_000 })).toBe(true);
    expect(await underWay()).toHaveLength(1);
    command.signal('SIGINT');
    return command.ended;
  });
  expect(ended.stderr).toContain('已取消，未导入任何数据');
  expect(ended.code).toBe(130);
  expect(await isWaiting()).toBe(false);
  expect(await receipts()).toEqual([]);
  expect(await underWay()).toEqual([]);
});

test('a command that is killed leaves its import to the worker; the next command finds it', async () => {
  const folder = writePack({ 'resident_payments.csv': payments(payment('R1')) });
  const second = await whileHeld(async () => {
    const first = home.start('import', folder, '--year', String(YEAR));
    expect(await until(isWaiting, { within: 60_000 })).toBe(true);
    first.signal('SIGKILL');
    await first.ended;
    const [workflow] = await underWay();
    const command = home.start('import', folder, '--year', String(YEAR));
    await until(async () => command.isOver || (await underWay()).length > 1, { within: 3000 });
    expect(await underWay()).toEqual([workflow]);
    return command;
  });
  expect(await second.ended).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('resident_payments.csv：新增 1，更正 0，未变 0') as string,
  });
  expect(await receipts()).toEqual(['R1']);
});

test('an import whose worker is killed is begun again by the next worker', async () => {
  const folder = writePack({ 'resident_payments.csv': payments(payment('R1'), payment('R2')) });
  const command = await whileHeld(async () => {
    const started = home.start('import', folder, '--year', String(YEAR));
    expect(await until(isWaiting, { within: 60_000 })).toBe(true);
    for (const pid of pidsOf(home.folder).worker) process.kill(pid, 'SIGKILL');
    // The session of the killed one ends although the lock that it waits for is still held.
    expect(await until(async () => !(await isWaiting()), { within: 10_000 })).toBe(true);
    await home.fund('up');
    return started;
  });
  expect(await command.ended).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('resident_payments.csv：新增 1，更正 0，未变 1') as string,
  });
  expect(await receipts()).toEqual(['R1', 'R2']);
});

/** Leaves a file in the inbox that nobody has written to for two minutes. */
function leave(name: string, content: string): void {
  writeFileSync(join(inbox, name), content);
  const then = Date.now() / 1000 - 120;
  utimesSync(join(inbox, name), then, then);
}

/** Lets the watchdog look, and waits until the inbox is taken. */
async function watch(): Promise<unknown> {
  await client.workflow.execute('watchdog', { workflowId: WATCHDOG, taskQueue: TASK_QUEUE });
  return client.workflow.getHandle('fund-inbox').result();
}
const namesIn = (folder: string): string[] =>
  existsSync(join(inbox, folder))
    ? readdirSync(join(inbox, folder))
        .map((name) => name.replace(/^\d+_/, ''))
        .sort()
    : [];
const reportOn = (folder: string, name: string): string => {
  const file = readdirSync(join(inbox, folder)).find((known) => known.endsWith(`_${name}.report.txt`));
  return readFileSync(join(inbox, folder, file ?? ''), 'utf8');
};

test('files in the inbox are imported; one with a fault is refused with its report, and keeps no other back', async () => {
  mkdirSync(join(inbox, 'folder-of-others'));
  leave('resident_payments_3.csv', payments(payment('R3')));
  leave('resident_payments_4.csv', 'receipt,person\nR4,P\n');
  leave('letter.txt', 'Dear colleague');
  writeFileSync(join(inbox, 'resident_payments_5.csv'), payments(payment('R5'))); // still being written
  expect(await watch()).toEqual({ taken: 1, refused: 1 });
  expect(await receipts()).toEqual(['R1', 'R2', 'R3']);
  expect(namesIn('done')).toEqual(['resident_payments_3.csv', 'resident_payments_3.csv.report.txt']);
  expect(namesIn('refused')).toEqual([
    'letter.txt',
    'letter.txt.report.txt',
    'resident_payments_4.csv',
    'resident_payments_4.csv.report.txt',
  ]);
  expect(reportOn('done', 'resident_payments_3.csv')).toBe('resident_payments_3.csv：新增 1，更正 0，未变 0\n');
  expect(reportOn('refused', 'resident_payments_4.csv')).toMatch(/resident_payments_4.csv 第 1 行.*\n[^]*未导入/);
  expect(reportOn('refused', 'letter.txt')).toMatch(/文件名不在数据包规定之列/);
  expect(namesIn('')).toEqual(['done', 'folder-of-others', 'refused', 'resident_payments_5.csv', 'taking']);
});

test('the same file once more changes nothing, and says so', async () => {
  leave('resident_payments_again.csv', payments(payment('R3')));
  expect(await watch()).toEqual({ taken: 1, refused: 0 });
  expect(reportOn('done', 'resident_payments_again.csv')).toBe('resident_payments_again.csv：新增 0，更正 0，未变 1\n');
  expect(await receipts()).toEqual(['R1', 'R2', 'R3']);
});

test('while two years are open, a file belongs into the folder of its year', async () => {
  await inTransaction(database, (trx) => addLiveYear(trx, YEAR + 1));
  leave('resident_payments_6.csv', payments(payment('R6')));
  await client.workflow.execute('watchdog', { workflowId: WATCHDOG, taskQueue: TASK_QUEUE });
  expect(reportOn('refused', 'resident_payments_6.csv')).toMatch(
    new RegExp(`${YEAR}、${YEAR + 1}：放入以年度命名的文件夹`),
  );
  mkdirSync(join(inbox, String(YEAR)));
  leave(join(String(YEAR), 'resident_payments_6.csv'), payments(payment('R6')));
  await client.workflow.execute('watchdog', { workflowId: WATCHDOG, taskQueue: TASK_QUEUE });
  expect(await client.workflow.getHandle(`fund-inbox-${YEAR}`).result()).toEqual({ taken: 1, refused: 0 });
  expect(await receipts()).toEqual(['R1', 'R2', 'R3', 'R6']);
});

test('an import into a closed year is refused in words', async () => {
  await inTransaction(database, (trx) => addLiveYear(trx, YEAR - 1));
  await inTransaction(database, (trx) => markClosed(trx, YEAR - 1, `${YEAR}-05-31`));
  const folder = writePack({ 'areas.csv': smallPack()['areas.csv'] ?? '' });
  const { code, stderr } = await home.fund('import', folder, '--year', String(YEAR - 1));
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`${YEAR - 1} 年度已`) as string });
  expect(stderr).toMatch(/共 \d+ 处问题/);
});

test('a folder that the worker cannot read is refused with the place of the worker', async () => {
  const { code, stderr } = await home.fund('import', join(inbox, 'nowhere'), '--year', String(YEAR));
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining(`${hostname()} 上的工作进程`) as string,
  });
});
