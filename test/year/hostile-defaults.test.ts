/**
 * A whole year on a database whose defaults are not those of PostgreSQL, by a URL with options of its own: every result file is
 * the same, byte for byte.
 */
import { type Database, connect } from '../../db/connect';
import { execute } from '../../db/rows';
import { Home } from '../../scripts/trials/campaign/home';
import { spoilDefaults } from '../database';
import { caseNamed } from './cases';
import { compareResults } from './compare-results';

jest.setTimeout(300_000);

const NAME = 'hostile_defaults';
const server = process.env.FUND_TEST_DATABASE as string;
let admin: Database;
let home: Home;
beforeAll(async () => {
  admin = connect(server, 'owner', 1);
  await execute(admin, `create database ${NAME}`);
  await spoilDefaults(admin, NAME);
  const url = new URL(server);
  url.pathname = `/${NAME}`;
  url.searchParams.set('options', '-c datestyle=SQL,DMY -c search_path=public -c timezone=America/New_York');
  home = new Home({ DATABASE_URL: url.href });
});
afterAll(async () => {
  await home.remove();
  await execute(admin, `drop database ${NAME} with (force)`);
  await admin.destroy();
});

test('the defaults of a database and the options of its URL change no figure', async () => {
  const golden = caseNamed('two-areas-2028');
  const { code, stdout, stderr } = await home.run(golden);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`${golden.year} 年度已关账`);
  expect(compareResults(golden.expected, home.out)).toEqual([]);
});
