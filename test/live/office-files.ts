/** The files of the case of two areas as its offices bring them, each its own rows, when they have them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMES } from '../../rules/vocabulary';
import { caseNamed } from '../year/cases';
import { movedByYears } from '../year/changed-pack';

export type Files = Record<string, string>;

export class OfficeFiles {
  readonly #case = caseNamed('two-areas-2028');

  constructor(private readonly year: number) {}

  /** A file as it is. */
  whole(file: string): string {
    return movedByYears(readFileSync(join(this.#case.pack, file), 'utf8'), this.year - this.#case.year);
  }

  of = (...files: readonly string[]): Files => Object.fromEntries(files.map((file) => [file, this.whole(file)]));

  /** An area's own rows of some files; of those in which it has none, nothing. */
  ofArea(area: string, ...files: readonly string[]): Files {
    const own = files.map((file) => [file, this.#rowsWhere(file, (row) => row.includes(area))] as const);
    return Object.fromEntries(own.filter(([, text]) => text.trim().includes('\n')));
  }

  /** The version of the residents' budget that an area brings as a file. */
  residentsBudget = (area: string): Files => ({
    'budget_submissions.csv': this.#rowsWhere(
      'budget_submissions.csv',
      (row) => row.includes(area) && row.includes('resident'),
    ),
  });

  /** A month of both funds of an area; a fund in which nothing moved says so. */
  month(area: string, month: number): Files {
    const text = this.#rowsWhere('actuals.csv', ([of, , , , at]) => of === area && Number(at) === month);
    const still = SCHEMES.filter((scheme) => !text.includes(`${area},${scheme},`)).map(
      (scheme) => `${area},${scheme},pooled,${this.year},${month},other_income,0.00\n`,
    );
    return { 'actuals.csv': text + still.join('') };
  }

  #rowsWhere(file: string, isWanted: (row: string[]) => boolean): string {
    const [header = '', ...rows] = this.whole(file).trim().split('\n');
    return [header, ...rows.filter((row) => isWanted(row.split(','))), ''].join('\n');
  }
}
