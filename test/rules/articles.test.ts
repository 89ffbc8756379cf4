/** The article of every rule is one that there is: the words it quotes stand there, or the document that it names is listed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quotesOf } from '../../explain/articles';
import { everyArticle, everyRule } from './every-rule';

const page = (path: string): string => readFileSync(join(__dirname, '../../docs', path), 'utf8');
const LAW: Record<string, string> = {
  A: page('law/draft-opinion.md'),
  B: page('law/resident-notice-2024.md'),
  RULES: page('spec/RULES.md'),
  READINGS: page('spec/READINGS.md'),
};

/** `A(六)`, `A 四`, `RULES 9(2)`, each with what follows it up to the next semicolon. */
const REFERENCES = /(A|B|RULES|READINGS)( ?\(?[一二三四五六七八九十\d]+\)?(?:\(\d+\))?)([^；]*)/g;

/** The part of a document that a reference names, with its heading; nothing where there is none. */
function partOf(document: string, number: string): string | undefined {
  const bare = number.replace(/[ ()]/g, ' ').trim().split(' ')[0] as string;
  const heading = { RULES: `#+ ${bare}\\.`, READINGS: `${bare}\\. ` }[document] ?? `### ${document}${escaped(number)}`;
  return new RegExp(`^${heading}[^]*?(?=^#|$(?![^]))`, 'm').exec(LAW[document] as string)?.[0];
}
const escaped = (text: string): string => text.replace(/[()]/g, '\\$&');

/** What is wrong with an article; nothing where every reference holds. */
function faultsOf(article: string): string[] {
  const references = [...article.matchAll(REFERENCES)];
  if (references.length === 0) return quotesOf(article).length === 0 ? [`“${article}” names no source`] : [];
  return references.flatMap(([whole, document = '', number = '', rest = '']) => {
    const part = partOf(document, number);
    if (part === undefined) return [`${document}${number} is not there`];
    const quoted = [...rest.matchAll(/“[^”]*”/g)].map(([words]) => words);
    const isTitle = (words: string): boolean => part.split('\n').some((line) => line.startsWith(words.slice(1, -1)));
    return quoted
      .filter((words) => quotesOf(`${document}${number}${words}`).length === 0 && !isTitle(words))
      .map((words) => `${words} does not stand in ${whole}`);
  });
}

const articles = [
  ...Object.entries(everyRule()).map(([name, { article }]) => [name, article] as const),
  ...everyArticle(),
];

test.each(articles)('%s: %s', (_name, article) => {
  expect(faultsOf(article)).toEqual([]);
});

// prettier-ignore
test.each([
  ['A(六)“累计结余很多的”',     ['“累计结余很多的” does not stand in A(六)“累计结余很多的”']],
  ['A(十一)“累计结余不足的”',   ['A(十一) is not there']],
  ['RULES 99',                  ['RULES 99 is not there']],
  ['某市 2008',                 ['“某市 2008” names no source']],
])('a wrong article fails: %s', (article, faults) => {
  expect(faultsOf(article)).toEqual(faults);
});
