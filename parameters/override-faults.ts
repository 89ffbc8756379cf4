/**
 * What is wrong with the overrides of a pack (CONTRACT 4), which is refused for it before anything starts. A single value is judged
 * by its reader; values that must fit each other are compared here.
 */
import { dateIn } from '../rules/calendar-day';
import { decimal } from '../rules/money';
import { EXPECTED_TEXT, isReason } from '../rules/text';
import type { ParameterValue } from './dated';
import { atLeastZero, readerOf } from './forms';
import { lackText, lawFaults } from './gate';
import { type Override, PARAMETERS, YEARLY_PARAMETERS, parametersInForce } from './in-force';
import { type Reader, shown } from './reader';
import { FIRST_DAY } from './sources';

const FIRST_YEAR = Number(FIRST_DAY.slice(0, 4));

interface OverrideFault {
  name: string;
  found: string | null;
  expected: string;
  /** What to do, where that is not to correct the override. */
  remedy?: string;
}
interface OverrideContext {
  year: number;
  areas: readonly string[];
}

/** Every fault, in the order of the file. Values are compared only when each of them is in order. */
export function faultsOfOverrides(
  overrides: Readonly<Record<string, unknown>>,
  context: OverrideContext,
): OverrideFault[] {
  if (context.year < FIRST_YEAR) {
    const expected = `${FIRST_YEAR} 年及以后的年度：此前没有法定参数 (a fund year from ${FIRST_YEAR} on)`;
    return [{ name: 'year', found: String(context.year), expected }];
  }
  const single = Object.entries(overrides).flatMap(([name, override]) => faultsOfOne(name, override, context));
  const lacking = lawFaults(context.year, overrides).map((fault) => ({
    name: fault.name,
    found: null,
    expected: `一个有效的值；${lackText(fault, context.year)}`,
    remedy: fault.remedy,
  }));
  const faults = [...single, ...lacking];
  return faults.length > 0 ? faults : faultsBetween(overrides as Record<string, Override>, context);
}

function faultsOfOne(name: string, override: unknown, context: OverrideContext): OverrideFault[] {
  const known = readerFor(name, context);
  if (typeof known === 'string') return [{ name, found: null, expected: known }];
  if (!isObject(override)) {
    return [{ name, found: shown(override), expected: '{"value": …, "source": "…"}' }];
  }
  const faults: OverrideFault[] = [];
  const { value, source, ...others } = override;
  if (!('value' in override)) faults.push({ name, found: '没有 value (no value)', expected: known.expected });
  else known.read(value, ({ found, expected }) => faults.push({ name, found, expected }));
  if (typeof source !== 'string' || !isReason(source)) {
    const found = source === undefined ? '没有 source (no source)' : shown(source);
    faults.push({ name, found, expected: `来源文件：${EXPECTED_TEXT.reason}，如文号 (the document that decides it)` });
  }
  for (const other of Object.keys(others)) {
    faults.push({ name, found: other, expected: '只有 value 和 source (only value and source)' });
  }
  return faults;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The reader of a name's values, or what is wrong with the name. */
function readerFor(name: string, { year, areas }: OverrideContext): Reader<ParameterValue> | string {
  const plain = PARAMETERS.find((parameter) => parameter.name === name);
  if (plain) return readerOf(plain.form, year);

  for (const parameter of PARAMETERS.filter(({ perArea }) => perArea)) {
    if (name.startsWith(`${parameter.name}.`))
      return ofArea(readerOf(parameter.form, year), name.slice(parameter.name.length + 1), areas);
  }
  for (const parameter of YEARLY_PARAMETERS) {
    if (!name.startsWith(`${parameter.name}.`)) continue;
    const [yearOfName = '', ...area] = name.slice(parameter.name.length + 1).split('.');
    if (!/^\d{4}$/.test(yearOfName)) return `“${yearOfName}”不是四位年份 (not a year of four digits)`;
    if (area.length === 0) return readerOf(parameter.form, year);
    if (!parameter.perArea) return '此参数不分统筹区 (this parameter has no value by area)';
    return ofArea(readerOf(parameter.form, year), area.join('.'), areas);
  }
  return '没有这个参数 (no parameter has this name)';
}

const ofArea = (
  reader: Reader<ParameterValue>,
  area: string,
  areas: readonly string[],
): Reader<ParameterValue> | string =>
  areas.includes(area) ? reader : `“${area}”不是 areas.csv 中的统筹区 (not an area of areas.csv)`;

/** Compares the values that would be in force. */
function faultsBetween(
  overrides: Readonly<Record<string, Override>>,
  { year, areas }: OverrideContext,
): OverrideFault[] {
  const values = new Map(parametersInForce(year, overrides).map(({ name, value }) => [name, value]));
  const faults = [...shareFaults(values), ...capFaults(values), ...windowFaults(values, year, null)];
  // An area is checked only where it has a date of its own, or the general fault would be repeated.
  for (const area of areas) {
    if (WINDOW.some((name) => values.has(`${name}.${area}`))) faults.push(...windowFaults(values, year, area));
  }
  return faults;
}

type Values = ReadonlyMap<string, ParameterValue>;
const text = (values: Values, name: string): string => values.get(name) as string;

function shareFaults(values: Values): OverrideFault[] {
  const [min, max] = [text(values, 'share.min'), text(values, 'share.max')];
  if (decimal(min).lte(max)) return [];
  return [{ name: 'share.min', found: min, expected: `不大于 share.max ${max} (at most share.max)` }];
}

/** The value of the cap is in months, a share or yuan, depending on its mode; under `none` it means nothing. */
function capFaults(values: Values): OverrideFault[] {
  const [mode, value] = [text(values, 'levy.cap.mode'), values.get('levy.cap.value')];
  if (mode === 'none' || atLeastZero.read(value) !== undefined) return [];
  return [{ name: 'levy.cap.value', found: shown(value), expected: `${atLeastZero.expected}，levy.cap.mode ${mode}` }];
}

const WINDOW = ['collection.window.start', 'collection.window.end', 'collection.window.extension'] as const;

/** A window has at least one day, and an extension does not end before the window begins. */
function windowFaults(values: Values, year: number, area: string | null): OverrideFault[] {
  const nameOf = (name: string): string => (area !== null && values.has(`${name}.${area}`) ? `${name}.${area}` : name);
  const [startName, endName, extensionName] = WINDOW.map(nameOf) as [string, string, string];
  const [start, end] = [text(values, startName), text(values, endName)];
  const extension = values.get(extensionName) as string | null;
  const faults: OverrideFault[] = [];
  if (start > end)
    faults.push({ name: startName, found: start, expected: `不晚于 ${endName} ${end} (not after the end)` });
  if (extension !== null && extension < dateIn(year - 1, start)) {
    faults.push({
      name: extensionName,
      found: extension,
      expected: `不早于征缴期首日 ${start} (not before the start)`,
    });
  }
  return faults;
}
