/** Reads the JSON of a case: no number passes through a JavaScript number, and a field given twice is refused. */
import { JsonNumber, shown } from '../../parameters/reader';
import { type CaseFault, type Json, type JsonObject, isObject } from './kinds';

/** Marks the numbers that were turned into texts: no JSON text holds this character unescaped. */
const MARK = '\u0000';
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const EXPECTED = '一个 JSON 对象，如 {"字段": "值"}；字段见 --help (one JSON object; --help lists its fields)';

export function readCase(text: string): { given: JsonObject } | { faults: CaseFault[] } {
  const fault = (found: string): { faults: CaseFault[] } => ({
    faults: [{ field: '标准输入 (stdin)', found, expected: EXPECTED }],
  });
  const json = text.replace(/^\ufeff/, '').trim();
  if (json === '') return fault('空 (empty)');
  try {
    JSON.parse(json);
  } catch (error) {
    return fault(`不是 JSON (${(error as Error).message})`);
  }
  const twice: CaseFault[] = repeatedNames(json).map((field) => ({
    field,
    found: '出现两次 (twice)',
    expected: '只给一次 (given once)',
  }));
  if (twice.length > 0) return { faults: twice };
  const marked = json.replace(TOKEN, (token) => (token.startsWith('"') ? token : JSON.stringify(MARK + token)));
  const given = JSON.parse(marked, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? new JsonNumber(value.slice(MARK.length)) : value,
  ) as Json;
  return isObject(given) ? { given } : fault(shown(given));
}

/** The names that one object has twice; JSON.parse would silently keep the last. */
function repeatedNames(json: string): string[] {
  const open: Set<string>[] = [];
  const repeated: string[] = [];
  for (const [token, name, colon] of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (colon !== undefined) {
      const decoded = JSON.parse(name as string) as string;
      const names = open.at(-1) as Set<string>;
      if (names.has(decoded)) repeated.push(decoded);
      names.add(decoded);
    }
  }
  return repeated;
}
