/** The page of a live year: what waits for two people beside its workflow, and no way to move its date. */
import { type WorkflowHandle } from '@temporalio/client';
import { defineQuery } from '@temporalio/workflow';
import { freeze } from '../../activities/joint-acts';
import { showWaits } from '../../activities/watch/beside';
import { beginLiveYear } from '../../db/fund-year';
import { execute } from '../../db/rows';
import { beijingDate } from '../../rules/beijing-time';
import { fundYearId } from '../../rules/keys';
import { until } from '../../servers/wait';
import { advance } from '../../workflows/business-date';
import { type TestDatabase, testDatabase } from '../database';
import { detailsOf } from './page';
import { type Stage, stage } from './stage';

jest.setTimeout(60_000);

const YEAR = 2959;
let database: TestDatabase;
let theatre: Stage;
let year: WorkflowHandle;
beforeAll(async () => {
  database = await testDatabase();
  await beginLiveYear(database.pool, YEAR);
  await execute(
    database.pool,
    `insert into fund.operator (fund_year, operator, name, role, line)
     select :year, operator, operator, 'region_security', 2 from unnest(array['s-1', 's-2']) as operator`,
    { year: YEAR },
  );
  await database.signers.appoint(YEAR);
  const claimed = 'update fund.fund_year set workflow_id = :id, first_run_id = :id where year = :year';
  await execute(database.pool, claimed, { year: YEAR, id: fundYearId(YEAR) });
  theatre = await stage({ openYear: () => ({ outcome: 'no areas yet', live: true, cycleStart: '2958-09-01' }) });
  year = await theatre.client.workflow.start('fundYear', {
    workflowId: fundYearId(YEAR),
    taskQueue: theatre.taskQueue,
    args: [{ year: YEAR }],
  });
  const isWaiting = async (): Promise<boolean> => (await detailsOf(year))['等待']?.includes('areas.csv') ?? false;
  expect(await until(isWaiting, { within: 30_000, every: 50 })).toBe(true);
});
afterAll(async () => {
  await year.terminate();
  await theatre.leave();
  await database.drop();
});

const show = () => showWaits(database.pool, theatre.client, beijingDate(new Date()));
const signals = async (): Promise<number> =>
  ((await year.fetchHistory()).events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes != null)
    .length;

test('it shows what waits, is told once, and forgets it when nothing waits any more', async () => {
  const matter = { year: YEAR, from: '2959-01-01', until: '2959-01-02', reason: '审计' };
  await freeze(database.pool, { ...matter, operator: 's-1' }, database.signers.sign);
  for (let look = 1; look <= 3; look += 1) await show();
  const page = await detailsOf(year);
  expect(page['另待办理']).toMatch(
    /^自治区医保局：冻结 2959 年度 2959-01-01 至 2959-01-02：等待第二人办理，截止 \d{4}-\d\d-\d\d。/,
  );
  expect(page['等待']).toContain('areas.csv');
  expect(await signals()).toBe(1);
  await freeze(database.pool, { ...matter, operator: 's-2' }, database.signers.sign);
  await show();
  expect(await detailsOf(year)).not.toHaveProperty('另待办理');
  await show();
  expect(await signals()).toBe(2);
});

test('the Temporal UI offers no Update that moves its date, and none is taken', async () => {
  const metadata = defineQuery<{ definition: { updateDefinitions: { name: string }[] } }>(
    '__temporal_workflow_metadata',
  );
  const { definition } = await year.query(metadata);
  expect(definition.updateDefinitions.map(({ name }) => name)).toEqual(['act']);
  const moved = year.executeUpdate(advance, { args: [{ date: '2959-01-01' }] });
  await expect(moved).rejects.toThrow();
});
