/** The rows in quarantine, written out page by page: each once, in the order of the files, in bounded memory. */
import { type QuarantinedRow, quarantinedPages } from '../../db/quarantine';
import { execute } from '../../db/rows';
import { type TestDatabase, openPersonTables, testDatabase } from '../database';

const YEAR = 2028;
const ROWS = 12_001;
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  const owner = database.as('owner');
  await execute(
    owner,
    `insert into fund.fund_year (year, mode) values (${YEAR}, 'run');
     insert into fund.area (fund_year, area, name_zh, name_en, schemes, subsidy_class, line)
     values (${YEAR}, '150100', '呼和浩特市', 'Hohhot', '{resident}', 1, 2);`,
  );
  await openPersonTables(owner, YEAR);
  await execute(
    owner,
    `insert into fund.resident_payment
       (fund_year, file, line, receipt, person, named_area, area, amount, paid_instant, paid_on, kind, original_receipt, outcome, reason)
     select ${YEAR}, 'resident_payments' || (n % 3) || '.csv', n, 'R' || n, 'P' || n, '150100', '150100', 400, n, '2027-10-10', 'payment', '',
       'quarantined', case when n % 5 = 0 then 'out_of_window' else 'unknown_person' end
     from generate_series(1, ${ROWS}) n`,
  );
});
afterAll(() => database.drop());

async function pagesOf(reason: string | null): Promise<QuarantinedRow[][]> {
  const pages: QuarantinedRow[][] = [];
  for await (const page of quarantinedPages(database.as('reader'), YEAR, '150100', reason)) pages.push(page);
  return pages;
}

test('every row once, in the order of file and line, a few thousand at a time', async () => {
  const pages = await pagesOf(null);
  const rows = pages.flat();
  expect(pages.map(({ length }) => length)).toEqual([5000, 5000, 2001]);
  expect(new Set(rows.map(({ line }) => line)).size).toBe(ROWS);
  const places = rows.map(({ file, line }) => `${file} ${String(line).padStart(6, '0')}`);
  expect(places).toEqual([...places].sort());
});

test('limited to one reason; an area without rows has none', async () => {
  const rows = (await pagesOf('out_of_window')).flat();
  expect(rows).toHaveLength(2400);
  expect(rows[0]).toEqual({
    file: 'resident_payments0.csv',
    line: 15,
    receipt: 'R15',
    kind: 'payment',
    paid_on: '2027-10-10',
    amount: '400.00',
    reason: 'out_of_window',
  });
  const none = quarantinedPages(database.as('reader'), YEAR, '150200', null);
  expect((await none.next()).done).toBe(true);
});
