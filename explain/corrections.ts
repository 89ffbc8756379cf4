/** 更正: which corrections of a live year touched the rows that a figure was computed from. */
import type { StoredCorrection } from '../db/corrections';
import type { Selection } from '../db/provenance';

/** Corrections of rows that a selection picks, or picked before, in a column that it adds up. */
export const correctionsOfRows = (all: readonly StoredCorrection[], { file, of, not, column }: Selection) =>
  all.filter((one) => {
    const picks = ([name, cell]: [string, Selection['of'][string]]): boolean =>
      one.key[name] === undefined || [cell].flat().map(String).includes(one.key[name]);
    const excludes = ([name, cell]: [string, Selection['of'][string]]): boolean =>
      one.key[name] !== undefined && [cell].flat().map(String).includes(one.key[name]);
    return (
      one.file === file && column in one.after && Object.entries(of).every(picks) && !Object.entries(not).some(excludes)
    );
  });

/** Corrections of a value of law. */
export const correctionsOfParameter = (all: readonly StoredCorrection[], name: string) =>
  all.filter(({ file, key }) => file === 'parameters.json' && key.name === name);
