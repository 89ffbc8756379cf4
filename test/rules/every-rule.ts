/** Every rule that the files of rules/ export, for the tests that hold all of them to something. */
import { Fraction } from 'fraction.js';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Decimal } from '../../rules/money';
import type { Ratio } from '../../rules/ratio';
import type { Rule } from '../../rules/rule';

type AnyRule = Rule<Record<string, unknown>, Decimal | Ratio | string | number | boolean | null>;

const isRule = (value: unknown): value is AnyRule => typeof value === 'function' && 'formula' in value;
const isTable = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof Decimal) && !(value instanceof Fraction);

const FOLDER = join(__dirname, '../../rules');
/** What is exported, as `file.name`. */
const exported = readdirSync(FOLDER)
  .map((file) => file.replace('.ts', ''))
  .flatMap((file) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- whatever files there will be
    const exports = require(join(FOLDER, file)) as Record<string, unknown>;
    return Object.entries(exports).map(([name, value]) => [`${file}.${name}`, value] as const);
  });

/** The value itself where it is a rule, or whatever rules a table of them holds, however deep. */
const rulesIn = (name: string, value: unknown): [string, AnyRule][] => {
  if (isRule(value)) return [[name, value]];
  return isTable(value) ? Object.entries(value).flatMap(([inner, each]) => rulesIn(`${name}.${inner}`, each)) : [];
};
export const everyRule = (): Record<string, AnyRule> =>
  Object.fromEntries(exported.flatMap(([name, value]) => rulesIn(name, value)));

/** Formulas that are exported as bare text, so that nothing computes them. */
export const looseFormulas = (): string[] =>
  exported.filter(([, value]) => isTable(value) && 'formula' in value).map(([name]) => name);

/** Articles that are exported by themselves, for figures that are taken as they stand. */
export const everyArticle = (): (readonly [string, string])[] =>
  exported.flatMap(([name, value]) =>
    typeof value === 'string' && /^(A|B|RULES|READINGS)[ (]/.test(value) ? [[name, value] as const] : [],
  );
