/** The values of law of one year, for cases that do not give their own, and which of them were taken. */
import {
  type LawName,
  type ParameterInForce,
  SINGLE_CASE_PARAMETERS,
  type SingleCaseLaw,
  inForce,
  parametersInForce,
  productParametersInForce,
} from '../../parameters';
import type { Reader, Report } from '../../parameters/reader';

/** A value of law by its name; `<year>` stands for the year of the case. */
export type NamedLaw = LawName | SingleCaseLaw | `${string}.<year>`;

export interface LawOfYear {
  /** The value in force, as `kind` reads it; undefined, and reported, where there is none. */
  take<Value>(parameter: NamedLaw, kind: Reader<Value>, field: string): Value | undefined;
}

export class CaseLaw implements LawOfYear {
  readonly taken: ParameterInForce[] = [];
  readonly #all: readonly ParameterInForce[];

  constructor(
    readonly year: string,
    private readonly report: Report,
  ) {
    this.#all = valuesOfLaw(Number.parseInt(year, 10));
  }

  take<Value>(parameter: NamedLaw, kind: Reader<Value>, field: string): Value | undefined {
    const name = parameter.replace('<year>', this.year);
    const found = this.#all.find((parameter) => parameter.name === name);
    if (!found) {
      const expected = `在算例中给出，或另给 year：${this.year} 年没有 ${name} 的法定值 (give it, or another year: none is in force)`;
      this.report({ field, found: '没有 (missing)', expected });
      return undefined;
    }
    if (!this.taken.includes(found)) this.taken.push(found);
    return kind.read(found.value, this.report, field);
  }
}

/** Every value of law that holds on 1 January of the year; a list that does not reach back so far counts as empty. */
function valuesOfLaw(year: number): ParameterInForce[] {
  const single = SINGLE_CASE_PARAMETERS.map((parameter) => () => [
    { name: parameter.name, ...inForce(parameter, `${year}-01-01`) },
  ]);
  const lists = [() => parametersInForce(year, {}), () => productParametersInForce(year), ...single];
  return lists.flatMap((list) => {
    try {
      return list();
    } catch (error) {
      if (error instanceof RangeError) return [];
      throw error;
    }
  });
}
