/** Text of the report in its two languages, and how it becomes HTML: both stand in the page, the switch shows one. */

/** 中文 first: operators read it. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}
export type Language = keyof Text;

export const text = (zh: string, en: string): Text => ({ zh, en });
/** The same in both languages: names of files, codes, figures. */
export const same = (words: string): Text => ({ zh: words, en: words });

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (words: string): string => words.replace(/[&<>"]/g, (sign) => ENTITIES[sign] as string);

/** A text as HTML. */
export const html = ({ zh, en }: Text): string =>
  zh === en ? escaped(zh) : `<span lang="zh">${escaped(zh)}</span><span lang="en">${escaped(en)}</span>`;

/** Data inside a script element: `<` cannot end it, and no line separator breaks it. */
export const embeddedJson = (data: unknown): string =>
  JSON.stringify(data).replace(/[<\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
