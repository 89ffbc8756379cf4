/** Pages of docs/ as reasons cite them: the project's rules and readings (`RULES 9(2)`, `READINGS 5`) and other sources (`广元 2008`). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(__dirname, '..', 'docs');

/** A paragraph, a point of a list or a row of a table. */
interface Block {
  section: string;
  /** The number of a numbered point. */
  number: string | null;
  text: string;
}

const startsBlock = (line: string): boolean => /^(\||- |\d+\. )/.test(line);
const plain = (markdown: string): string =>
  markdown
    .replace(/^(- |\d+\. )/, '')
    .replace(/^\|\s*|\s*\|$/g, '')
    .replace(/\s*\|\s*/g, ' | ')
    .replace(/`|\*\*/g, '')
    .replace(/\s+/g, ' ')
    .trim();

function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  let section = '';
  let lines: string[] = [];
  const end = (): void => {
    const [first] = lines;
    const text = plain(lines.join(' '));
    if (first !== undefined && text !== '')
      blocks.push({ section, number: /^(\d+)\. /.exec(first)?.[1] ?? null, text });
    lines = [];
  };
  for (const line of readFileSync(join(DOCS, page), 'utf8').split('\n')) {
    if (line.trim() === '' || line.startsWith('#') || startsBlock(line)) end();
    if (line.startsWith('#')) section = /^#+ (\d+)\./.exec(line)?.[1] ?? '';
    else if (line.trim() !== '') lines.push(line.trim());
  }
  end();
  return blocks;
}

const read = new Map<string, Block[]>();
function blocks(page: string): Block[] {
  const known = read.get(page) ?? blocksOf(page);
  read.set(page, known);
  return known;
}

const SENTENCE_END = /(?<=\.)\s+(?=\p{Lu})/u;

/** The sentences of a section of RULES that contain these words; without words its numbered point. */
export function sentencesOfRules(section: string, point: string | undefined, words: readonly string[]): string[] {
  const own = blocks('spec/RULES.md').filter((block) => block.section === section);
  if (words.length === 0)
    return own.filter(({ number }) => number !== null && number === point).map(({ text }) => text);
  return words.flatMap((wanted) =>
    own.flatMap(({ text }) => text.split(SENTENCE_END).filter((sentence) => sentence.includes(wanted))).slice(0, 1),
  );
}

/** A numbered reading as a whole. */
export const reading = (number: string): string[] =>
  blocks('spec/READINGS.md').flatMap((block) => (block.number === number ? [block.text] : []));

/** A source for which docs/ keeps a title and a summary: another place's rules, or law beside the two documents. */
interface OtherSource {
  line: string;
  names: string[];
}
function otherSources(): OtherSource[] {
  return blocks('law/other-sources.md').flatMap(({ text }) => {
    const [title = '', status, gives, extent] = text.split(' | ');
    if (extent === undefined || title === '文件' || title.startsWith('---')) return [];
    const place = /^(\p{Script=Han}{2,3}?)[省市州]/u.exec(title)?.[1];
    const years = title.match(/(19|20)\d\d/g) ?? [];
    const bare = title.replace(/（.*$/u, '').replace(/[《》]/g, '');
    const numbers = title.match(/\p{Script=Han}+〔\d{4}〕\d+号/gu) ?? [];
    return [
      {
        line: `${title}：${status}；${gives}；本项目所读：${extent}`,
        names: [bare, ...numbers, ...(place === undefined ? [] : years.map((year) => `${place} ${year}`))],
      },
    ];
  });
}
let known: OtherSource[] | undefined;

/** The sources that an article names by number, by title, or by place and year. A name inside a longer name does not count. */
export function sourcesNamed(article: string): string[] {
  known ??= otherSources();
  const found = known.flatMap(({ line, names }) => {
    const name = names.find((cited) => article.includes(cited));
    return name === undefined ? [] : [{ line, name }];
  });
  return found
    .filter(({ name }) => !found.some((other) => other.name !== name && other.name.includes(name)))
    .map(({ line }) => line);
}
