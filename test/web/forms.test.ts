/**
 * Budget forms and final accounts as a spreadsheet program reads them: every amount equals the result files to the fen, the
 * totals add up, and the headings say what the figures rest on.
 */
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import readWorkbook from 'read-excel-file/node';
import { select } from '../../db/rows';
import { writeForms } from '../../scripts/commands/form-files';
import { amountCell, workbookOf } from '../../web/forms/workbook';
import { sameBytes } from '../../web/forms/zip-times';
import { decimal } from '../../rules/money';
import { ITEM_NAMES, type Item } from '../../rules/vocabulary';
import { caseNamed } from '../year/cases';
import { type FinishedYear, finishedYear } from '../year/finished-year';

jest.setTimeout(200_000);

interface Sheet {
  sheet: string;
  data: (string | number | null)[][];
}
const read = async (file: string): Promise<Sheet[]> => (await readWorkbook(file)) as unknown as Sheet[];

/** A cell in fen; a number must have at most two decimals. */
function inFen(cell: string | number | null | undefined): bigint {
  const [whole = '', decimals = ''] = String(cell).split('.');
  if (!/^-?\d+$/.test(whole) || !/^\d{0,2}$/.test(decimals)) throw new Error(`${String(cell)} is no amount`);
  return BigInt(whole + decimals.padEnd(2, '0'));
}

/** Rows of a form by name, without its numeral; the second 总计 is that of expenditure. */
function linesOf({ data }: Sheet): Map<string, (string | number | null)[]> {
  const lines = new Map<string, (string | number | null)[]>();
  for (const [name, ...cells] of data) {
    const plain = String(name).replace(/^[一二三四五六七八九十]+、/, '');
    lines.set(lines.has(plain) ? `${plain}（支出）` : plain, cells);
  }
  return lines;
}

let finished: FinishedYear;
beforeAll(async () => {
  finished = await finishedYear(caseNamed('two-areas-2028'));
  await writeForms(finished.reader, finished.year, finished.folder);
});
afterAll(() => finished.drop());

const workbook = (area: string, kind: 'budget' | 'final-accounts') =>
  read(join(finished.folder, 'xlsx', `${area}-${kind}.xlsx`));
const SCHEMES = [
  ['职工医保', 'employee'],
  ['居民医保', 'resident'],
] as const;
/** The column of each part in the first measure, counted from the name; the second measure begins at `measure`. */
const COLUMNS = {
  employee: { pooled: 1, personal_account: 2, measure: 3, width: 6 },
  resident: { pooled: 0, personal_account: 0, measure: 1, width: 2 },
} as const;

test('each area has its budget and its final accounts, a sheet for each of its schemes', async () => {
  const areas = [...new Set(finished.rows('budgets.csv').map(({ area }) => area as string))];
  const files = areas.flatMap((area) => [`${area}-budget.xlsx`, `${area}-final-accounts.xlsx`]);
  expect(readdirSync(join(finished.folder, 'xlsx')).sort()).toEqual([...files, 'region-budget.xlsx'].sort());
  for (const { sheet } of await workbook(areas[0] as string, 'final-accounts'))
    expect(['职工医保', '居民医保']).toContain(sheet);
  // Beside each budget stands its estimate.
  const sheets = (await workbook(areas[0] as string, 'budget')).map(({ sheet }) => sheet);
  const schemes = sheets.filter((sheet) => !sheet.endsWith('测算'));
  expect(sheets).toEqual([...schemes, ...schemes.map((scheme) => `${scheme}测算`)]);
});

test.each(SCHEMES)(
  '%s: every item of every budget and of the books stands in the forms, to the fen',
  async (sheet, scheme) => {
    const columns = COLUMNS[scheme];
    let compared = 0;
    for (const area of new Set(
      finished
        .rows('budgets.csv')
        .filter((row) => row.scheme === scheme)
        .map((row) => row.area as string),
    )) {
      const budget = linesOf((await workbook(area, 'budget')).find((candidate) => candidate.sheet === sheet) as Sheet);
      const accounts = linesOf(
        (await workbook(area, 'final-accounts')).find((candidate) => candidate.sheet === sheet) as Sheet,
      );
      const own = (file: string, key: string) =>
        finished.rows(file).filter((row) => row[key] === area && row.scheme === scheme);
      for (const { part, item, amount } of own('budgets.csv', 'area')) {
        const at = columns[part as 'pooled'];
        const name = ITEM_NAMES[item as Item];
        expect([name, inFen(budget.get(name)?.[at])]).toEqual([name, inFen(amount)]);
        expect(inFen(accounts.get(name)?.[at])).toBe(inFen(amount));
        compared += 1;
      }
      // Final accounts are cash on 31 December, whatever has been settled since.
      for (const { part, account, at_year_end } of own('balances.csv', 'entity')) {
        if (!accounts.has(account as string)) continue;
        expect([
          account,
          inFen(accounts.get(account as string)?.[columns.measure + columns[part as 'pooled']]),
        ]).toEqual([account, inFen(at_year_end)]);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(20);
  },
);

test.each(SCHEMES)(
  '%s: the final accounts close: opening, year and both closings are those of the books',
  async (sheet, scheme) => {
    const { pooled, measure, width } = COLUMNS[scheme];
    for (const area of new Set(finished.rows('balances.csv').map((row) => row.entity as string))) {
      if (area === 'region') continue;
      const form = (await workbook(area, 'final-accounts')).find((candidate) => candidate.sheet === sheet);
      if (form === undefined) continue;
      const lines = linesOf(form);
      const book = (account: string, on: 'balance' | 'at_year_end' = 'at_year_end') =>
        inFen(
          finished
            .rows('balances.csv')
            .find(
              (row) => row.entity === area && row.scheme === scheme && row.part === 'pooled' && row.account === account,
            )?.[on] ?? '0.00',
        );
      const cell = (name: string, at = measure + pooled) => inFen(lines.get(name)?.[at]);
      expect(cell('上年结余')).toBe(book('基金结余'));
      expect(cell('年末滚存结余（12月31日）')).toBe(book('财政专户存款') - book('待核对款'));
      expect(cell('清算后滚存结余（次年5月31日）')).toBe(book('财政专户存款', 'balance') - book('待核对款', 'balance'));
      // In every column, the budget's too.
      for (let at = 0; at < width; at++) {
        expect(cell('本年收支结余', at)).toBe(cell('本年收入合计', at) - cell('本年支出合计', at));
        expect(cell('年末滚存结余（12月31日）', at)).toBe(cell('上年结余', at) + cell('本年收支结余', at));
        expect(cell('总计', at)).toBe(cell('总计（支出）', at));
      }
      if (scheme === 'employee') {
        for (const cells of lines.values()) {
          if (typeof cells[0] !== 'number') continue;
          expect(inFen(cells[0])).toBe(inFen(cells[1]) + inFen(cells[2]));
        }
      }
    }
  },
);

test('the budget is compared with the execution of the year before, as it is in the pack', async () => {
  const rows = await select<{
    area: string;
    scheme: 'employee' | 'resident';
    part: 'pooled';
    item: Item;
    amount: string;
  }>(
    finished.reader,
    'select area, scheme, part, item, amount from fund.history where fund_year = :year and year = :before',
    { year: finished.year, before: finished.year - 1 },
  );
  expect(rows.length).toBeGreaterThan(10);
  for (const { area, scheme, part, item, amount } of rows) {
    const sheet = (await workbook(area, 'budget')).find(
      (one) => one.sheet === SCHEMES.find(([, of]) => of === scheme)?.[0],
    );
    const { measure, [part]: at } = COLUMNS[scheme];
    const cells = linesOf(sheet as Sheet).get(ITEM_NAMES[item]) ?? [];
    expect([area, item, inFen(cells[measure + at])]).toEqual([area, item, inFen(amount)]);
    expect(inFen(cells.at(-2))).toBe(inFen(cells[0]) - inFen(cells[measure]));
  }
});

test('the headings name form, area, year and unit, and say that the year is a simulation', async () => {
  const [sheet] = await workbook('150100', 'budget');
  const heading = (sheet as Sheet).data
    .slice(0, 5)
    .map(([first]) => String(first))
    .join('\n');
  expect(heading).toMatch(/^2028年职工基本医疗保险.*预算表/);
  expect(heading).toMatch(/150100 .*年度：2028.*单位：元/);
  expect(heading).toContain('模拟测算');
});

test('上年结余 is without the advance premium that an opening on receipts holds, in every form', async () => {
  const { pack, year } = caseNamed('books-2027');
  const folder = mkdtempSync(join(tmpdir(), 'books-'));
  cpSync(pack, folder, { recursive: true });
  // 150300 holds 5,000 on 1 January, 2,000 of it premiums for the year that begins.
  const adjusted = { premium: 2000, fiscal_subsidy: 3620, inpatient: 4000, major_illness: 350 };
  const rows = Object.entries(adjusted).map(([item, amount]) =>
    ['150300', 'resident', 1, `${year}-05-20`, 'pooled', item, `${amount}.00`, '重新核定', 'sec-150300'].join(','),
  );
  const header = 'area,scheme,version,date,part,item,amount,reason,submitted_by';
  writeFileSync(join(folder, 'budget_adjustments.csv'), `${[header, ...rows].join('\n')}\n`);
  const books = await finishedYear({ pack: folder, year });
  try {
    await writeForms(books.reader, year, books.folder);
    const opening = async (file: string): Promise<bigint> => {
      const sheets = await read(join(books.folder, 'xlsx', `${file}.xlsx`));
      return inFen(linesOf(sheets.find(({ sheet }) => sheet === '居民医保') as Sheet).get('上年结余')?.[0]);
    };
    for (const kind of ['budget', 'adjusted-budget', 'final-accounts'])
      expect([kind, await opening(`150300-${kind}`)]).toEqual([kind, 300_000n]);
    const surpluses = books
      .rows('final_accounts.csv')
      .filter(({ scheme, line }) => scheme === 'resident' && line === 'opening')
      .map(({ amount }) => inFen(amount));
    expect(await opening('region-budget')).toBe(surpluses.reduce((all, surplus) => all + surplus));
  } finally {
    await books.drop();
    rmSync(folder, { recursive: true });
  }
});

test('values that the pack set are named with their source', async () => {
  const other = await finishedYear(caseNamed('budgets-2027'));
  try {
    const [first] = await writeForms(other.reader, other.year, other.folder);
    const [sheet] = await read(join(other.folder, first as string));
    const heading = (sheet as Sheet).data
      .slice(0, 5)
      .map(([cell]) => String(cell))
      .join('\n');
    const rows = await select<{ name: string; source: string }>(
      other.reader,
      'select name, source from fund.parameter_override where fund_year = :year',
      { year: other.year },
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { name, source } of rows) expect(heading).toContain(`${name}（${source}）`);
  } finally {
    await other.drop();
  }
});

test('the same database gives the same bytes', async () => {
  const before = readdirSync(join(finished.folder, 'xlsx')).map((file) =>
    readFileSync(join(finished.folder, 'xlsx', file)),
  );
  await new Promise((resolve) => setTimeout(resolve, 2100)); // times in a ZIP archive are even seconds
  await writeForms(finished.reader, finished.year, finished.folder);
  const after = readdirSync(join(finished.folder, 'xlsx')).map((file) =>
    readFileSync(join(finished.folder, 'xlsx', file)),
  );
  expect(before.map((bytes, i) => bytes.equals(after[i] as Buffer))).toEqual(before.map(() => true));
});

test('a printed sheet has all columns of its table, and rows in which Chinese has room', () => {
  for (const file of readdirSync(join(finished.folder, 'xlsx'))) {
    const parts = unzipSync(readFileSync(join(finished.folder, 'xlsx', file)));
    const sheets = Object.keys(parts).filter((part) => part.startsWith('xl/worksheets/sheet'));
    expect(sheets.length).toBeGreaterThan(0);
    for (const name of sheets) {
      const xml = strFromU8(parts[name] as Uint8Array);
      // A sheet's properties come first, or a spreadsheet program calls the file damaged.
      expect(xml).toMatch(/<worksheet[^>]*><sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr><sheetViews/);
      const setup = /<pageSetup ([^>]*)\/>/.exec(xml)?.[1];
      for (const part of ['paperSize="9"', 'orientation="landscape"', 'fitToWidth="1"', 'fitToHeight="0"'])
        expect(setup).toContain(part);
      const heights = [...xml.matchAll(/<row ([^>]*)>(.*?)<\/row>/g)]
        .filter(([, , cells]) => cells?.includes('<v>'))
        .map(([, row]) => Number(/ ht="(\d+)"/.exec(row as string)?.[1]));
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(20);
    }
  }
});

// prettier-ignore
test.each([
  // why                                                 amount                   cell
  ['a fen',                                              '0.01',                  0.01],
  ['a refund',                                           '-1.86',                 -1.86],
  ['fifteen digits: the longest that is a number',       '9999999999999.99',      9999999999999.99],
  ['fifteen digits, with all decimals taken',            '1234567890123.45',      1234567890123.45],
  ['sixteen digits: a double would round it to tenths',  '12345678901234.56',     '12345678901234.56'],
  ['sixteen digits, below zero',                         '-98765432109876.54',    '-98765432109876.54'],
  ['the longest amount that a pack may hold',            '9999999999999999.99',   '9999999999999999.99'],
])('an amount keeps its fen in a workbook: %s', async (_, amount, expected) => {
  expect((amountCell(amount) as { value: unknown }).value).toBe(expected);
  const line = { name: '金额', weight: 'item' as const, amounts: [decimal(amount), decimal('0')] };
  const columns = [{ group: '甲', part: '' }, { group: '乙', part: '' }];
  const form = { title: '表', notices: [], columns, compared: ['差额', '％'] as [string, string], lines: [line] };
  const [sheet] = (await readWorkbook(await workbookOf([{ name: '一', kind: 'change', form }]))) as unknown as Sheet[];
  const cell = (sheet as Sheet).data.find(([name]) => name === '金额')?.[1];
  expect(typeof cell === 'number' ? cell.toFixed(2) : cell).toBe(amount);
});

test.each(
  Array.from(
    { length: 40 },
    (_, i) => `${'1234567890123'.slice(0, 1 + (i % 13))}.${String((i * 37) % 100).padStart(2, '0')}`,
  ),
)('a number of at most fifteen digits is read back as it was written: %s', (amount) => {
  expect(Number(amount).toFixed(2)).toBe(amount);
  expect(typeof (amountCell(amount) as { value: unknown }).value).toBe('number');
});

test('bytes that are not an archive are refused', () => {
  expect(() => sameBytes(Buffer.from('not an archive at all, but long enough'))).toThrow('invalid zip data');
});
