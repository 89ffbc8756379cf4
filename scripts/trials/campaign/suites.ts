/** Runs the suites that take too long for `npm test`: whole years stopped, cut and compared, and machines as they are found. */
import { JEST, runInstalled } from '../../installed-program';

/** False when a test fails. */
export const suites = async (): Promise<boolean> =>
  (await runInstalled(JEST, ['--config', 'test/long.config.js'])) === 0;
