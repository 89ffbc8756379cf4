/** A closed year on the desk: every page works for an area’s office and shows it nothing of another area, even where a page forgets to ask. */
import { select } from '../../db/rows';
import { taskLink } from '../../desk/links';
import { Viewer } from '../../desk/viewer';
import type { TestDatabase } from '../database';
import { caseNamed } from '../year/cases';
import { finishedDatabase } from '../year/finished-year';
import { OpenDesk, wordsOf } from './open-desk';

jest.setTimeout(120_000);

const CASE = caseNamed('two-areas-2028');
const YEAR = CASE.year;
const [OWN, OTHER] = ['150100', '150200'];
let database: TestDatabase;
let desk: OpenDesk;
let ofOther: RegExp;
let ownTask: string;
let otherTask: string;
beforeAll(async () => {
  database = await finishedDatabase(CASE);
  desk = new OpenDesk(database);
  const [other] = await select<{ name: string }>(
    database.pool,
    `select name_zh as name from fund.area where area = '${OTHER}'`,
  );
  ofOther = new RegExp(`${OTHER}|${other?.name}`);
  const taskOf = async (area: string) =>
    (
      await select<{ task: string }>(
        database.pool,
        `select task from fund.task where of_area = '${area}' order by 1 limit 1`,
      )
    )[0]?.task;
  ownTask = (await taskOf(OWN)) ?? '';
  otherTask = (await taskOf(OTHER)) ?? '';
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => database.drop());

/** The pictures of a page, as the text in them. */
const picturesOf = (page: string): string[] =>
  [...page.matchAll(/src="data:image\/svg\+xml;base64,([^"]+)"/g)].map(([, bytes]) =>
    Buffer.from(bytes as string, 'base64').toString('utf8'),
  );
const linksOf = (page: string): string[] =>
  [...page.matchAll(/href="(\/why[^"]+)"/g)].map(([, path]) => (path as string).replaceAll('&amp;', '&'));

test.each([`sec-${OWN}`, `fin-${OWN}`])(
  'every page is there for %s, and none has anything of the other area',
  async (operator) => {
    for (const path of ['/', '/year', '/other', '/trail', '/trail.csv', taskLink(ownTask)]) {
      const page = await desk.page(path, operator);
      expect(page).not.toMatch(ofOther);
      for (const picture of picturesOf(page)) expect(picture).not.toMatch(ofOther);
    }
    expect((await desk.get(taskLink(otherTask), operator)).status).toBe(404);
    expect((await desk.get(`/report?year=${YEAR}`, operator)).status).toBe(404);
  },
);

test('each figure of the year leads to its reason, without the other area', async () => {
  const links = linksOf(await desk.page('/year', `fin-${OWN}`));
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) expect(wordsOf(await desk.page(link, `fin-${OWN}`))).not.toMatch(ofOther);
});

test('a page that forgets whose area it shows, shows nothing of another', async () => {
  jest.spyOn(Viewer.prototype, 'sees').mockReturnValue(true);
  expect((await desk.get(taskLink(otherTask), `sec-${OWN}`)).status).toBe(404);
  jest.spyOn(Viewer.prototype, 'areaIn').mockReturnValue(null);
  for (const path of ['/', '/trail', '/trail.csv', '/other'])
    expect(await desk.page(path, `sec-${OWN}`)).not.toMatch(ofOther);
  expect(await desk.page('/trail', `sec-${OWN}`)).toContain(OWN);
});

describe('charts', () => {
  test('an area has its own months payable; the region has every area and the funds', async () => {
    const own = picturesOf(await desk.page('/year', `sec-${OWN}`));
    const region = picturesOf(await desk.page('/year', 'nm-finance'));
    expect(own.length).toBeGreaterThan(0);
    expect(region.length).toBeGreaterThan(own.length);
    expect(region.join()).toMatch(ofOther);
    // Each is well-formed, and asks for nothing.
    for (const picture of [...own, ...region]) {
      expect(picture).toMatch(/^<svg [^]*<\/svg>$/);
      expect(picture).not.toMatch(/<script|<image|href=/);
      expect(picture).not.toMatch(/="[^"]*"[A-Za-z]/);
    }
  });

  test('in the language of the page', async () => {
    const zh = await desk.page('/year?lang=zh', 'nm-finance');
    const en = await desk.page('/year?lang=en', 'nm-finance');
    expect(picturesOf(zh).join()).toContain('调剂金');
    expect(picturesOf(en).join()).not.toContain('调剂金');
  });
});

test('lines of the year lead to the pages of their workflows', async () => {
  const page = await desk.page('/year', 'nm-finance');
  for (const workflow of [
    `fund-year-${YEAR}-budget-employee-${OWN}`,
    `fund-year-${YEAR}-surplus-${YEAR}-12`,
    `fund-year-${YEAR}`,
  ])
    expect(page).toContain(`href="http://localhost:8233/namespaces/default/workflows/${workflow}"`);
  expect(page).toContain('WorkflowType+%3D+%27compileBudget%27');
});

test('a year that was run says so on every page on which somebody might act', async () => {
  for (const path of ['/', '/year'])
    expect(wordsOf(await desk.page(path, `sec-${OWN}`))).toContain('模拟运行：2028 年度的事项由程序按数据包代办');
});
