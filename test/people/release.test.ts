/** `fund release` and what follows it: the request, its workflow, the approval by `fund approve`, a return, and a collection that ends first. */
import { releaseToSign, requestRelease } from '../../activities/collection/release';
import { temporalProblems } from '../../activities/watch/temporal';
import { waitingReleases } from '../../db/releases';
import { execute, select } from '../../db/rows';
import { beijingDate } from '../../rules/beijing-time';
import { releaseId } from '../../rules/keys';
import { type ActRequest, actOn } from '../../scripts/client/acting';
import { type ReleaseAsked, askRelease } from '../../scripts/client/release';
import { commandsOf, taskLines } from '../../scripts/words/task-text';
import { type releasePayment, releaseOptions } from '../../workflows/release-payment';
import type { TestDatabase } from '../database';
import { attributesOf, detailsOf } from '../workflows/page';
import { type Stage, stage } from '../workflows/stage';
import { waitingYear } from './waiting-year';

jest.setTimeout(90_000);

const YEAR = 2037;
const AREA = '150100';
const FILE = 'resident_payments.csv';
/** Line 5 is a late payment of this person; line 6 came too early, line 58 is a late one of 150200. */
const PERSON = 'A04';
let database: TestDatabase;
let theatre: Stage;
beforeAll(async () => {
  const year = await waitingYear('collection-2027');
  database = year.database;
  await year.fund.openCollection({ year: YEAR });
  await execute(database.as('owner'), `update fund.fund_year set mode = 'live'`);
  theatre = await stage(year.fund);
});
afterAll(async () => {
  await theatre.leave();
  await database.drop();
});

const asking = (of: Partial<ReleaseAsked> = {}) =>
  askRelease(
    { client: theatre.client, pool: database.pool },
    { as: 'sec-150100', year: YEAR, area: AREA, file: FILE, line: 5, reason: '银行次日到账', ...of },
    database.signers.sign,
    theatre.taskQueue,
  );
const deciding = (as: string, task: string, of: Partial<ActRequest> = {}) =>
  actOn(
    { client: theatre.client, pool: database.as('reader') },
    { as, decision: 'approve', year: YEAR, task, ...of },
    database.signers.sign,
  );
/** A request of 150200 whose command ends before it starts the workflow. */
async function requested(attempt: number) {
  const area = '150200';
  const asked = { year: YEAR, area, file: FILE, line: 58, reason: '银行次日到账', operator: 'sec-150200', attempt };
  const proof = await database.signers.sign(await releaseToSign(database.pool, asked));
  return requestRelease(database.pool, { ...asked, proof });
}
const handleOf = (id: string) => theatre.client.workflow.getHandle<typeof releasePayment>(id);

/** Everything that a history says, its payloads read. */
const textsIn = (value: unknown): string =>
  value instanceof Uint8Array
    ? Buffer.from(value).toString()
    : typeof value === 'object' && value !== null
      ? Object.values(value).map(textsIn).join(' ')
      : String(value);

test('asked for once; its page and the tasks say whom it waits for; approved, the row is accepted that day', async () => {
  const { request, before, next } = await asking();
  expect({ before, id: request.workflow_id }).toEqual({ before: false, id: 'fund-year-2037-release-150100-1' });
  expect(next).toMatchObject([
    {
      role: 'area_finance',
      figures: {
        file: FILE,
        line: 5,
        receipt: 'R004',
        amount: '400.00',
        due: '400.00',
        quarantined_as: 'out_of_window',
      },
    },
  ]);
  expect(await asking()).toMatchObject({ before: true, next: [{ task: next[0]?.task }] });
  await expect(asking({ reason: '另一理由' })).rejects.toThrow('该行已有第 1 号核实受理申请，尚未办结');

  const handle = handleOf(request.workflow_id);
  expect(await detailsOf(handle)).toMatchObject({ 阶段: '核实受理审批', 截止: '2037-12-31', 申请: '第 1 号' });
  expect(await attributesOf(handle)).toMatchObject({ year: YEAR, area: AREA, scheme: '居民医保' });
  const task = next[0]!;
  expect(commandsOf(task)).toEqual([
    `npm run fund -- approve --as 工号 --task ${task.task} --figures ${task.figures_hash.slice(0, 12)}`,
    `npm run fund -- return --as 工号 --task ${task.task} --figures ${task.figures_hash.slice(0, 12)} --reason 原因`,
  ]);
  expect(taskLines(task).join('\n')).toContain('票号：R004');

  await expect(deciding('sec-150100', task.task)).rejects.toThrow(
    /sec-150100 属150100 统筹区医保局，本事项须由150100 统筹区财政局办理/,
  );
  await deciding('fin-150100', task.task);
  const today = beijingDate(new Date());
  expect(await handle.result()).toEqual({ outcome: 'released', date: today });
  expect(await detailsOf(handle)).toMatchObject({ 阶段: '已核实受理', 受理日期: today });
  await expect(asking()).rejects.toThrow('该行已核实受理');
  const history = textsIn(await handle.fetchHistory());
  expect([request.workflow_id, PERSON, 'R004', FILE].filter((word) => history.includes(word))).toEqual([
    request.workflow_id,
  ]);
});

test('a return ends it, and the area may ask again', async () => {
  const { request, next } = await asking({ line: 6 });
  await deciding('fin-150100', next[0]!.task, { decision: 'return', note: '请附银行证明' });
  expect(await handleOf(request.workflow_id).result()).toEqual({ outcome: 'returned' });
  const again = await asking({ line: 6 });
  expect(again).toMatchObject({ before: false, request: { number: request.number + 1 } });
});

test('when the collection ends first it lapses, and nothing of it waits', async () => {
  const { number } = await requested(1);
  const chain = `${releaseId(YEAR, '150200', number)}/release`;
  const handle = await theatre.client.workflow.start<typeof releasePayment>('releasePayment', {
    ...releaseOptions({
      ...{ year: YEAR, clock: { live: true, today: '2026-09-01' }, area: '150200', name: '西川市', number, chain },
      decideBy: '2026-09-01',
    }),
    taskQueue: theatre.taskQueue,
  });
  expect(await handle.result()).toEqual({ outcome: 'lapsed' });
  const tasks = await select(database.pool, 'select state from fund.task where chain = :chain and position > 0', {
    chain,
  });
  expect(tasks).toEqual([{ state: 'void' }]);
});

test('a request whose command was killed before it started the workflow is found, with the command that starts it', async () => {
  const { number } = await requested(2);
  const workflow = releaseId(YEAR, '150200', number);
  const found = async () =>
    temporalProblems(theatre.client, {
      ...{ schedules: [], workers: ['one'], years: [], requests: [], adjustments: [], abandoned: [] },
      releases: (await waitingReleases(database.pool)).filter(({ workflow_id }) => workflow_id === workflow),
    });
  expect(await found()).toMatchObject([
    {
      key: `workflow/${workflow}`,
      remedy: expect.stringContaining(
        `fund -- release --as sec-150200 --year 2037 --area 150200 --file '${FILE}' --line 58 --reason '银行次日到账'`,
      ) as string,
    },
  ]);
  expect(await asking({ as: 'sec-150200', area: '150200', line: 58 })).toMatchObject({
    before: true,
    request: { workflow_id: workflow },
  });
  expect(await found()).toEqual([]);
});
