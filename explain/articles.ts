/**
 * The sentences that a reason cites, from the documents themselves: docs/law holds the sentences of law that the code relies
 * on, docs/spec the project's own rules and readings.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reading, sentencesOfRules, sourcesNamed } from './cited-pages';

const LAW = join(__dirname, '..', 'docs', 'law');
const DOCUMENTS = {
  A: {
    file: 'draft-opinion.md',
    title: '内蒙古自治区关于推动基本医疗保险自治区级统筹的实施意见（征求意见稿）',
  },
  B: { file: 'resident-notice-2024.md', title: '关于做好2024年城乡居民基本医疗保障工作的通知' },
} as const;
type Document = keyof typeof DOCUMENTS;

/** A sentence quoted from a document; for other sources, their title and a summary of what they rule. */
export interface Quote {
  document: string;
  article: string; // （六）, RULES 9(2); empty for another source
  text: string;
}

const isDocument = (name: string): name is Document => Object.hasOwn(DOCUMENTS, name);

const HEADING = /^### [AB](?:\(([一二三四五六七八九十]+)\)| ([一二三四五六七八九十]+))/;
/** `A(三)` is article （三） of part two, `A 三` is part three. */
const named = (article?: string, part?: string): string => (article ? `（${article}）` : `第${part ?? ''}部分`);

/** The sentences of a document by article, as they stand in docs/law: `### A(六)`, then lines that begin with `> `. */
function sentencesOf(document: Document): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let article = '';
  for (const line of readFileSync(join(LAW, DOCUMENTS[document].file), 'utf8').split('\n')) {
    const heading = HEADING.exec(line);
    if (heading) article = named(heading[1], heading[2]);
    else if (line.startsWith('> ') && article !== '')
      found.set(article, [...(found.get(article) ?? []), line.slice(2)]);
  }
  return found;
}
const read = new Map<Document, Map<string, string[]>>();
function sentences(document: Document): Map<string, string[]> {
  const known = read.get(document) ?? sentencesOf(document);
  read.set(document, known);
  return known;
}

/** The pieces of a quotation between its omissions (……). */
const piecesOf = (quotation: string): string[] => quotation.split('……').filter((piece) => piece !== '');

const REFERENCE = /([AB])(?:\(([一二三四五六七八九十]+)\)| ([一二三四五六七八九十]+))([^；]*)/g;

/** Everything between quotation marks. */
const quotations = (text = ''): string[] =>
  [...text.matchAll(/“([^”]*)”/g)].map(([, quotation]) => quotation as string);

/**
 * The sentences that the article of a reason cites. `A(六)“累计结余不足的”` gives the whole sentence of （六） with these words,
 * `RULES 9(2)` that point of the project's rules. Other sources are kept by title and summary only.
 */
export const quotesOf = (article: string): Quote[] => [
  ...ofLaw(article),
  ...ofSpecification(article),
  ...ofOthers(article),
];

const SPECIFICATION = /(RULES|READINGS) (\d+)(?:\((\d+)\))?([^；]*)/g;
function ofSpecification(article: string): Quote[] {
  return [...article.matchAll(SPECIFICATION)].flatMap(([, page = '', number = '', point, rest]) => {
    const texts = page === 'RULES' ? sentencesOfRules(number, point, quotations(rest)) : reading(number);
    const cited = `${page} ${number}${point === undefined ? '' : `(${point})`}`;
    return texts.map((text) => ({ document: `docs/spec/${page}.md`, article: cited, text }));
  });
}
const ofOthers = (article: string): Quote[] =>
  sourcesNamed(article).map((text) => ({ document: 'docs/law/other-sources.md', article: '', text }));

function ofLaw(article: string): Quote[] {
  const quotes: Quote[] = [];
  for (const [, document, of, part, rest] of article.matchAll(REFERENCE)) {
    if (document === undefined || !isDocument(document)) continue;
    const number = named(of, part);
    const all = sentences(document).get(number) ?? [];
    const words = quotations(rest);
    const texts = words.flatMap((quotation) =>
      all.filter((text) => piecesOf(quotation).every((piece) => text.includes(piece))).slice(0, 1),
    );
    for (const text of new Set(texts)) {
      quotes.push({ document: DOCUMENTS[document].title, article: number, text: sentenceWith(text, words) });
    }
  }
  return quotes;
}

/** The sentences of a paragraph that contain the quoted words. */
function sentenceWith(text: string, words: readonly string[]): string {
  const pieces = words.flatMap(piecesOf);
  const parts = text.match(/[^。]+。?/g) ?? [text];
  const holding = parts.filter((part) => pieces.some((piece) => part.includes(piece)));
  return holding.length === 0 ? text : holding.join('');
}
