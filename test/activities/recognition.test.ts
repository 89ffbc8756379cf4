/**
 * 保费收入确认口径 (RULES 9): an opening that stands on receipts and holds the premiums received in advance gives the same year as
 * one that stands on coverage years without them; and by receipts, what came before the year is in no figure of it.
 */
import type { Database } from '../../db/connect';
import { select } from '../../db/rows';
import { explainFigure } from '../../explain/explanation';
import { decimal, sum, yuanText } from '../../rules/money';
import { RESULT_FILES, sortedRows } from '../../scripts/client/result-files';
import { randomRegion } from '../../scripts/trials/campaign/regions/random-region';
import { type TestDatabase, testDatabase } from '../database';
import { type PackFiles, packOf, removePacks } from '../pack/builder';
import { runThrough } from './run-through';

const databases: TestDatabase[] = [];
afterAll(async () => {
  for (const database of databases) await database.drop();
  removePacks();
});

async function runYear(files: PackFiles, year: number): Promise<Database> {
  const database = await testDatabase();
  databases.push(database);
  await runThrough(database.pool, await packOf(files, year));
  return database.pool;
}

const rowsOf = (text: string): string[][] =>
  text
    .trim()
    .split('\n')
    .map((row) => row.split(','));
const csv = (rows: readonly string[][]): string => `${rows.map((row) => row.join(',')).join('\n')}\n`;

/** What each area received in advance, by its books. */
async function advances(db: Database, year: number): Promise<Map<string, string>> {
  const rows = await select<{ area: string; amount: string }>(
    db,
    `select entity as area, sum(debit) as amount from fund.ledger
     where fund_year = :year and account = '暂收款' and date = make_date(:year, 1, 1) group by entity`,
    { year },
  );
  return new Map(rows.map(({ area, amount }) => [area, amount]));
}

/** Every opening of residents on receipts: more by what was received in advance. */
function onReceipts(opening: string, held: ReadonlyMap<string, string>): string {
  const [header = [], ...rows] = rowsOf(opening);
  return csv([
    [...header, 'basis'],
    ...rows.map(([area = '', scheme = '', part = '', year = '', amount = '']) =>
      scheme === 'resident'
        ? [area, scheme, part, year, yuanText(decimal(amount).plus(held.get(area) ?? '0')), 'receipt_year']
        : [area, scheme, part, year, amount, ''],
    ),
  ]);
}

/** Seeds whose regions have residents with an opening, collected in advance, and a levy of theirs. */
const SEEDS = [3, 11];

// What the two years share: all but the books, which hold the money on other days, and the reasons.
const SAME = RESULT_FILES.filter((file) => !['journal.csv', 'balances.csv'].includes(file));

test.each(SEEDS)('region %d: on receipts with P, or on coverage years without, the year is the same', async (seed) => {
  const settings = {
    ...randomRegion(seed, { year: 2028 }).settings,
    'levy.cap.mode': 'top_up_months',
    'levy.cap.value': '2',
  };
  const { files, year } = randomRegion(seed, { year: 2028, settings });
  const plain = await runYear(files, year);
  const held = await advances(plain, year);
  const moved = await runYear({ ...files, 'opening.csv': onReceipts(String(files['opening.csv']), held) }, year);
  for (const file of SAME) {
    expect([file, await sortedRows(moved, file, year)]).toEqual([file, await sortedRows(plain, file, year)]);
  }
});

/** One area whose persons pay in the autumn and in January. */
const PACK = (recognition: 'coverage_year' | 'receipt_year'): PackFiles => {
  const { files } = randomRegion(3, { year: 2028, settings: {} });
  const one = (name: string, rows: string[]): string =>
    csv([rowsOf(String(files[name]))[0] ?? [], ...rows.map((row) => row.split(','))]);
  return {
    'areas.csv': one('areas.csv', ['150100,东河盟,East River League,resident,2']),
    'banners.csv': one('banners.csv', []),
    'operators.csv': csv([
      ['operator', 'name', 'role', 'area'],
      ...['region_security', 'region_finance', 'region_government'].map((role) => [role, '张三', role, '']),
      ...['area_security', 'area_finance'].map((role) => [role, '李四', role, '150100']),
    ]),
    'history.csv': one('history.csv', []),
    'opening.csv': one('opening.csv', ['150100,resident,pooled,2028,4000.00']),
    'adjustment_fund.csv': one('adjustment_fund.csv', []),
    'insured.csv': one('insured.csv', []),
    'budget_submissions.csv': one('budget_submissions.csv', []),
    'actuals.csv': csv([
      ['area', 'scheme', 'part', 'year', 'month', 'item', 'amount'],
      ['150100', 'resident', 'pooled', '2028', '10', 'premium', '1600.00'],
      ['150100', 'resident', 'pooled', '2028', '6', 'inpatient', '500.00'],
    ]),
    'resident_roll.csv': csv([
      ['person', 'area', 'banner', 'group', 'coverage_year'],
      ...['P1', 'P2', 'P3'].map((person) => [person, '150100', '', 'ordinary', '2028']),
    ]),
    'resident_payments.csv': csv([
      ['receipt', 'person', 'area', 'coverage_year', 'amount', 'paid_at', 'kind', 'original_receipt'],
      ['R1', 'P1', '150100', '2028', '400.00', '2027-10-01T09:00:00+08:00', 'payment', ''],
      ['R2', 'P2', '150100', '2028', '390.00', '2027-11-01T09:00:00+08:00', 'payment', ''],
      ['R3', 'P3', '150100', '2028', '400.00', '2028-01-10T09:00:00+08:00', 'payment', ''],
    ]),
    'parameters.json': JSON.stringify({
      'books.premium_recognition.150100': { value: recognition, source: '备案（虚构）' },
      'collection.window.extension.150100': { value: '2028-01-31', source: '延长决定（虚构）' },
    }),
  };
};

describe('an area that recognises premiums', () => {
  const ofPremium = async (db: Database): Promise<string> => {
    const rows = (await sortedRows(db, 'balances.csv', 2028)).filter(({ account }) => account === '基本医疗保险费收入');
    return yuanText(sum(rows.map(({ balance }) => decimal(String(balance)))));
  };
  // prettier-ignore
  test.each<['coverage_year' | 'receipt_year', premium: string, january: string, december: string, underReview: string]>([
    // 400 + 400 + 1,600; the 390 that did not match are cash under review
    ['coverage_year', '2400.00', '4800.00', '5900.00', '390.00'],
    // 400 + 1,600: the autumn is in the books of the year before
    ['receipt_year',  '2000.00', '4400.00', '5500.00', '0.00'],
  ])('by %s', async (recognition, premium, january, december, underReview) => {
    const db = await runYear(PACK(recognition), 2028);
    expect(await ofPremium(db)).toBe(premium);
    const risk = (await sortedRows(db, 'risk.csv', 2028)).map(({ accumulated_surplus }) => accumulated_surplus);
    expect([risk[0], risk[11]]).toEqual([january, december]);
    const review = (await sortedRows(db, 'balances.csv', 2028)).filter(({ account }) => account === '待核对款');
    expect(yuanText(sum(review.map(({ balance }) => decimal(String(balance)))))).toBe(underReview);
    // The collection of the coverage year counts all the same.
    expect(await sortedRows(db, 'collection.csv', 2028)).toMatchObject([{ paid: '2', collected: '800.00' }]);
    const key = { area: '150100' };
    const [found] = await explainFigure(db, { year: 2028, figure: 'collection.premium', key, depth: 0 });
    expect(found?.value).toBe(recognition === 'coverage_year' ? '800' : '400');
  });
});
