/** Runs every golden case by the real command, each on a fresh system. `npm test` calls the acts of most of them alone. */
import { GOLDEN_CASES } from '../../../test/year/cases';
import { compareResults } from '../../../test/year/compare-results';
import { Home } from './home';

/** Runs all of them; false when one does not come to its expected results. */
export async function cases(): Promise<boolean> {
  let failed = 0;
  for (const golden of GOLDEN_CASES) {
    const home = new Home();
    try {
      const { code, stderr } = await home.run(golden);
      const trouble = code === 0 ? compareResults(golden.expected, home.out) : [stderr];
      if (trouble.length > 0) failed += 1;
      console.log(`${trouble.length === 0 ? '✓' : '✗'} ${golden.name} ${trouble.join('\n')}`);
    } finally {
      await home.remove();
    }
  }
  console.log(`cases: ${GOLDEN_CASES.length - failed} passed, ${failed} failed`);
  return failed === 0;
}
