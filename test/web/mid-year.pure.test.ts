/** The report of a year in progress: what is not known yet is said to be missing, and is never a zero. */
import { reportPage } from '../../web/report';
import { SHOWN_FILES, type YearFacts } from '../../web/year-facts';

const SKIPPED = {
  step: 'prepayment',
  scheme: 'resident',
  reason: '居民医保调剂金自 2028 年度起实施（A 三）；the resident adjustment fund starts in fund year 2028',
};
const premium = {
  area: '150100',
  scheme: 'employee',
  part: 'pooled',
  item: 'premium',
  amount: '1.00',
  origin: 'submitted',
  version: '1',
};

const facts = (over: Partial<YearFacts> = {}, status: YearFacts['cycle']['status'] = 'open'): YearFacts => ({
  cycle: { year: 2027, status, simulation: false, parameters: [], skipped: [SKIPPED] },
  areas: ['150100', '150200'].map((area) => ({
    ...{ area, name: `${area}市`, name_en: area },
    schemes: ['employee', 'resident'],
  })),
  files: Object.fromEntries(SHOWN_FILES.map((file) => [file, []])) as unknown as YearFacts['files'],
  days: [],
  rooms: [],
  alphas: [],
  units: [],
  overridden: [],
  ...over,
});

/** The Chinese that a reader sees of a chapter. */
const chapter = (html: string, id: string): string => {
  const from = html.indexOf(`id="${id}"`);
  return html
    .slice(from, html.indexOf('</section>', from))
    .replace(/<span lang="en">.*?<\/span>/g, '')
    .replace(/<[^>]+>/g, ' ');
};

test('no number of areas in deficit or red before anything is reckoned, but the budgets and premiums that are there', () => {
  const files = { ...facts().files, 'budgets.csv': [premium] };
  const days = [
    { area: '150100', day: '2026-11-02', amount: '400.00' },
    { area: '150100', day: '2026-11-05', amount: '1200.50' },
  ];
  const overview = chapter(reportPage(facts({ files, days })), 'overview');
  expect(overview).toMatch(/收不抵支\s+尚无/);
  expect(overview).toMatch(/12月为红色\s+尚无/);
  expect(overview).toMatch(/已生效的预算\s+1\s+／2 个统筹区/);
  expect(overview).toMatch(/已收保费（含资助）\s+1,600\.50\s+元，截至 2026-11-05/);
});

test('an empty chapter says so; a fund without books has no chart', () => {
  const html = reportPage(facts());
  expect(chapter(html, 'sharing')).toContain('尚无：本章的数字在年度运行中产生。');
  expect(chapter(html, 'levy')).toContain('调剂金尚未开账');
  expect(html).not.toContain('id="chart-adjustment-funds"');
});

test('skipped steps stand in the reader’s language', () => {
  const html = reportPage(facts());
  const notice = html.slice(html.indexOf('class="notice skipped"'), html.indexOf('</header>'));
  expect(notice).toContain('<span lang="zh">居民医保调剂金自 2028 年度起实施（A 三）</span>');
  expect(notice).toContain('<span lang="en">the resident adjustment fund starts in fund year 2028</span>');
  expect(notice).toContain('<span lang="zh">上解预缴</span>');
});

test('a closed year says what there was none of', () => {
  expect(chapter(reportPage(facts({}, 'closed')), 'sharing')).toContain('本年度没有。');
});
