/**
 * The workflows as the one script that the SDK runs. To put it together takes longer than all else that a worker does before it can
 * work, so the script is kept beside the packages, as the launcher keeps its translations.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Logger, bundleWorkflowCode } from '@temporalio/worker';

const CHECKOUT = join(__dirname, '..');
const WORKFLOWS = join(CHECKOUT, 'workflows');
/** All that workflows consist of, besides the packages. */
export const ROOMS = ['workflows', 'rules'];

const hashOf = (...texts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
};

/** The hash of everything that the script is made from. */
function hashOfSources(): string {
  const files = ROOMS.flatMap((room) =>
    readdirSync(join(CHECKOUT, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(CHECKOUT, room, file)),
  ).sort();
  const all = ['package-lock.json', 'tsconfig.json'].map((file) => join(CHECKOUT, file)).concat(files);
  return hashOf(process.version, ...all.flatMap((file) => [file, readFileSync(file)]));
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

export async function workflowBundle(logger: Logger): Promise<{ code: string }> {
  const kept = join(CHECKOUT, 'node_modules', '.cache', 'fund', hashOf(WORKFLOWS));
  const title = `// ${hashOfSources()}\n`;
  const before = contentOf(kept);
  if (before.startsWith(title)) return { code: before.slice(title.length) };
  const { code } = await bundleWorkflowCode({ workflowsPath: WORKFLOWS, logger });
  try {
    mkdirSync(dirname(kept), { recursive: true });
    // Others may read meanwhile: they find all of it, or what was there before.
    writeFileSync(`${kept}.${process.pid}`, title + code);
    renameSync(`${kept}.${process.pid}`, kept);
  } catch {
    // Another user has installed, or the disk is full: it is put together again next time.
  }
  return { code };
}
