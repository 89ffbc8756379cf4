/** One cycle per year, whatever starts it: simultaneous runs, starts by hand as in the Temporal UI, another pack. */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { Decimal } from 'decimal.js';
import type { Command } from '../../scripts/trials/campaign/command';
import { Home } from '../../scripts/trials/campaign/home';
import { differingFiles } from '../../scripts/trials/campaign/results';
import type { System } from '../../servers';
import type { YearEnd } from '../../workflows/fund-year';
import { TASK_QUEUE } from '../../workflows/task-queue';
import { caseNamed } from './cases';
import { changedPack, movedByYears } from './changed-pack';
import { type Row, readTable } from './result-table';

jest.setTimeout(300_000);

const year = caseNamed('two-areas-2028');
const CYCLE = 'fund-year-2028';

let home: Home;
let connection: Connection;
let temporal: Client;

beforeAll(async () => {
  home = new Home();
  const { stdout } = await home.fund('up', '--json');
  const { temporalAddress, temporalNamespace } = JSON.parse(stdout) as System;
  connection = await Connection.connect({ address: temporalAddress });
  temporal = new Client({ connection, namespace: temporalNamespace });
});
afterAll(async () => {
  await connection.close();
  await home.remove();
});

/** Starts the year as a person would in the Temporal UI, and waits for the outcome. */
const startByHand = (workflowId: string): Promise<YearEnd> =>
  temporal.workflow.execute('fundYear', { workflowId, taskQueue: TASK_QUEUE, args: [{ year: year.year }] });

/** The cycles that have done any work. One that ended with a pointer to another cycle has no children. */
async function cycles(): Promise<string[]> {
  const opened = new Set<string>();
  for await (const { workflowId, runId } of temporal.workflow.list({ query: `WorkflowType = 'fundYear'` })) {
    const { events } = await temporal.workflow.getHandle(workflowId, runId).fetchHistory();
    const children = events?.filter((event) => event.childWorkflowExecutionStartedEventAttributes);
    if ((children?.length ?? 0) > 1) opened.add(workflowId);
  }
  return [...opened];
}

test('started by hand before there is a pack, it ends and says what is missing', async () => {
  expect(await startByHand('by-hand-before')).toMatchObject({ outcome: 'not this one', cycle: CYCLE });
  const missing = { outcome: 'not this one', note: expect.stringContaining('尚未导入数据') as string };
  expect(await temporal.workflow.getHandle(CYCLE).result()).toMatchObject(missing);
  expect(await startByHand(CYCLE)).toMatchObject(missing);
});

test('two runs at once, and starts by hand beside them: one cycle, equal bytes, and the second run says that it follows', async () => {
  const [here, there] = [home.out, join(home.folder, 'there')];
  const runs: [Command, Command] = [home.startRun(year), home.startRun(year, '--out', there)];
  await Promise.race(runs.map((run) => run.says('2028-01-')));
  expect(await startByHand('by-hand-meanwhile')).toMatchObject({
    outcome: 'not this one',
    note: expect.stringContaining(`one cycle per year: see ${CYCLE}`) as string,
  });
  await expect(startByHand(CYCLE)).rejects.toThrow(WorkflowExecutionAlreadyStartedError);

  const [one, other] = await Promise.all(runs.map((run) => run.ended));
  expect([one, other]).toMatchObject([{ code: 0 }, { code: 0 }]);
  expect(differingFiles(here, there)).toEqual([]);
  const following = [one, other].filter((run) => run?.stdout.includes(`following the running cycle ${CYCLE}`));
  expect(following).toHaveLength(1);
  expect(await cycles()).toEqual([CYCLE]);
});

test.each([CYCLE, 'by-hand-after'])(
  'started by hand as %s after the closing, it ends and nothing changes',
  async (id) => {
    const before = join(home.folder, `before-${id}`);
    cpSync(home.out, before, { recursive: true });
    expect(await startByHand(id)).toMatchObject({ outcome: 'not this one', cycle: CYCLE });
    expect((await home.run(year)).code).toBe(0);
    expect(differingFiles(before, home.out)).toEqual([]);
    expect(await cycles()).toEqual([CYCLE]);
  },
);

test('the same year with another pack is refused, naming the files that differ', async () => {
  const pack = changedPack(year.pack, join(home.folder, 'another'), (file, text) =>
    file === 'actuals.csv' ? text.replace(/,850\.00/, ',850.01') : text,
  );
  writeFileSync(join(pack, 'parameters.json'), '{}');
  const { code, stderr } = await home.run({ pack, year: 2028 });
  expect(code).toBe(1);
  expect(stderr).toContain('actuals.csv 不同 (differs)');
  expect(stderr).toContain('parameters.json 新增 (is new)');
  expect(stderr).not.toContain('history.csv');
  expect(stderr).toContain('FUND_HOME');
});

describe('the next year', () => {
  test('is refused, and not stored, when its opening is not the closing of this one', async () => {
    const { code, stderr } = await home.run({ pack: packOfNextYear('wrong'), year: 2029 });
    expect(code).toBe(1);
    expect(stderr).toMatch(/文件 opening\.csv 第 \d+ 行 .*150100 employee pooled 60\.00.*opening_mismatch/);
    expect(stderr).toContain('文件 adjustment_fund.csv');
    expect(stderr).not.toMatch(/\n\s+at /);
    const verified = await home.fund('verify', '--year', '2029');
    expect(verified).toMatchObject({ code: 1, stderr: expect.stringContaining('no such fund year') as string });
  });

  test('runs when it is', async () => {
    const { code, stderr } = await home.run({ pack: packOfNextYear('right', closings()), year: 2029 });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

test('the servers that `up` started stay until `down`, which leaves no process', async () => {
  expect((await home.fund('down')).code).toBe(0);
  expect(await home.leftBehind()).toEqual([]);
});

/** The same pack a year later, with the given openings. */
function packOfNextYear(name: string, openings: Record<string, string> = {}): string {
  return changedPack(year.pack, join(home.folder, name), (file, text) => openings[file] ?? movedByYears(text, 1));
}

/** The closing of the year as opening files of the next one: the special account less the unmatched payments. */
function closings(): Record<string, string> {
  const balances = readTable(join(home.out, 'balances.csv')).rows;
  const closing = ({ entity, scheme, part, balance = '' }: Row): string => {
    const unmatched = balances.find(
      (row) => row.account === '待核对款' && row.entity === entity && row.scheme === scheme && row.part === part,
    );
    return new Decimal(balance).minus(unmatched?.balance ?? 0).toFixed(2);
  };
  const accounts = balances.filter(({ account }) => account === '财政专户存款');
  const [region, areas] = [
    accounts.filter(({ entity }) => entity === 'region'),
    accounts.filter(({ entity }) => entity !== 'region'),
  ];
  return {
    'opening.csv': [
      'area,scheme,part,year,accumulated_surplus',
      ...areas.map((row) => `${row.entity},${row.scheme},${row.part},2029,${closing(row)}`),
    ].join('\n'),
    'adjustment_fund.csv': [
      'scheme,year,opening_balance,interest',
      ...region.map((row) => `${row.scheme},2029,${closing(row)},0`),
    ].join('\n'),
  };
}
