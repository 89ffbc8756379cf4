/**
 * What is text, and what of it nobody can see. Text from outside passes here once when it comes in (names, document numbers,
 * reasons), and again on each way out, which has limits of its own.
 */

/** A letter or a digit that can be seen; the fillers of Hangul are letters too, but empty ones. */
const SEEN = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u;
/** Whether a text says anything: blanks, points and characters without a shape are no document number and no reason. */
export const hasLetterOrDigit = (text: string): boolean => SEEN.test(text);

/**
 * Controls, marks of direction, zero width, line separators, half a character, and codes that are no character at all: none of them
 * belongs in a line of text.
 */
const UNFIT = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;
/**
 * Of several lines. The databases cannot keep NUL or half a character, a terminal obeys controls, and a spreadsheet with U+FFFF in it
 * does not open.
 */
const UNFIT_IN_LINES = /[^\P{Cc}\t\n\r]|[\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** A name stands in tables, in the heads of pages and in search attributes. */
export const LONGEST_NAME = 100;
/** A remark, such as the reason of a deviation or of a return. */
const LONGEST_REMARK = 2000;
/** A document number (文号) with its title. */
const LONGEST_DOCUMENT = 200;

const isAtMost = (text: string, most: number): boolean => text.length <= most || Array.from(text).length <= most;

const isOneLine = (text: string): boolean => !UNFIT.test(text);
export const isName = (text: string): boolean => isAtMost(text, LONGEST_NAME) && isOneLine(text);
export const isRemark = (text: string): boolean => isAtMost(text, LONGEST_REMARK) && !UNFIT_IN_LINES.test(text);
export const isReason = (text: string): boolean => isRemark(text) && hasLetterOrDigit(text);
export const isDocument = (text: string): boolean =>
  isAtMost(text, LONGEST_DOCUMENT) && isOneLine(text) && hasLetterOrDigit(text);

/** What each of them asks for, for the person who gave something else. */
export const EXPECTED_TEXT = {
  name: `至多 ${LONGEST_NAME} 字的一行文本，无控制字符和不可见的格式字符 (one line of at most ${LONGEST_NAME} characters, none of control or format)`,
  remark: `至多 ${LONGEST_REMARK} 字的文本，无控制字符 (text of at most ${LONGEST_REMARK} characters, none of control)`,
  reason: `含文字或数字、至多 ${LONGEST_REMARK} 字的文本，无控制字符 (text with a letter or a digit)`,
  document: `文号：含文字或数字、至多 ${LONGEST_DOCUMENT} 字的一行文本 (a document number: one line with a letter or a digit)`,
} as const;

// --- Showing what cannot be seen ----------------------------------------------------------------------------------------------

/** Characters without a shape, all blanks but the plain one, and halves of characters; U+2800 is a pattern of no dots. */
const INVISIBLE = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu;

const NAMES: Readonly<Record<string, string>> = {
  '0000': 'NUL',
  '0007': '响铃',
  '0008': '退格',
  '001B': '转义符 ESC',
  '007F': '删除符',
  '0085': '换行',
  '009B': '控制序列符 CSI',
  '00A0': '不换行空格',
  '00AD': '软连字符',
  '200B': '零宽空格',
  '200C': '零宽不连字',
  '200D': '零宽连字',
  '200E': '左至右标记',
  '200F': '右至左标记',
  '2028': '行分隔符',
  '2029': '段分隔符',
  '202D': '左至右强制',
  '202E': '右至左强制',
  '202F': '窄不换行空格',
  '2060': '单词连接符',
  '3000': '全角空格',
  FEFF: '字节顺序标记 BOM',
};
const KINDS: readonly [kind: RegExp, name: string][] = [
  [/\p{Z}/u, '空白'],
  [/\p{Cc}/u, '控制字符'],
  [/\p{Cs}/u, '半个字符'],
  [/\p{Co}/u, '自造字'],
  [/\p{Cn}/u, '未定义字符'],
];

/** Known to everybody who keeps files. */
const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** `[U+200B 零宽空格]`, `\n` */
function named(character: string): string {
  const escape = ESCAPES[character];
  if (escape !== undefined) return escape;
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const name = NAMES[code] ?? KINDS.find(([kind]) => kind.test(character))?.[1] ?? '不可见字符';
  return `[U+${code} ${name}]`;
}

/** A message of several lines with everything named in it that nobody could see. Plain spaces and line breaks are its own. */
export const withNames = (message: string): string =>
  message.replace(INVISIBLE, (character) => (character === ' ' || character === '\n' ? character : named(character)));

/** What was found in a cell, an option or a name: on one line, everything visible, a plain space at either end as ␠. */
export const shownText = (text: string): string =>
  text
    .replace(INVISIBLE, (character) => (character === ' ' ? character : named(character)))
    .replace(/^ +| +$/g, (spaces) => '␠'.repeat(spaces.length));

/** The columns that a text fills on a terminal or in a cell: a Chinese character is as wide as two others. */
export const widthOf = (text: string): number =>
  Array.from(text).reduce((width, letter) => width + (letter > '\u2e7f' ? 2 : 1), 0);

// --- The ways out -------------------------------------------------------------------------------------------------------------

/**
 * What each way out takes at most. CSV files and the database take any text that was let in: files are UTF-8 without NUL, and
 * names, remarks and documents have no half characters.
 */
export const MOST = {
  /** A search attribute of Temporal: 2,048 bytes, and 255 characters where its visibility store is an SQL database. */
  searchAttribute: { characters: 255, bytes: 2000 },
  /** The summary of a workflow or a timer in Temporal: 400 bytes, with the quotes around it and escapes inside. */
  summary: { characters: 255, bytes: 360 },
  /** The details of a workflow in Temporal. */
  details: { characters: 20_000, bytes: 19_900 },
  /** A cell of a spreadsheet. */
  spreadsheetCell: { characters: 32_767, bytes: Infinity },
} as const;
export type WayOut = keyof typeof MOST;

/** In UTF-8. */
function bytesOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

/** What would be another sign to a program that shows it: an obeyed control, a turned direction, half a character, none at all. */
const OBEYED =
  /\r(?!\n)|[^\P{Cc}\t\n\r]|[\p{Cs}\p{Noncharacter_Code_Point}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const unitsOf = (character: string): string =>
  [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');

/** Text on any way out, with `\u001b` where the character itself would be obeyed. JSON stays the same JSON. */
export const harmless = (text: string): string => text.replace(OBEYED, unitsOf);

/** Text as a way out takes it: harmless, and cut with an … between two characters where it is longer. */
export function fitting(text: string, way: WayOut): string {
  const { characters, bytes } = MOST[way];
  const points = Array.from(harmless(text));
  const [units, size] = [sum(points, (point) => point.length), sum(points, bytesOf)];
  if (units <= characters && size <= bytes) return points.join('');
  let [unitsLeft, bytesLeft] = [characters - ELLIPSIS.length, bytes - bytesOf(ELLIPSIS)];
  const kept = points.findIndex((point) => {
    unitsLeft -= point.length;
    bytesLeft -= bytesOf(point);
    return unitsLeft < 0 || bytesLeft < 0;
  });
  return `${points.slice(0, kept).join('')}${ELLIPSIS}`;
}

const ELLIPSIS = '…';
const sum = (points: readonly string[], of: (point: string) => number): number =>
  points.reduce((total, point) => total + of(point), 0);
