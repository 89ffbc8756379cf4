/** The database asks for a letter or a digit as the commands do (rules/text.ts), in whatever locale it runs. */
import { execute, select } from '../../db/rows';
import { hasLetterOrDigit } from '../../rules/text';
import { type TestDatabase, testDatabase } from '../database';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const LAST = 0x10ffff;

test('every letter and digit is enough; blanks, controls and characters without a shape are not', async () => {
  const rows = await select<{ code: number }>(
    database.pool,
    `select code from generate_series(1, :last::int) code
     where code not between 55296 and 57343 and fund.says_something(chr(code))`,
    { last: LAST },
  );
  const saying = new Set(rows.map(({ code }) => code));
  const all = Array.from({ length: LAST }, (_, i) => i + 1).filter((code) => code < 0xd800 || code > 0xdfff);
  const of = (fits: (character: string) => boolean): string[] =>
    all.filter((code) => fits(String.fromCodePoint(code))).map((code) => code.toString(16));
  const inDatabase = (code: string): boolean => saying.has(Number.parseInt(code, 16));
  expect(of(hasLetterOrDigit).filter((code) => !inDatabase(code))).toEqual([]);
  const empty = /[\p{Z}\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]/u;
  expect(of((character) => empty.test(character)).filter(inDatabase)).toEqual([]);
});

test.each([
  [
    'a correction without a reason',
    `insert into fund.correction (fund_year, file, key, before, after, reason, operator)
     values (2028, 'opening.csv', '{}', '{}', '{}', :blank, 'system')`,
  ],
  [
    'an override without a source',
    `insert into fund.parameter_override (fund_year, name, value, source) values (2028, 'levy.cap.value', '"2"', :blank)`,
  ],
])('%s', async (_, sql) => {
  await execute(database.pool, `insert into fund.fund_year (year, mode) values (2028, 'run') on conflict do nothing`);
  for (const blank of [' ', '\u3000', '\u200b', '。']) {
    await expect(execute(database.pool, sql, { blank })).rejects.toThrow('says_something');
  }
});
