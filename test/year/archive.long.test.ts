/** 年度归档: the rows of persons of a closed year go into files and come back, and nothing else changes. */
import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Home } from '../../scripts/trials/campaign/home';
import { differingFiles } from '../../scripts/trials/campaign/results';
import { connect } from '../../db/connect';
import { select, selectOne } from '../../db/rows';
import { postgresPort, postgresUrl } from '../../servers/postgres';
import { caseNamed } from './cases';

jest.setTimeout(300_000);

const YEAR = caseNamed('books-2027');
const home = new Home();
const folder = join(home.folder, 'archive');
const other = join(home.folder, 'other');
beforeAll(async () => {
  expect(await home.fund('up')).toMatchObject({ code: 0 });
});
afterAll(() => home.remove());

const fund = async (...args: string[]): Promise<[code: number | null, text: string]> => {
  const { code, stdout, stderr } = await home.fund(...args, '--year', String(YEAR.year));
  return [code, `${stdout}${stderr}`.trim()];
};
const archive = (...args: string[]) => fund('archive', '--by', '档案室 王', ...args);
const exported = async (name: string): Promise<string> => {
  const out = join(home.folder, name);
  await fund('export', '--out', out);
  return out;
};

/** How many rows each partition of the year has. */
async function rowsOfPersons(): Promise<Record<string, string>> {
  const pool = connect(postgresUrl(home.folder, postgresPort(home.folder) ?? 0), 'owner', 1);
  const tables = await select<{ name: string }>(
    pool,
    `select relname as name from pg_class where relispartition and relkind = 'r' and relname like '%_${YEAR.year}' order by 1`,
  );
  const counted: Record<string, string> = {};
  for (const { name } of tables) {
    const row = await selectOne<{ rows: string }>(pool, `select count(*) as rows from fund.${name}`);
    counted[name] = row?.rows ?? '';
  }
  await pool.destroy();
  return counted;
}

test('an open year is not archived', async () => {
  const serving = home.startRun(YEAR, '--until', `${YEAR.year}-01-31`);
  expect(await serving.says('serving until Ctrl-C')).toBe(true);
  expect(await archive('--out', folder)).toEqual([1, expect.stringContaining('尚未关账')]);
  serving.signal('SIGINT');
  await serving.ended;
  expect((await home.run(YEAR)).code).toBe(0);
});

let before: Record<string, string>;
test('while others use the tables nothing is archived, and nothing is left behind', async () => {
  before = await rowsOfPersons();
  const pool = connect(postgresUrl(home.folder, postgresPort(home.folder) ?? 0), 'reader', 1);
  const reading = await pool.transaction();
  await select(reading, 'select from fund.resident_roll limit 1');
  expect(await archive('--out', folder)).toEqual([1, expect.stringContaining('nothing was changed, try again later')]);
  await reading.rollback();
  await pool.destroy();
  expect([await rowsOfPersons(), readdirSync(folder)]).toEqual([before, []]);
});

test('a closed year is archived: its rows are in files, with their hashes, and no longer in the database', async () => {
  await exported('whole');
  expect(Object.keys(before)).toEqual([
    'enrolment_history_2027',
    'full_aid_enrolment_2027',
    'resident_payment_2027',
    'resident_roll_2027',
  ]);
  const [code, text] = await archive('--out', folder);
  expect([code, text]).toEqual([0, expect.stringContaining(`resident_roll ${before.resident_roll_2027}`)]);
  expect(await rowsOfPersons()).toEqual({});
  const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
  expect(sums).toHaveLength(4);
  for (const [sha256, file] of sums.map((line) => line.split('  ') as [string, string])) {
    expect(
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
    ).toBe(sha256);
  }
});

test('it is archived once', async () => {
  expect(await archive('--out', other)).toEqual([
    1,
    expect.stringMatching(/^2027 年度的个人明细已于 .* 归档至 .*archive/),
  ]);
});

describe('of an archived year', () => {
  test('verify checks the rest, and says where its rows are', async () => {
    const [code, text] = await fund('verify');
    expect(code).toBe(0);
    expect(text.split('\n')[0]).toMatch(/^– 2027 年度的个人明细已于 .* 归档至 .*archive/);
    expect(text.match(/归档时核验通过/g)).toHaveLength(4);
    expect(text.match(/^✓/gm)?.length).toBeGreaterThan(15);
  });

  test('explain says so where rows of persons would stand', async () => {
    for (const [figure, ...key] of [
      ['collection.paid'],
      ['collection.collected'],
      ['premium_sources.amount', '--source', 'medical_aid'],
      ['enrolment.persons', '--class', 'new'],
    ] as const) {
      const [code, text] = await fund('explain', '--figure', figure, '--area', '150100', ...key);
      expect([figure, code, text]).toEqual([figure, 0, expect.stringMatching(/归档至 .*archive/)]);
      expect(text).not.toMatch(/【注意】/);
    }
  });

  test('what lists rows of persons is refused in a sentence', async () => {
    const quarantined = await home.fund('quarantine', '--area', '150100', '--year', '2027');
    expect(quarantined).toMatchObject({ code: 1, stderr: expect.stringMatching(/^2027 .*归档至 [^\n]*$/) as string });
    const [code, text] = await fund('explain', '--figure', 'quarantine.reason', '--area', '150100');
    expect([code, text]).toEqual([1, expect.stringMatching(/^2027 .*归档至 [^\n]*$/)]);
  });

  test('the results are the same, but for the rows in quarantine', async () => {
    expect(differingFiles(join(home.folder, 'whole'), await exported('without'))).toEqual(['quarantine.csv']);
  });
});

test('only the very files that were written are put back', async () => {
  cpSync(folder, other, { recursive: true });
  const file = join(other, 'resident_payment.csv.gz');
  const bytes = readFileSync(file);
  writeFileSync(file, Buffer.concat([bytes, bytes]));
  expect(await archive('--restore', other)).toEqual([
    1,
    expect.stringMatching(/resident_payment.csv.gz：不是归档时写出的文件/),
  ]);
  expect(await rowsOfPersons()).toEqual({});
});

test('put back, everything is as it was', async () => {
  const [code] = await archive('--restore', folder);
  expect(code).toBe(0);
  expect(await rowsOfPersons()).toEqual(before);
  expect(differingFiles(join(home.folder, 'whole'), await exported('again'))).toEqual([]);
  const [verified, text] = await fund('verify');
  expect([verified, text.includes('归档')]).toEqual([0, false]);
  expect(await archive('--restore', folder)).toEqual([1, expect.stringContaining('没有归档')]);
});

test('and can be archived again, but not over other files', async () => {
  expect(await archive('--out', folder)).toEqual([1, expect.stringContaining('不是空的')]);
  const again = join(home.folder, 'again-archived');
  expect(await archive('--out', again)).toEqual([0, expect.any(String)]);
  expect(readdirSync(again)).toEqual(readdirSync(folder));
});
