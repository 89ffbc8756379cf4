/** The options that several commands share: judged before anything is started, or against the database once it is there. */
import { InvalidArgumentError } from 'commander';
import { type NamedArea, areasOfYear, newestYear } from '../../db/areas';
import type { Database } from '../../db/connect';
import { fundYears } from '../../db/fund-year';
import { isRealDate } from '../../rules/calendar-day';
import { EXPECTED_TEXT, isDocument, isReason, shownText } from '../../rules/text';
import { SCHEMES, SCHEME_NAMES, type Scheme } from '../../rules/vocabulary';
import { Refusal } from '../words/refusal';
import { codeOfWord } from '../words/value-text';

export function yearOption(text: string): number {
  if (!/^2\d{3}$/.test(text))
    throw new Refusal(`--year ${shownText(text)}：应为 2000 至 2999 之间的年度，例如 2028 (a year such as 2028)`, 2);
  return Number.parseInt(text, 10);
}

/** A date, of the option that is named. */
export const dateOption =
  (name: string) =>
  (text: string): string => {
    if (isRealDate(text)) return text;
    throw new Refusal(`${name} ${shownText(text)}：应为日期，例如 2028-06-30 (a date such as 2028-06-30)`, 2);
  };

/** 险种, by its code or the beginning of its name. */
export function schemeOption(text: string): Scheme {
  const scheme = SCHEMES.find((known) => known === text || known === codeOfWord(text, Object.entries(SCHEME_NAMES)));
  if (scheme === undefined)
    throw new Refusal(`--scheme ${shownText(text)}：应为 employee（职工）或 resident（居民）`, 2);
  return scheme;
}

/** 文号, of a decision that is acted on. */
export function documentOption(text: string): string {
  if (isDocument(text)) return text;
  throw new Refusal(`--document ${shownText(text)}：应为${EXPECTED_TEXT.document}`, 2);
}
/** The reason for an act that undoes something. */
export function reasonOption(text: string): string {
  if (isReason(text)) return text;
  throw new Refusal(`--reason ${shownText(text)}：应为${EXPECTED_TEXT.reason}`, 2);
}
/** A remark may be missing; it may not be blank. */
export function noteOption(text: string): string {
  if (isReason(text)) return text;
  throw new Refusal(`--note ${shownText(text)}：应为${EXPECTED_TEXT.reason}`, 2);
}

/** A whole number from 1 on. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('应为正整数 (a whole number from 1 on)');
  return Number.parseInt(text, 10);
}

/** The refusal of a year that the database does not have; it names those that it has. */
export async function noSuchYear(database: Database, year: number): Promise<Refusal> {
  const years = (await fundYears(database)).map((known) => known.year).join('、');
  const remedy = years === '' ? '：模拟运行用 fund run，正式年度用 fund start' : `；现有 ${years}`;
  return new Refusal(`数据库中没有 ${year} 年度${remedy} (fund year ${year} is not in the database)`);
}

/** The year that a person names, or the newest one, with its areas. */
export async function yearWithAreas(
  database: Database,
  named: number | undefined,
): Promise<{ year: number; areas: NamedArea[] }> {
  const year = named ?? (await newestYear(database));
  const areas = year === null ? [] : await areasOfYear(database, year);
  if (year === null || areas.length === 0) {
    throw new Refusal('数据库中没有该年度 (no such fund year in the database)');
  }
  return { year, areas };
}

/** The code of an area that a person names, among those of a year, or of every open one. */
export async function areaOf(database: Database, word: string, year: number | undefined): Promise<string> {
  const open = (await fundYears(database)).filter(({ status }) => status === 'open').map((one) => one.year);
  const years = year === undefined ? open : [year];
  const areas = (await Promise.all(years.map((one) => areasOfYear(database, one)))).flat();
  return areas.length === 0 ? word : areaNamed(areas, years.at(-1) as number, word);
}

/** The code of an area that a person names by its code, its name, or a beginning that no other area's name has. */
export function areaNamed(areas: readonly { area: string; name: string }[], year: number, word: string): string {
  const names = new Map(areas.map(({ area, name }) => [area, name]));
  const code = names.has(word) ? word : codeOfWord(word, names);
  if (code !== undefined) return code;
  const known = [...names].map((entry) => entry.join(' ')).join('、') || '（尚未导入）';
  throw new Refusal(`${year} 年度没有统筹区 ${shownText(word)}。有：${known} (no such area)`);
}
