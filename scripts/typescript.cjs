/**
 * Lets Node require TypeScript: for the launcher, and with `node --require` for the worker and for scripts of developers. A general
 * loader would do, but looks into every file of every package as well, and twice into ours: that takes longer than all else that a
 * command does before it can answer.
 */
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const TRANSLATIONS = join(__dirname, '..', 'node_modules', '.cache', 'fund');

/** As jest.config.js has it. */
const TRANSLATION = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
  inlineSourcesContent: false,
  configFile: false,
  swcrc: false,
};

const hashOf = (text) => createHash('sha256').update(text).digest('hex');

function contentOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Kept beside the packages, so that `npm ci` clears it away: by the name of the file, under the hash of what it was made from. */
function translated(file) {
  const source = readFileSync(file, 'utf8');
  const kept = join(TRANSLATIONS, hashOf(file));
  const title = `// ${hashOf(JSON.stringify(TRANSLATION) + source)}\n`;
  const before = contentOf(kept);
  if (before.startsWith(title)) return before.slice(title.length);
  const { code } = require('@swc/core').transformSync(source, { ...TRANSLATION, filename: file });
  try {
    mkdirSync(TRANSLATIONS, { recursive: true });
    // Others may read meanwhile: they find all of it, or what was there before.
    writeFileSync(`${kept}.${process.pid}`, title + code);
    renameSync(`${kept}.${process.pid}`, kept);
  } catch {
    // Another user has installed, or the disk is full: it is translated again next time.
  }
  return code;
}

process.setSourceMapsEnabled(true);
require.extensions['.ts'] = (module, file) => module._compile(translated(file), file);
