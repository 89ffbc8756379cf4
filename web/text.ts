/** Text in the two languages of the report. The page contains both, and a switch shows one of them. */

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
export const escaped = (words: string): string => words.replace(/[&<>"]/g, (sign) => ENTITIES[sign] as string);

/** A text as HTML, escaped. */
export const html = ({ zh, en }: Text): string =>
  zh === en ? escaped(zh) : `<span lang="zh">${escaped(zh)}</span><span lang="en">${escaped(en)}</span>`;

/** JSON for a script element: it contains no `<`, which could end the element, and no line separator. */
export const embeddedJson = (data: unknown): string =>
  JSON.stringify(data).replace(/[<\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
