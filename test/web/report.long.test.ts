/**
 * The report in a real browser: every figure on the page equals the result files, in both languages and on A4; the page requests
 * nothing; tables sort by keyboard. Figures are read off the page and compared with sums of the CSV files in integers,
 * without any code of the report.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { select } from '../../db/rows';
import { isOfLevyOrShare } from '../../parameters';
import { RESULT_FILES } from '../../scripts/client/result-files';
import { reportPage } from '../../web/report';
import { type YearFacts, yearFacts } from '../../web/year-facts';
import { DEMO, caseNamed } from '../year/cases';
import { openBrowser } from './browser';
import { type FinishedYear, finishedYear } from '../year/finished-year';

jest.setTimeout(300_000);

let finished: FinishedYear;
let facts: YearFacts;
let browser: Browser;
let page: Page;
let figures: Shown[];
const requests: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  finished = await finishedYear(DEMO);
  facts = (await yearFacts(finished.reader, finished.year)) as YearFacts;
  writeFileSync(join(finished.folder, 'report.html'), reportPage(facts));
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(join(finished.folder, 'report.html')).href);
  figures = await shownFigures();
});
afterAll(async () => {
  await browser.close();
  await finished.drop();
});

interface Shown {
  text: string;
  unit: string;
  file: string;
  column: string;
  conditions: [column: string, values: string[]][];
}
/** Evaluates an expression in the page; as text, because these tests are not compiled for a browser. */
const inPage = <T>(expression: string): Promise<T> => page.evaluate<T>(expression);
/** The value of an expression for each element of a selector. */
const ofEach = <T>(selector: string, expression: string): Promise<T[]> =>
  inPage(`[...document.querySelectorAll(${JSON.stringify(selector)})].map((element) => (${expression}))`);

/** Every figure on the page, with the origin that it names. */
async function shownFigures(): Promise<Shown[]> {
  const found = await ofEach<{ text: string; unit: string; of: string }>(
    '[data-of]',
    '{ text: element.textContent, unit: element.dataset.unit, of: element.dataset.of }',
  );
  return found.map(({ text, unit, of }) => {
    const [file = '', column = '', rows = ''] = of.split('|');
    const conditions = rows
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair): [string, string[]] => {
        const at = pair.indexOf('=');
        const value = pair.slice(at + 1);
        return [pair.slice(0, at), pair.startsWith('text=') ? [value] : value.split(',')];
      });
    return { text, unit, file, column, conditions };
  });
}

/** Exact arithmetic on decimal text with `places` decimals. */
const toInteger = (number: string, places: number): bigint => {
  const [whole = '', decimals = ''] = number.split('.');
  return BigInt(whole + decimals.padEnd(places, '0'));
};
const toText = (integer: bigint, places: number): string => {
  const digits = (integer < 0n ? -integer : integer).toString().padStart(places + 1, '0');
  const sign = integer < 0n ? '-' : '';
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
};
const halfUp = (integer: bigint, divisor: bigint): bigint => {
  const rest = (integer < 0n ? -integer : integer) * 2n + divisor;
  return (integer < 0n ? -1n : 1n) * (rest / (2n * divisor));
};
/** 1,234.50 with a comma at every third digit and a typographic minus, as a person reads it. */
const asRead = (number: string): string =>
  number.replace(/^-/, '−').replace(/\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));

function expected({ unit, file, column, conditions }: Shown): string {
  const rows = finished
    .rows(file)
    .filter((row) => conditions.every(([key, values]) => values.includes(row[key] ?? '?')));
  // A number of rows; a column of that name is a figure like any other.
  const isNumberOfRows = column === 'count' && unit === 'count';
  if (rows.length === 0 && !isNumberOfRows) return 'no such row';
  const cells = rows.map((row) => row[column] as string);
  const sum = (places: number): bigint => cells.reduce((all, cell) => all + toInteger(cell, places), 0n);
  if (isNumberOfRows) return asRead(String(rows.length));
  if (unit === 'yuan') return asRead(toText(sum(2), 2));
  if (unit === 'hundred_million') return asRead(toText(halfUp(sum(2), 100_000_000n), 2));
  if (unit === 'count') return asRead(toText(sum(0), 0));
  if (cells.length !== 1) return `${cells.length} rows`;
  const [cell] = cells as [string];
  if (unit === 'percent' && /^-?[\d.]+$/.test(cell)) return `${asRead(toText(toInteger(cell, 4), 2))}%`;
  return /^-?\d/.test(cell) ? asRead(cell) : cell;
}

const isRoom = ({ file, column }: Shown): boolean => file === 'levy.csv' && column === 'room';

test('every figure on the page equals the result files', () => {
  const wrong = figures
    .filter((figure) => !isRoom(figure))
    .map((figure) => ({ ...figure, expected: expected(figure) }))
    .filter(({ text, expected: right }) => text !== right);
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(figures.length).toBeGreaterThan(2000);
});

test('the room under the cap, which no result file has, is the stored one', async () => {
  const rows = await select<{ scheme: string; room: string }>(
    finished.reader,
    `select distinct scheme, because->'room'->>'value' as room from fund.levy where fund_year = :year order by scheme`,
    { year: finished.year },
  );
  const shown = figures.filter(isRoom).map(({ text }) => text);
  expect(shown).toEqual(rows.map(({ room }) => asRead(room)));
  expect(shown).toHaveLength(2);
});

test('every number in a column of figures has an origin', async () => {
  const cells = await ofEach<{ text: string; hasOrigin: boolean }>(
    'tbody td.n, tfoot td.n',
    `{ text: element.textContent, hasOrigin: element.matches('[data-of]') || element.querySelector('[data-of]') !== null }`,
  );
  const stray = cells.filter(({ text, hasOrigin }) => /\d/.test(text) && !hasOrigin);
  expect(stray).toEqual([]);
});

test.each(['collection.csv', 'risk.csv', 'levy.csv', 'sharing.csv', 'evaluation.csv', 'findings.csv'])(
  'every row of %s is on the page',
  (file) => {
    const single = figures.filter(
      (one) => one.file === file && one.column !== 'count' && one.conditions.every(([, values]) => values.length === 1),
    );
    const missing = finished
      .rows(file)
      .filter(
        (row) =>
          !single.some(
            ({ conditions }) => conditions.length > 0 && conditions.every(([key, [value]]) => row[key] === value),
          ),
      );
    expect(missing).toEqual([]);
  },
);

test('hovering over a chart shows figures of the result files, or sums that the page shows as well', () => {
  const plain = (amount: string): string => amount.replace('−', '-').replaceAll(',', '');
  const known = new Set([
    ...RESULT_FILES.flatMap((file) => finished.rows(file)).flatMap((row) => Object.values(row)),
    ...figures.map(({ text }) => plain(text)),
  ]);
  const tips = JSON.stringify(
    charts()
      .filter(({ id }) => !SUMMED.test(id))
      .map(({ option }) => option.zh),
  );
  const amounts = [...tips.matchAll(/ (−?[\d,]+\.\d{2})"/g)].map(([, amount]) => plain(amount as string));
  expect(amounts.length).toBeGreaterThan(1000);
  expect(amounts.filter((amount) => !known.has(amount))).toEqual([]);
});
/** Charts whose points are sums that stand nowhere else. */
const SUMMED = /^(budget|collection-days|adjustment)/;

test('collection by day: before the year each day equals the journal, and the total is what was collected', () => {
  const booked = new Map<string, bigint>();
  for (const row of finished.rows('journal.csv')) {
    if (row.account !== '暂收款' || (row.date as string) >= `${finished.year}-01-01`) continue;
    const amount = toInteger(row.credit as string, 2) - toInteger(row.debit as string, 2);
    booked.set(row.date as string, (booked.get(row.date as string) ?? 0n) + amount);
  }
  const byPerson = new Set(facts.days.map(({ area }) => area));
  const days = new Map(
    facts.days
      .filter(({ day }) => day < `${finished.year}-01-01`)
      .map(({ day, amount }) => [day, toInteger(amount, 2)]),
  );
  // Areas with totals alone are booked in one sum on 31 December.
  const totals = finished
    .rows('collection.csv')
    .filter(({ area }) => area !== 'unknown' && !byPerson.has(area as string));
  const last = `${finished.year - 1}-12-31`;
  days.set(
    last,
    totals.reduce((all, row) => all + toInteger(row.collected as string, 2), days.get(last) ?? 0n),
  );
  expect([...days].sort()).toEqual([...booked].sort());

  const collected = finished.rows('collection.csv').filter(({ area }) => byPerson.has(area as string));
  const total = collected.reduce(
    (all, row) => all + toInteger(row.collected as string, 2) + toInteger(row.aid as string, 2),
    0n,
  );
  expect(facts.days.reduce((all, { amount }) => all + toInteger(amount, 2), 0n)).toBe(total);
});

interface ChartData {
  id: string;
  option: Record<'zh' | 'en', unknown>;
}
function charts(): ChartData[] {
  const html = readFileSync(join(finished.folder, 'report.html'), 'utf8');
  const data = /<script type="application\/json" id="report">(.*?)<\/script>/s.exec(html)?.[1] as string;
  return (JSON.parse(data) as { charts: ChartData[] }).charts;
}

test('every chart is drawn as vectors', async () => {
  const drawn = await ofEach<number>('.plot', `element.querySelectorAll('svg path').length`);
  expect(drawn).toHaveLength(charts().length);
  for (const paths of drawn) expect(paths).toBeGreaterThan(5);
});

test('a simulation and assumed values are announced above all figures', async () => {
  const cycle = JSON.parse(readFileSync(join(finished.folder, 'cycle.json'), 'utf8')) as {
    parameters: { name: string; assumed: boolean }[];
  };
  const masthead = await page.innerText('header');
  expect(masthead).toContain('模拟测算');
  const assumed = cycle.parameters.filter((parameter) => parameter.assumed);
  expect(masthead).toContain(`${cycle.parameters.length} 个参数中有 ${assumed.length} 个为假定`);
  for (const { name } of assumed.filter(({ name: one }) => isOfLevyOrShare(one))) expect(masthead).toContain(name);
  const [bottom] = await ofEach<number>('header', 'element.getBoundingClientRect().bottom');
  const figuresAt = await ofEach<number>('[data-of]', 'element.getBoundingClientRect().top');
  expect(Math.min(...figuresAt)).toBeGreaterThan(bottom as number);
});

test('a risk level is a mark and a word, not only a colour', async () => {
  const marks = await ofEach<[string, string]>(
    '.month',
    `[element.className.replace(/.*level-/, ''), element.querySelector('i').textContent]`,
  );
  const byLevel = new Map(marks);
  expect(new Set(byLevel.values()).size).toBe(byLevel.size);
  expect([...byLevel.values()]).not.toContain('');
  expect(byLevel.size).toBeGreaterThan(3);
});

test('a table sorts by keyboard, figures by value, and keeps its totals below', async () => {
  const table = page.locator('#sharing table', { hasText: '缺口的形成' }).first();
  const head = table.locator('thead th', { hasText: '缺口' }).first();
  const column = await head.evaluate((cell) => (cell as unknown as { cellIndex: number }).cellIndex);
  const shown = () => table.locator(`tbody tr td:nth-child(${column + 1})`).allInnerTexts();
  const gaps = finished
    .rows('sharing.csv')
    .filter(({ scheme }) => scheme === 'employee')
    .map(({ gap }) => toInteger(gap as string, 2));
  const ordered = [...gaps].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).map((gap) => asRead(toText(gap, 2)));
  const foot = await table.locator('tfoot').innerText();

  await head.locator('button').focus();
  await page.keyboard.press('Enter');
  expect(await shown()).toEqual([...ordered].reverse());
  expect(await head.getAttribute('aria-sort')).toBe('descending');
  await page.keyboard.press('Space');
  expect(await shown()).toEqual(ordered);
  expect(await head.getAttribute('aria-sort')).toBe('ascending');
  expect(await table.locator('tfoot').innerText()).toBe(foot);
});

test('the switch turns page and charts to English and back, and no figure changes', async () => {
  const words = async () => ({ lang: await page.getAttribute('html', 'lang'), h1: await page.innerText('h1') });
  const chart = () => page.locator('#chart-sharing-employee').innerText();
  expect(await words()).toMatchObject({ lang: 'zh-CN', h1: expect.stringContaining('年度报告') as string });
  expect(await chart()).toContain('赤峰市');

  await page.click('#language');
  expect(await words()).toMatchObject({
    lang: 'en',
    h1: expect.stringContaining('Report of the fund year 2028') as string,
  });
  expect(await chart()).toContain('Chifeng');
  expect(await inPage(`getComputedStyle(document.body).fontVariantEastAsian`)).toBe('proportional-width');
  expect(await page.title()).toBe('Basic Medical Insurance Fund of Inner Mongolia: Report of the fund year 2028');
  // The order differs, because a table was sorted.
  const all = (shown: readonly Shown[]) => shown.map((item) => JSON.stringify(item)).sort();
  expect(all(await shownFigures())).toEqual(all(figures));
  const shown = await ofEach<string>(
    'h1, h2, h3, caption, thead, .lead, .note, dt, figcaption',
    `element.checkVisibility() ? element.innerText : ''`,
  );
  const chinese = shown.filter((item) => /\p{Script=Han}/u.test(item));
  expect(chinese).toEqual([]);

  await page.click('#language');
  expect(await chart()).toContain('赤峰市');
});

test.each(['zh', 'en'])('everything fits a window of 1280 pixels (%s)', async (language) => {
  if (language === 'en') await page.click('#language');
  expect(await inPage<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1280);
  expect(await tooWide()).toEqual([]);
  if (language === 'en') await page.click('#language');
});

/** Tables and charts that are wider than their container. */
const tooWide = (): Promise<string[]> =>
  inPage(
    `[...document.querySelectorAll('.scroll, .plot')].filter((box) => box.scrollWidth > box.clientWidth + 1)` +
      `.map((box) => box.ariaLabel)`,
  );

/** Width between the margins of the style sheet, in CSS pixels. */
const A4 = { width: 695, height: 1005 };

test.each(['zh', 'en'])('on A4 every table and chart fits the sheet (%s)', async (language) => {
  if (language === 'en') await page.click('#language');
  await page.setViewportSize(A4);
  await page.emulateMedia({ media: 'print' });
  await inPage(`dispatchEvent(new Event('beforeprint'))`);
  expect(await tooWide()).toEqual([]);
  expect(await inPage<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(A4.width);
  const tall = await ofEach<number>('.chart', 'element.getBoundingClientRect().height');
  expect(Math.max(...tall)).toBeLessThan(A4.height);
  await page.emulateMedia({ media: null });
  await page.setViewportSize({ width: 1280, height: 900 });

  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  const sheets = [...pdf.matchAll(/\/MediaBox \[([\d. ]+)\]/g)].map(([, box]) =>
    (box as string).split(' ').map((side) => Math.round(Number(side))),
  );
  expect(sheets.length).toBeGreaterThan(9);
  expect(sheets.length).toBeLessThan(80); // a third of them lists some 230 units under a total budget, twice
  for (const sheet of sheets) expect(sheet).toEqual([0, 0, 595, 842]);
  if (language === 'en') await page.click('#language');
});

test('on a phone nothing runs out of the page, and tables are moved sideways by themselves', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await inPage<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  const right = await ofEach<number>('.notice, .notice code', 'element.getBoundingClientRect().right');
  expect(Math.max(...right)).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('printed from a wide window, every chart is as wide as the sheet', async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const widths = `[...document.querySelectorAll('.plot svg')].map((chart) => Number(chart.getAttribute('width')))`;
  // The page's own listener has run by then: this is what goes on paper.
  await inPage(`addEventListener('beforeprint', () => { globalThis.printed = ${widths} }, { once: true })`);
  await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const printed = await inPage<number[]>('globalThis.printed');
  expect(printed).toHaveLength(charts().length);
  expect(Math.max(...printed)).toBeLessThanOrEqual(A4.width);
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('the page requested nothing, and the browser reported no error', () => {
  expect(requests).toEqual([pathToFileURL(join(finished.folder, 'report.html')).href]);
  expect(complaints).toEqual([]);
});

test('the same database gives the same page', async () => {
  const again = reportPage((await yearFacts(finished.reader, finished.year)) as YearFacts);
  expect(again === readFileSync(join(finished.folder, 'report.html'), 'utf8')).toBe(true);
});

test('a what-if comparison adds a chapter: the changed values, and before and after for every area that changes', () => {
  const area = facts.areas[0]?.area as string;
  const same = { before: '1.00', after: '1.00' };
  const html = reportPage(facts, {
    year: finished.year,
    changed: true,
    parameters: [
      { name: 'levy.rate.employee', zh: '上解比例', before: '0.05', after: '0.06', source: '试算', isOther: true },
    ],
    areas: [
      {
        ...{ scheme: 'employee', area },
        outcome: {
          ...{ gap: same, own_surplus: same, fund_share: same, area_share: same },
          levy: { before: '1234567.80', after: '1481481.36' },
          level: { before: 'green', after: 'yellow' },
        },
        why: [{ figure: 'levy.uncapped', subject: '', before: '1', after: '2', parameters: ['levy.rate.employee'] }],
      },
    ],
  });
  const chapter = html.slice(html.indexOf('id="what-if"'), html.indexOf('</section>', html.indexOf('id="what-if"')));
  for (const words of ['0.05', '0.06', '试算', '1,234,567.80', '1,481,481.36', '绿色', '黄色', 'levy.uncapped'])
    expect(chapter).toContain(words);
  expect(reportPage(facts)).not.toContain('id="what-if"');
});

test('a year before its phase, with values set by its pack: skipped steps and those values are named', async () => {
  const other = await finishedYear(caseNamed('budgets-2027'));
  try {
    const facts = (await yearFacts(other.reader, other.year)) as YearFacts;
    const html = reportPage(facts);
    expect(facts.cycle.skipped.length).toBeGreaterThan(0);
    expect(html).toContain('跳过的步骤');
    expect(facts.overridden.length).toBeGreaterThan(0);
    for (const { name } of facts.overridden) expect(html).toContain(`<code>${name}</code>`);
    writeFileSync(join(other.folder, 'report.html'), html);
    await page.goto(pathToFileURL(join(other.folder, 'report.html')).href);
    expect(await page.locator('#language').innerText()).toBe('English');
    expect(complaints).toEqual([]);
  } finally {
    await other.drop();
  }
});
