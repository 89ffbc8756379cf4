/** Writes docs/rule-map.md: every rule with its article, read from the rules themselves. Run as `npm run rule-map`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
export const RULE_MAP = join(ROOT, 'docs/rule-map.md');

const INTRODUCTION = `# The rule map

Every file of \`rules/\`, with its rules and the article that each one quotes. \`A\` is the draft opinion and \`B\` the notice, both in [law](law/); \`RULES\` is
[the specification](spec/RULES.md). Written by \`npm run rule-map\`; a test fails when it is out of date.
`;

interface Law {
  article: string;
}
const hasArticle = (value: unknown): value is Law =>
  (typeof value === 'function' || (typeof value === 'object' && value !== null)) &&
  typeof (value as Partial<Law>).article === 'string';

/** What a file exports that carries an article: rules and reasons, alone or as members of a table. */
function lawsOf(file: string): [name: string, article: string][] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- whatever files there are
  const exported = require(join(ROOT, file)) as Record<string, unknown>;
  return Object.entries(exported)
    .flatMap(([name, value]): [string, string][] => {
      if (hasArticle(value)) return [[name, value.article]];
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value as Record<string, unknown>).flatMap(([member, inner]): [string, string][] =>
        hasArticle(inner) ? [[`${name}.${member}`, inner.article]] : [],
      );
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The first paragraph of the comment that a file opens with. */
function openingOf(file: string): string {
  const [, comment = ''] = /^\/\*\*(.*?)\*\//s.exec(readFileSync(join(ROOT, file), 'utf8')) ?? [];
  const lines = comment.split('\n').map((line) => line.replace(/^ *\*? ?/, '').trim());
  const text = lines.join('\n').trim().split('\n\n')[0] ?? '';
  return text.replaceAll('\n', ' ');
}

export function ruleMap(): string {
  const files = readdirSync(join(ROOT, 'rules'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const chapters = files.sort().map((name) => {
    const file = `rules/${name}`;
    const laws = lawsOf(file).map(([rule, article]) => `| \`${rule}\` | ${article.replaceAll('|', '\\|')} |`);
    const table = laws.length > 0 ? ['', '| rule | article |', '| --- | --- |', ...laws] : [];
    return [`## [${file}](../${file})`, '', openingOf(file), ...table, ''].join('\n');
  });
  return [INTRODUCTION, ...chapters].join('\n');
}

if (require.main === module) writeFileSync(RULE_MAP, ruleMap());
