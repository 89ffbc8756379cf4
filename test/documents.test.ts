/** The documents agree with the code. Each test title says what to do when it fails. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vocabulary from '../rules/vocabulary';
import { RULE_MAP, ruleMap } from './rule-map';
import { filesOf, ROOT, sources, tests, textOf } from './source-files';

/** The documents that are kept up to date: not the law and the specification, nor the changelog, which names what is gone. */
const documents = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'demo/README.md'],
  ...filesOf('docs', '.md').filter((file) => !/^docs\/(law|spec)\//.test(file)),
];

/** The anchors of a page, as GitHub makes them of its headings. */
const anchorsOf = (page: string): string[] =>
  [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

test('every link leads somewhere: fix the link, the file or the heading', () => {
  const broken = [...documents, 'CHANGELOG.md'].flatMap((page) =>
    [...textOf(page).matchAll(/\]\(([^)#:]*)(?:#([^)]*))?\)/g)]
      .map(([, target, anchor]) => ({ file: target ? join(dirname(page), target) : page, anchor }))
      .filter(({ file, anchor }) => !existsSync(join(ROOT, file)) || (anchor && !anchorsOf(file).includes(anchor)))
      .map(({ file, anchor }) => `${page}: ${file} ${anchor ?? ''}`),
  );
  expect(broken).toEqual([]);
});

const FILE = /[\w-][\w./-]*\.(?:ts|mjs|sql)\b/g;
const all = [
  ...[...sources, ...tests, ...filesOf('db', '.sql')],
  ...['eslint.config.mjs', 'scripts/bootstrap.mjs', 'jest.config.js'],
];
const exists = (name: string): boolean => all.some((file) => file === name || file.endsWith(`/${name}`));
/** The source files that a text names and that do not exist. */
const stale = (text: string): string[] =>
  [...text.matchAll(FILE)].map(([name]) => name.replace(/^(\.\.\/)+/, '')).filter((name) => !exists(name));

test('every source file that a document names exists: write where it is now', () => {
  expect(documents.flatMap((page) => stale(textOf(page)).map((name) => `${page}: ${name}`))).toEqual([]);
});

test('every source file that a comment names by its path exists: write where it is now', () => {
  const comments = (text: string): string => (text.match(/\/\*\*[^]*?\*\/|^ *\/\/.*$/gm) ?? []).join('\n');
  const named = [...sources, ...tests].flatMap((file) =>
    stale(comments(textOf(file)))
      .filter((name) => name.includes('/'))
      .map((name) => `${file}: ${name}`),
  );
  expect(named).toEqual([]);
});

test('docs/rule-map.md is up to date: run `npm run rule-map`', () => {
  expect(readFileSync(RULE_MAP, 'utf8')).toBe(ruleMap());
});

test('README covers the first five minutes: move anything more to docs/', () => {
  expect(textOf('README.md').split('\n').length).toBeLessThanOrEqual(121);
});

test('the glossary has every word of the vocabulary: add it to docs/GLOSSARY.md', () => {
  const glossary = textOf('docs/GLOSSARY.md');
  const words = [
    ...[vocabulary.SCHEMES, vocabulary.PARTS, vocabulary.ITEMS, vocabulary.GROUPS, vocabulary.AID_KINDS],
    ...[vocabulary.AID_FUNDINGS, vocabulary.ROLES, vocabulary.RISK_LEVELS, vocabulary.CAUSES],
    vocabulary.SUBSIDY_LEVELS,
  ].flat();
  const names = [vocabulary.SCHEME_NAMES, vocabulary.PART_NAMES, vocabulary.ITEM_NAMES, vocabulary.ROLE_NAMES];
  const chinese = [...names, vocabulary.RISK_LEVEL_NAMES, vocabulary.CAUSE_NAMES, vocabulary.GROUP_NAMES].flatMap(
    (table) => Object.values(table),
  );
  expect(words.filter((word) => !glossary.includes(`\`${word}\``))).toEqual([]);
  expect(chinese.filter((name) => !glossary.includes(name))).toEqual([]);
});

test('every variable that a supervisor’s file sets is explained: add it to docs/operations.md', () => {
  const explained = textOf('docs/operations.md') + textOf('docs/manual.md');
  const named = [...filesOf('deploy/systemd', '.example'), ...filesOf('deploy/systemd', '.service')].flatMap((file) =>
    [...textOf(file).matchAll(/^(?:# |Environment=)?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name!),
  );
  expect([...new Set(named)].filter((name) => !explained.includes(`\`${name}\``))).toEqual([]);
});
