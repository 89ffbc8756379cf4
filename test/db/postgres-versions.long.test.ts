/**
 * The oldest and the newest PostgreSQL that are promised, as a region runs them: an owner who is no superuser migrates, a login
 * that is only a member of the roles works. `npm run postgres` runs the tests of the database on any other.
 */
import { join } from 'node:path';
import { connect } from '../../db/connect';
import { migrate, schemaState } from '../../db/migrate';
import { execute, select } from '../../db/rows';
import { Home } from '../../scripts/trials/campaign/home';
import { type Cluster, postgres15, postgres18, startCluster } from '../postgres-cluster';
import { caseNamed } from '../year/cases';
import { compareResults } from '../year/compare-results';

jest.setTimeout(300_000);

const YEAR = caseNamed('two-areas-2028');

const VERSIONS: { version: string; programs: () => string | undefined }[] = [
  { version: '15', programs: postgres15 },
  { version: '18', programs: postgres18 },
];

async function archivedAndBack(home: Home, cluster: Cluster): Promise<void> {
  const folder = join(home.folder, 'archive');
  const archive = (...args: string[]) => home.fund('archive', '--year', String(YEAR.year), '--by', '档案室', ...args);
  expect(await archive('--out', folder)).toMatchObject({ code: 1, stderr: expect.stringContaining('属主') as string });
  process.env.DATABASE_URL = cluster.urlOf('fund_owner');
  expect(await archive('--out', folder)).toMatchObject({ code: 0 });
  expect(await archive('--restore', folder)).toMatchObject({ code: 0 });
  process.env.DATABASE_URL = cluster.urlOf('fund_app');
  const again = join(home.folder, 'again');
  expect(await home.fund('export', '--year', String(YEAR.year), '--out', again)).toMatchObject({ code: 0 });
  expect(compareResults(YEAR.expected, again)).toEqual([]);
}

for (const { version, programs } of VERSIONS) {
  const found = programs();
  const given = found === undefined ? describe.skip : describe;

  given(
    `PostgreSQL ${version}${found === undefined ? ' (not on this machine: POSTGRES_15 names its folder)' : ''}`,
    () => {
      let cluster: Cluster;
      let home: Home;
      beforeAll(async () => {
        cluster = await startCluster(found ?? '');
        home = new Home();
      });
      afterAll(async () => {
        delete process.env.DATABASE_URL;
        await home.remove();
        await cluster.stop();
      });

      test('is migrated by an owner who is not a superuser, twice without harm', async () => {
        await migrate(cluster.urlOf('fund_owner'));
        await migrate(cluster.urlOf('fund_owner'));
        const pool = connect(cluster.urlOf('fund_owner'), 'owner', 1);
        const rows = await select<{ version: string; superuser: boolean }>(
          pool,
          `select current_setting('server_version') as version, rolsuper as superuser from pg_roles where rolname = current_user`,
        );
        expect(rows).toEqual([{ version: expect.stringMatching(`^${version}\\b`) as string, superuser: false }]);
        expect(await schemaState(pool)).toBe('current');
        await pool.destroy();
      });

      test('a login that owns nothing runs a whole year, to the same figures', async () => {
        process.env.DATABASE_URL = cluster.urlOf('fund_app');
        const { code, stderr } = await home.run(YEAR);
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(compareResults(YEAR.expected, home.out)).toEqual([]);
        const { code: verified } = await home.fund('verify');
        expect(verified).toBe(0);
      });

      test('only the owner archives the closed year, and puts it back', () => archivedAndBack(home, cluster));

      test('and cannot change the books or the schema', async () => {
        const pool = connect(cluster.urlOf('fund_app'), 'worker', 1);
        for (const forbidden of [
          'update fund.journal_line set amount = 0',
          'drop table fund.finding',
          'reset role; delete from fund.act',
          'set role fund_owner',
        ]) {
          await expect(execute(pool, forbidden)).rejects.toThrow(/permission denied|must be owner/);
        }
        await pool.destroy();
      });
    },
  );
}
