/** The fields of a single case: their meaning, their defaults, and how they are read from JSON, with all faults at once. */
import { type Reader, type Report, shown } from '../../parameters/reader';
import { type CaseFault, type JsonObject, isObject } from './kinds';
import type { LawOfYear, NamedLaw } from './law';

export interface Field<Value> {
  kind: Reader<Value>;
  zh: string;
  /** The letter that RULES uses for it, accepted as well. */
  symbol?: string;
  /** The default. A field without a default or a value of law is required. */
  otherwise?: Value;
  /** The value of law that is the default; it may depend on earlier fields, and there is none where those have faults. */
  law?: NamedLaw | ((read: Record<string, unknown>) => NamedLaw | undefined);
}
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- fields of any value
export type Fields = Record<string, Field<any>>;
export type Values<Of extends Fields> = { [Name in keyof Of]: Of[Name] extends Field<infer Value> ? Value : never };

export const required = <Value>(kind: Reader<Value>, zh: string, symbol?: string): Field<Value> => ({
  kind,
  zh,
  ...(symbol === undefined ? {} : { symbol }),
});
export const optional = <Value, Otherwise>(
  kind: Reader<Value>,
  zh: string,
  otherwise: Otherwise,
  symbol?: string,
): Field<Value | Otherwise> => ({ ...required<Value | Otherwise>(kind, zh, symbol), otherwise });
export const lawful = <Value>(
  kind: Reader<Value>,
  zh: string,
  law: NonNullable<Field<Value>['law']>,
  symbol?: string,
): Field<Value> => ({ ...required(kind, zh, symbol), law });

/** `own_surplus`, as result files write it, is `ownSurplus` here. */
export const inCamelCase = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Reads every field and reports every fault; the values are complete only where no fault was reported. */
export function readFields<Of extends Fields>(
  fields: Of,
  given: JsonObject,
  law: LawOfYear,
  report: Report,
  place = '',
): Values<Of> {
  const nameOf = (key: string): string | undefined =>
    Object.keys(fields).find((name) => name === key || name === inCamelCase(key) || fields[name]?.symbol === key);
  for (const [key, value] of Object.entries(given)) {
    if (nameOf(key) !== undefined) continue;
    const expected = `${Object.keys(fields).join('、')} 之一 (no field has this name)`;
    report({ field: place + key, found: shown(value), expected });
  }
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const keys = Object.keys(given).filter((key) => nameOf(key) === name);
    if (keys.length > 1) {
      report({ field: place + name, found: keys.join('、'), expected: '只给一次 (given once)' });
    } else if (keys[0] !== undefined) {
      values[name] = field.kind.read(given[keys[0]], report, place + name);
    } else if (field.law !== undefined) {
      const parameter = typeof field.law === 'string' ? field.law : field.law(values);
      values[name] = parameter === undefined ? undefined : law.take(parameter, field.kind, place + name);
    } else if ('otherwise' in field) {
      values[name] = field.otherwise;
    } else {
      report({ field: place + name, found: '没有 (missing)', expected: field.kind.expected });
    }
  }
  return values as Values<Of>;
}

/** A list of objects, each with these fields. */
export const recordsOf = <Of extends Fields>(fields: Of): Reader<Values<Of>[]> => {
  const expected = `列表，每项为含 ${Object.keys(fields).join('、')} 的对象 (a list of objects with these fields)`;
  return {
    expected,
    read(given, report = () => undefined, field = '') {
      if (!Array.isArray(given) || !given.every(isObject)) {
        report({ field, found: shown(given), expected });
        return undefined;
      }
      const faults: CaseFault[] = [];
      const records = given.map((one, place) =>
        readFields(fields, one, NO_LAW, (fault) => faults.push(fault), `${field}[${place}].`),
      );
      faults.forEach(report);
      return faults.length > 0 ? undefined : records;
    },
  };
};
/** The fields of a record have no values of law. */
const NO_LAW: LawOfYear = {
  take(name) {
    throw new RangeError(`${name} is a value of law inside a list.`);
  },
};
