/** Typed access to the values in force for a cycle. A value that is not in force is an error, never a default. */
import type { ParameterInForce } from './in-force';
import type { LawName, NameByArea } from './law-name';

export class ParameterSet {
  readonly #byName: ReadonlyMap<string, ParameterInForce>;

  constructor(list: readonly ParameterInForce[]) {
    this.#byName = new Map(list.map((parameter) => [parameter.name, parameter]));
  }

  get all(): ParameterInForce[] {
    return [...this.#byName.values()];
  }

  has(name: LawName): boolean {
    return this.#byName.has(name);
  }

  /** The value with its date and source, for provenance. */
  get(name: LawName): ParameterInForce {
    const parameter = this.#byName.get(name);
    if (!parameter) throw new RangeError(`No value of law named ${name} is in force.`);
    return parameter;
  }

  /** The name that holds in an area: that of its own value where it has one, else the general one (READINGS 18). */
  nameFor(name: NameByArea, area: string): LawName {
    const own: LawName = `${name}.${area}`;
    return this.has(own) ? own : name;
  }

  /** A number or a word, as text. */
  text(name: LawName): string {
    const { value } = this.get(name);
    if (typeof value !== 'string') throw new TypeError(`${name} is not text: ${JSON.stringify(value)}.`);
    return value;
  }

  /** A number that may be switched off. */
  optional(name: LawName): string | null {
    return this.get(name).value === null ? null : this.text(name);
  }

  flag(name: LawName): boolean {
    const { value } = this.get(name);
    if (typeof value !== 'boolean') throw new TypeError(`${name} is not true or false: ${JSON.stringify(value)}.`);
    return value;
  }

  list(name: LawName): string[] {
    const { value } = this.get(name);
    if (!isTexts(value)) throw new TypeError(`${name} is not a list of numbers: ${JSON.stringify(value)}.`);
    return value;
  }

  bands(name: LawName): [string | null, string][] {
    const { value } = this.get(name);
    if (!Array.isArray(value) || isTexts(value))
      throw new TypeError(`${name} is not a list of bands: ${JSON.stringify(value)}.`);
    return value;
  }
}

const isTexts = (value: ParameterInForce['value']): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
