/** 更正: the corrections of a live year that touched what a figure was computed from. */
import type { StoredCorrection } from '../db/corrections';
import type { Selection } from '../db/provenance';

type Cell = [name: string, wanted: Selection['of'][string]];

/** Corrections that changed the column of a selection, in rows that it picks or may have picked before. */
export const correctionsOfRows = (all: readonly StoredCorrection[], { file, of, not, column }: Selection) =>
  all.filter(({ file: corrected, key, after }) => {
    const isNamed = ([name, wanted]: Cell): boolean =>
      key[name] !== undefined && [wanted].flat().map(String).includes(key[name]);
    const mayBePicked = (cell: Cell): boolean => key[cell[0]] === undefined || isNamed(cell);
    return (
      corrected === file &&
      column in after &&
      Object.entries(of).every(mayBePicked) &&
      !Object.entries(not).some(isNamed)
    );
  });

/** Corrections of a value of law. */
export const correctionsOfParameter = (all: readonly StoredCorrection[], name: string) =>
  all.filter(({ file, key }) => file === 'parameters.json' && key.name === name);
