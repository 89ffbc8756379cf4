/**
 * Golden cases: whole years run by the real command, each on a fresh system, with every result file compared. Two have test files
 * of their own: the demo year, and the small one that is killed.
 */
import { Home } from '../../scripts/trials/campaign/home';
import { DEMO, GOLDEN_CASES, KILLED } from './cases';
import { compareResults } from './compare-results';

jest.setTimeout(300_000);

let home: Home;
beforeEach(() => {
  home = new Home();
});
afterEach(() => home.remove());

const elsewhere = [DEMO, KILLED].map(({ name }) => name);
test.each(GOLDEN_CASES.filter(({ name }) => !elsewhere.includes(name)))('$name: $about', async (golden) => {
  const { code, stdout, stderr } = await home.run(golden);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`${golden.year} 年度已关账`);
  expect(compareResults(golden.expected, home.out)).toEqual([]);
  expect(await home.leftBehind()).toEqual([]);
});
