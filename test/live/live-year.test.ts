/**
 * 正式年度: one area's year on durable timers, under the real server's time skipping, its worker killed while it waits. It comes to
 * the figures of a run on the same files.
 *
 * The server gives each workflow a clock of its own, and skips every wait that has nothing but a timer: nobody can submit a
 * budget before its deadline, so the area has budgets directed by their income.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import type { Pool } from 'pg';
import { connect } from '../../db/connect';
import { type OpenTask, type PackOperator, openTasks, operatorsOf } from '../../db/tasks';
import { yearStatus } from '../../db/year';
import { readPack } from '../../pack';
import { Home } from '../../scripts/campaign/home';
import { writeResults } from '../../scripts/result-files';
import type { System } from '../../servers';
import { postgresPort, postgresUrl } from '../../servers/postgres';
import { pidsOf } from '../../servers/system';
import { until } from '../../servers/wait';
import { TASK_QUEUE, fundYearId } from '../../workflows/ids';
import { act } from '../../workflows/people';
import { liveThrough } from '../activities/live-through';
import { type TestDatabase, testDatabase } from '../database';
import { caseNamed } from '../year/cases';
import { changedPack, movedByYears } from '../year/changed-pack';
import { compareResults } from '../year/compare-results';
import { timeSkippingConnection } from './time-skipping';

jest.setTimeout(300_000);

const AREA = '150100';
/** The year whose cycle is under way now: its first waits are over, the others lie ahead. */
const YEAR = Number(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 4)) + 1;
const DECISIONS = {
  approve: 'approve',
  accept_finding: 'accept',
  record_method: 'record',
  import: 'accept', // 零报送: the pack has actuals for two months only
} as const;

const home = new Home();
let pack: string;
let pool: Pool;
let address: string;
let scratch: TestDatabase;

/** One area of a pack, without a submission. */
function onlyOneArea(file: string, text: string): string {
  const [header = '', ...rows] = text.split('\n');
  if (file === 'budget_submissions.csv') return `${header}\n`;
  const column = header.split(',').indexOf('area');
  const kept = rows.filter((row) => column < 0 || ['', AREA].includes(row.split(',')[column] ?? ''));
  return [header, ...kept].join('\n');
}

beforeAll(async () => {
  const source = caseNamed('two-areas-2028');
  pack = changedPack(source.pack, join(home.folder, 'pack'), (file, text) =>
    movedByYears(onlyOneArea(file, text), YEAR - source.year),
  );
  address = (JSON.parse((await home.fund('up', '--json')).stdout) as System).temporalAddress;
  pool = connect(postgresUrl(home.folder, postgresPort(home.folder) as number), 'worker', 4);
  scratch = await testDatabase();
});
afterAll(async () => {
  await pool.end();
  await scratch.drop();
  await home.fund('down');
  await home.remove();
});

test('a live year comes to the figures of a run, though its worker is killed while it waits', async () => {
  expect((await home.fund('import', pack, '--year', String(YEAR))).code).toBe(0);

  const skipping = await timeSkippingConnection(address);
  await new Client({ connection: skipping }).workflow.start('fundYear', {
    workflowId: fundYearId(YEAR),
    taskQueue: TASK_QUEUE,
    args: [{ year: YEAR }],
  });
  await until(async () => (await openTasks(pool, YEAR)).length > 0, { within: 60_000 });
  for (const pid of pidsOf(home.folder).worker) process.kill(pid, 'SIGKILL');
  expect((await home.fund('up')).code).toBe(0);

  await actUntilClosed();
  await skipping.close();
  const live = join(home.folder, 'live');
  await writeResults(pool, YEAR, live);

  const read = await readPack(pack, YEAR);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  await liveThrough(scratch.pool, read.pack);
  const run = join(home.folder, 'run');
  await writeResults(scratch.pool, YEAR, run);
  expect(compareResults(run, live)).toEqual([]);
});

/** The area's and the region's people do what waits for them, whenever it does. */
async function actUntilClosed(): Promise<void> {
  const connection = await Connection.connect({ address });
  const { workflow } = new Client({ connection });
  const operators = await operatorsOf(pool, YEAR);
  const perform = async (task: OpenTask): Promise<void> => {
    if (task.kind === 'submit') return;
    const { operator } = operators.find(
      ({ role, area }: PackOperator) => role === task.role && area === task.area,
    ) as PackOperator;
    const given = { task: task.task, operator, figuresHash: task.figures_hash, document: '文号〔1〕' };
    const args = [{ ...given, decision: DECISIONS[task.kind] }] as const;
    // A question may be asked again a moment later, or not be asked yet: then it is still there at the next look.
    await workflow
      .getHandle(task.workflow_id)
      .executeUpdate(act, { args: [...args] })
      .catch(() => undefined);
  };
  while ((await yearStatus(pool, YEAR)) !== 'closed') {
    for (const task of await openTasks(pool, YEAR)) await perform(task);
    await pause(200);
  }
  await connection.close();
}
