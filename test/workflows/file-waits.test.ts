/** 数据报送: while one office says that it has nothing to report, files of another are imported. Neither is forgotten. */
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../servers/wait';
import { news } from '../../workflows/business-date';
import type { collectPremiums } from '../../workflows/collect-premiums';
import { act } from '../../workflows/people';
import { collectionId } from '../../rules/keys';
import { detailsOf } from './page';
import { type Stage, stage } from './stage';

jest.setTimeout(60_000);

const [YEAR, AREA] = [2025, '150100'];
const TASKS = 'fund-year-2025/files/reconciliation/150100/';

let theatre: Stage;
let declined = false;
let looks = 0;

beforeAll(async () => {
  theatre = await stage({
    bookCollection: () => ({ days: 0, amount: '0.00' }),
    requestFiles: () => {
      looks += 1;
      return {
        missing: declined ? [] : ['collection_totals.csv'],
        count: declined ? 0 : 1,
        tasks: TASKS,
        role: 'area_security',
        dueOn: '2026-01-15',
      };
    },
    // Slower than a look: the news that comes meanwhile is looked at before this is recorded.
    decide: async () => {
      await pause(1500);
      declined = true;
      return {};
    },
    reconcileCollection: () => ({ collected: '0.00', difference: '0.00', findingsToAccept: null }),
  });
});
afterAll(() => theatre.leave());

test('an act that is recorded while news makes the workflow ask anew is seen all the same', async () => {
  const handle = await theatre.client.workflow.start<typeof collectPremiums>('collectPremiums', {
    workflowId: collectionId(YEAR, AREA),
    taskQueue: theatre.taskQueue,
    args: [
      {
        year: YEAR,
        clock: { live: true, today: '' },
        area: AREA,
        name: '东河盟',
        bookingDays: [],
        closes: '2025-12-31',
        acceptBy: '2026-03-31',
      },
    ],
  });
  // The look itself is not enough: its answer must have reached the workflow before it can take an act.
  await until(async () => '办理' in (await detailsOf(handle)), { within: 20_000 });
  const given = {
    task: `${TASKS}resident/1-area_security`,
    operator: 'sec',
    decision: 'accept',
    figuresHash: '',
  } as const;
  const acting = handle.executeUpdate(act, { args: [given] });
  await pause(300);
  await handle.signal(news);
  await acting;
  expect(await handle.result()).toEqual({ collected: '0.00', difference: '0.00' });
  expect(looks).toBe(3);
});
