/**
 * 逐地区报送: one area has not reported its final accounts when budgets are compiled. The budgets of the other come into force
 * meanwhile; the region's step waits, and names the area and the file.
 */
import { mkdirSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { select } from '../../db/rows';
import type { OpenTask } from '../../db/tasks';
import { fundYearId } from '../../rules/keys';
import { until } from '../../servers/wait';
import { detailsOf } from '../workflows/page';
import { LiveYears, THIS_YEAR } from './live-years';

jest.setTimeout(300_000);

const [PROMPT, LATE] = ['150100', '150200'];

let live: LiveYears;
beforeAll(async () => (live = await LiveYears.open()));
afterAll(() => live.close());

const areasWith = async (table: 'budget' | 'levy_estimate' | 'region_budget'): Promise<string[]> =>
  (
    await select<{ area: string }>(
      live.pool,
      `select ${table === 'region_budget' ? `scheme::text as area` : `area || ' ' || scheme as area`} from fund.${table}
     where fund_year = :year group by 1 order by 1`,
      { year: THIS_YEAR },
    )
  ).map(({ area }) => area);

test('the late area holds up only its own budgets and the region’s step, which names it', async () => {
  const whole = live.packOfTwo('whole', THIS_YEAR);
  const early = live.packOfTwo('early', THIS_YEAR, (file, text) =>
    file === 'history.csv' ? linesWithout(LATE, text) : text,
  );
  await live.import(early, THIS_YEAR);
  await live.start(THIS_YEAR);
  const isLate = ({ kind, area }: OpenTask): boolean => kind === 'import' && area === LATE;
  await live.actUntil(THIS_YEAR, async () => (await areasWith('budget')).length === 2, isLate);
  expect(await areasWith('budget')).toEqual([`${PROMPT} employee`, `${PROMPT} resident`]);
  // The cap is on all areas together.
  expect(await areasWith('levy_estimate')).toEqual([]);

  const year = live.client.workflow.getHandle(fundYearId(THIS_YEAR));
  await until(async () => (await detailsOf(year))['等待']?.includes('预算未批复') ?? false, { within: 60_000 });
  expect((await detailsOf(year))['等待']).toBe(
    '西川市职工医保预算未批复（待报送 history.csv）、西川市居民医保预算未批复（待报送 history.csv）',
  );
  expect(await areasWith('region_budget')).toEqual([]);

  const late = join(live.home.folder, 'late');
  mkdirSync(late);
  copyFileSync(join(whole, 'history.csv'), join(late, 'history.csv'));
  await live.import(late, THIS_YEAR);
  await live.actUntil(THIS_YEAR, async () => (await areasWith('region_budget')).length === 2);
  expect(await areasWith('budget')).toHaveLength(4);
  expect(await areasWith('levy_estimate')).toEqual([`${PROMPT} employee`, `${LATE} employee`]);
});

const linesWithout = (area: string, text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.startsWith(`${area},`))
    .join('\n');
