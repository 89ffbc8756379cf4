/** Text in the two languages of the report. The page contains both, and a switch shows one of them. */

import { harmless } from '../rules/text';

/** Chinese first: it is what operators read. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}
export type Language = keyof Text;

export const text = (zh: string, en: string): Text => ({ zh, en });
/** The same in both languages: file names, codes, figures. */
export const same = (words: string): Text => ({ zh: words, en: words });

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (words: string): string => harmless(words).replace(/[&<>"]/g, (sign) => ENTITIES[sign] as string);

/** Finished HTML. It is made by the `markup` template alone, so that no text reaches the page unescaped. */
export class Html {
  constructor(readonly source: string) {}
}
type Part = Html | Text | string | number | readonly Html[];

/** A template of HTML: what is put in is escaped, unless it is HTML already. A text in two languages becomes a span for each. */
export const markup = (template: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(String.raw({ raw: template }, ...parts.map(sourceOf)));

function sourceOf(part: Part): string {
  if (part instanceof Html) return part.source;
  if (typeof part !== 'object') return escaped(String(part));
  if ('zh' in part) {
    const [zh, en] = [escaped(part.zh), escaped(part.en)];
    return zh === en ? zh : `<span lang="zh">${zh}</span><span lang="en">${en}</span>`;
  }
  return part.map(({ source }) => source).join('');
}

/** Text of the project's own files that is already HTML, CSS or script. */
export const trusted = (source: string): Html => new Html(source);

/** JSON for a script element: it contains no `<`, which could end the element, and no line separator. */
export const embeddedJson = (data: unknown): Html =>
  new Html(
    JSON.stringify(data).replace(
      /[<\u2028\u2029]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
