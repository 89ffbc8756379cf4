/** A system of its own in a temporary folder, for a year that nobody keeps: servers and folder go with it. */
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type System } from '../../servers';
import { homeFolder } from '../../servers/home';
import { withSystem } from '../client/system';

/** The variables that name servers: a scratch system has its own, whatever this command was given. */
const NAMES_A_SERVER = /^(DATABASE_URL|PG[A-Z]+|TEMPORAL_(?!CLI_PATH).*)$/;

/** Runs `work` on a new system, which is removed however the work ends. */
export async function inScratchSystem<Result>(
  say: (line: string) => void,
  work: (system: System) => Promise<Result>,
): Promise<Result> {
  const cli = join(homeFolder(), 'bin');
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'fund-what-if-')));
  const remove = (): void => rmSync(home, { recursive: true, force: true });
  // PostgreSQL may run as another user, who must be able to enter.
  chmodSync(home, 0o711);
  mkdirSync(cli, { recursive: true });
  symlinkSync(cli, join(home, 'bin'));
  const own = { ...process.env };
  for (const name of Object.keys(own).filter((variable) => NAMES_A_SERVER.test(variable)))
    Reflect.deleteProperty(process.env, name);
  process.env.FUND_HOME = home;
  process.once('exit', remove);
  try {
    return await withSystem(say, work);
  } finally {
    if (own.FUND_HOME === undefined) delete process.env.FUND_HOME;
    Object.assign(process.env, own);
    remove();
    process.off('exit', remove);
  }
}
