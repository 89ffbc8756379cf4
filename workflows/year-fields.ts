/** The input of a start from the form of the Temporal UI, where anything can be typed. A field that is not meant would be passed over. */
import { fitting } from '../rules/text';

const isYear = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 2000 && (value as number) <= 2999;

const typed = (value: unknown): string => fitting(JSON.stringify(value), 'summary');

/** What is wrong with the input, in one sentence; null when it fits. An empty field counts as not given. */
export function flawOfStart(
  given: unknown,
  fields: readonly string[],
  required: readonly string[] = [],
): string | null {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return `应填写一个 JSON 对象，如 {"year":2028}；收到 ${typed(given ?? null)}（the input is one JSON object）`;
  }
  const known = given as Record<string, unknown>;
  const flaws = Object.keys(known)
    .filter((name) => !fields.includes(name))
    .map((name) => `没有 ${typed(name)} 这一项，可填 ${fields.join('、')}（no such field）`);
  for (const name of ['year', 'confirm'].filter((one) => fields.includes(one))) {
    const value = Object.hasOwn(known, name) ? (known[name] ?? undefined) : undefined;
    if (value === undefined ? required.includes(name) : !isYear(value)) {
      flaws.push(`${name} 应为四位数字的年度，不加引号，如 2028；收到 ${typed(value ?? null)}（a year such as 2028）`);
    }
  }
  return flaws.length === 0 ? null : flaws.join('；');
}
