/**
 * 无办法不拨付: while a value of levy or sharing is assumed, a live year pays nothing into its adjustment funds or out of them. The wait is
 * a task of the region's government; it ends when the document is recorded, or when every value is decided by a document of its own.
 */
import { announceImports } from '../../activities/announce-imports';
import { selectOne } from '../../db/rows';
import { waitingLink } from '../../db/tasks';
import type { FundActivities } from '../../activities';
import { pinnedParameters } from '../../db/parameters';
import { isOfLevyOrShare } from '../../parameters';
import { adjustmentId, chainKey } from '../../rules/keys';
import { news } from '../../workflows/business-date';
import type { levyAndShare } from '../../workflows/levy-and-share';
import { importInto, recordMethod } from '../activities/live-files';
import type { TestDatabase } from '../database';
import { type Stage, stage } from '../workflows/stage';
import { waitingYear, waitsFor } from './waiting-year';

jest.setTimeout(90_000);

const YEAR = 2059;
let database: TestDatabase;
let fund: FundActivities;
let theatre: Stage;
beforeEach(async () => {
  ({ database, fund } = await waitingYear('two-areas-2028', YEAR - 2028, 'live'));
  await fund.openBooks({ year: YEAR, date: `${YEAR}-01-01` });
  theatre = await stage(fund);
});
afterEach(async () => {
  await theatre.leave();
  await database.drop();
});

const pay = () => fund.payInstalment({ year: YEAR, scheme: 'employee', quarter: 1, date: `${YEAR}-01-10` });
const simulation = async () =>
  (await selectOne<{ simulation: boolean }>(database.pool, 'select simulation from fund.fund_year'))?.simulation;

test('no code brings a payment past it; with the number of the document it is paid', async () => {
  await expect(pay()).rejects.toThrow(/上解、分担参数尚未由文件确定，不预缴、不拨付/);
  await recordMethod(database, fund, YEAR, 'nm-government');
  expect(await pay()).toMatchObject({ areas: 2 });
});

test('the workflow waits for it, and goes on by itself once documents decide every value', async () => {
  const workflowId = adjustmentId(YEAR, 'employee');
  const handle = await theatre.client.workflow.start<typeof levyAndShare>('levyAndShare', {
    workflowId,
    taskQueue: theatre.taskQueue,
    args: [
      {
        ...{ year: YEAR, clock: { live: true, today: `${YEAR}-01-01` }, scheme: 'employee', simulation: true },
        prepayments: [`${YEAR}-01-10`, `${YEAR}-04-10`, `${YEAR}-07-10`, `${YEAR}-10-10`],
        ...{ proposal: `${YEAR + 1}-03-31`, approval: `${YEAR + 1}-04-30`, payment: `${YEAR + 1}-05-31` },
      },
    ],
  });
  await waitsFor(handle, '调剂金管理办法文号');
  const assumed = (await pinnedParameters(database.pool, YEAR)).filter(
    ({ name, assumed }) => assumed && isOfLevyOrShare(name),
  );
  const decided = Object.fromEntries(
    assumed.map(({ name, value }) => [name, { value, source: '内政办发〔2059〕1号' }]),
  );
  expect(await simulation()).toBe(true);
  await importInto(
    database,
    YEAR,
    { 'parameters.json': JSON.stringify(decided) },
    { reason: '办法已印发', operator: 'nm-security' },
  );
  expect(await waitingLink(database.pool, chainKey.method(workflowId))).toBeNull();
  expect(await simulation()).toBe(false);
  await announceImports(database.pool, theatre.client, news.name);
  await waitsFor(handle, '第 1 次预缴');
  expect(await pay()).toMatchObject({ areas: 2 });
  await handle.terminate();
});
