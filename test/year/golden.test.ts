/**
 * Golden cases: whole years with every result file compared. The acts are called in the order of the workflows, which takes a few
 * seconds; the case with the most returned budgets is run by the real command as well. The small one that is killed has a test file of
 * its own. `npm run campaign -- cases` runs all of them by the command.
 */
import { Home } from '../../scripts/trials/campaign/home';
import { GOLDEN_CASES, KILLED, caseNamed } from './cases';
import { compareResults } from './compare-results';
import { finishedYear } from './finished-year';

jest.setTimeout(300_000);

test.each(GOLDEN_CASES.filter(({ name }) => name !== KILLED.name))('$name: $about', async (golden) => {
  const finished = await finishedYear(golden);
  try {
    expect(compareResults(golden.expected, finished.folder)).toEqual([]);
  } finally {
    await finished.drop();
  }
});

test('budgets-2027 by the real command, on a fresh system', async () => {
  const home = new Home();
  const golden = caseNamed('budgets-2027');
  try {
    const { code, stdout, stderr } = await home.run(golden);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`${golden.year} 年度已关账`);
    expect(compareResults(golden.expected, home.out)).toEqual([]);
    expect(await home.leftBehind()).toEqual([]);
  } finally {
    await home.remove();
  }
});
