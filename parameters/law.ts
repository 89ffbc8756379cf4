/** The values of law pinned for a fund year, as inputs with their source. */
import type { LawName, NameByArea } from './law-name';
import type { ParameterSet } from './parameter-set';
import { type Decimal, decimal } from '../rules/money';
import type { Band, Because, Given, Source } from '../rules/rule';

export class Law {
  constructor(private readonly pinned: ParameterSet) {}

  text = (name: LawName): string => this.pinned.text(name);
  flag = (name: LawName): Given<boolean> => ({ value: this.pinned.flag(name), from: this.source(name) });
  decimals = (name: LawName): Decimal[] => this.pinned.list(name).map(decimal);
  bands = (name: LawName): Given<readonly Band[]> => ({ value: this.pinned.bands(name), from: this.source(name) });
  given = (name: LawName): Given<Decimal> => ({ value: decimal(this.pinned.text(name)), from: this.source(name) });
  /** A value as the input of a reason. */
  stated = (name: LawName): Because['inputs'][string] => {
    const { value, from } = this.given(name);
    return { value: value.toFixed(), from };
  };
  /** A value that may be undecided (null). */
  optional = (name: LawName): Given<Decimal> | null => {
    const text = this.pinned.optional(name);
    return text === null ? null : { value: decimal(text), from: this.source(name) };
  };
  optionalText = (name: LawName): string | null => this.pinned.optional(name);
  /** The name that holds in an area: its own value where one is in force, else the general one. */
  nameFor = (name: NameByArea, area: string): LawName => this.pinned.nameFor(name, area);

  source(name: LawName): Source {
    const { from, source, assumed } = this.pinned.get(name);
    return { parameter: name, from, source, assumed };
  }
}
