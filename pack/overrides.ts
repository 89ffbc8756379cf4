/** `parameters.json`: overrides of values of law, each fault with the line it stands on. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Override, faultsOfOverrides } from '../parameters';
import { type Fault, FaultList, type Report, both } from './fault';
import type { Pack } from './pack';
import type { PackFile } from './read-table';

export const OVERRIDES_FILE = 'parameters.json';

interface OverrideContext {
  year: number;
  areas: readonly string[];
}

/** Reads and judges the overrides of a pack. What is returned is valid only where no fault was reported. */
export async function readOverrides(
  directory: string,
  context: OverrideContext,
  faults: FaultList,
): Promise<{ overrides: Record<string, Override>; file: PackFile }> {
  const bytes = await readFile(join(directory, OVERRIDES_FILE));
  const { overrides, names } = judged(bytes, OVERRIDES_FILE, { ...context, beside: {} }, faults);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { overrides, file: { file: OVERRIDES_FILE, sha256, rows: names } };
}

/**
 * Reads a `parameters.json` that is laid over the overrides of a pack (假设测算). Both are judged together, because values must
 * fit each other.
 */
export async function readOverlay(
  path: string,
  pack: Pick<Pack, 'year' | 'areas' | 'overrides'>,
): Promise<{ overlay: Record<string, Override> } | { faults: Fault[] }> {
  const faults = new FaultList();
  const context = { year: pack.year, areas: pack.areas.map(({ area }) => area), beside: pack.overrides };
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) {
    faults.of(path)({
      expected: both('能读取的文件', 'a file that can be read'),
      remedy: both('改正路径', 'correct the path'),
    });
    return { faults: faults.all() };
  }
  const { overrides } = judged(bytes, path, context, faults);
  return faults.isEmpty ? { overlay: overrides } : { faults: faults.all() };
}

/** `beside` are the overrides that hold where the file says nothing. */
function judged(
  bytes: Buffer,
  file: string,
  { beside, ...context }: OverrideContext & { beside: Readonly<Record<string, Override>> },
  faults: FaultList,
): { overrides: Record<string, Override>; names: number } {
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  const places = namesWithLines(text);
  const report = faults.of(file);
  const overrides = isUtf8(bytes) ? objectOf(text) : null;
  if (overrides === null) {
    reportNoObject(isUtf8(bytes), report);
    return { overrides: {}, names: places.length };
  }
  reportRepeatedNames(places, report);
  const lineOf = (name: string): number | null => places.find((place) => place.name === name)?.line ?? null;
  reportFaultsOf({ ...beside, ...overrides }, context, report, lineOf);
  return { overrides: overrides as Record<string, Override>, names: places.length };
}

/** Even a pack without overrides can be faulty: a year may lack a published standard. */
export const judgeNoOverrides = (context: OverrideContext, faults: FaultList): void =>
  reportFaultsOf({}, context, faults.of(OVERRIDES_FILE), () => null);

const CORRECT = both('改正该参数', 'correct the parameter');

function reportFaultsOf(
  overrides: Record<string, unknown>,
  context: OverrideContext,
  report: Report,
  lineOf: (name: string) => number | null,
): void {
  for (const { name, remedy = CORRECT, ...fault } of faultsOfOverrides(overrides, context)) {
    report({ line: lineOf(name), column: name, ...fault, remedy });
  }
}

function reportNoObject(isText: boolean, report: Report): void {
  const expected = isText
    ? both('{"参数名": {"value": …, "source": "…"}, …} 形式的 JSON', 'a JSON object of overrides by name')
    : both('UTF-8 编码的文本', 'text in UTF-8');
  report({ expected, remedy: both('改正该文件', 'correct the file') });
}

interface NamePlace {
  name: string;
  line: number;
}

/** JSON.parse would silently keep the last of two equal names. */
function reportRepeatedNames(places: readonly NamePlace[], report: Report): void {
  places.forEach(({ name, line }, place) => {
    const first = places.findIndex((place) => place.name === name);
    if (first === place) return;
    const expected = both('每个参数只出现一次', 'each parameter once');
    report({ line, column: name, expected, remedy: both('删除重复的参数', 'remove one of the two') });
  });
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null; // the caller reports that the file is no JSON object
  }
}

/** The names of the outermost object and their lines. */
function namesWithLines(text: string): NamePlace[] {
  const names: NamePlace[] = [];
  let depth = 0;
  for (const token of text.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]]/g)) {
    const [all, name, colon] = token;
    if (all === '{' || all === '[') depth += 1;
    else if (all === '}' || all === ']') depth -= 1;
    else if (depth === 1 && colon !== undefined)
      names.push({ name: unescaped(name ?? ''), line: lineAt(text, token.index) });
  }
  return names;
}

/** Names are compared as JSON reads them: `\u006c` is an l. A bad escape stays as it is; the file is refused anyway. */
function unescaped(name: string): string {
  try {
    return JSON.parse(`"${name}"`) as string;
  } catch {
    return name;
  }
}
const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;
