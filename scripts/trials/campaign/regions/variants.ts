/** Packs that differ from another in a single respect. */
import { type Draw, yuan } from './draw';
import { FREE_MONTH } from './fund';
import type { Files } from './run-year';

/** The same pack with the rows of every file, and the names of `parameters.json`, in another order. */
export const shuffled = (files: Files, draw: Draw): Files =>
  Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      if (name.endsWith('.json')) {
        const entries = Object.entries(JSON.parse(text) as object);
        return [name, JSON.stringify(Object.fromEntries(draw.shuffled(entries)))];
      }
      const [header = '', ...lines] = text.trimEnd().split('\n');
      return [name, [header, ...draw.shuffled(lines), ''].join('\n')];
    }),
  );

/** A fund whose premium brings in more, with all else unchanged. */
export interface Better {
  area: string;
  scheme: string;
  by: number; // fen
}
export const betterCollection = (files: Files, year: number, { area, scheme, by }: Better): Files => ({
  ...files,
  'actuals.csv': `${files['actuals.csv'] ?? ''}${[area, scheme, 'pooled', year, FREE_MONTH, 'premium', yuan(by)].join()}\n`,
});
