/** What the parts of an explanation share: the fund year, what is read for it at most once, and the way down to figures. */
import type { Queryable } from '../db/connect';
import type { StoredCorrection } from '../db/corrections';
import type { FigureReader } from '../db/provenance';
import type { ParameterInForce } from '../parameters/index';
import type { StoredFigure } from './stored-figure';
import type { Node, Value } from './tree';

export interface Context {
  readonly db: Queryable;
  readonly year: number;
  readonly figures: FigureReader;
  /** Explains a stored figure and, down to `depth`, the figures that it was computed from. */
  explain(name: string, figure: StoredFigure, depth: number): Promise<Node>;
  parameters(): Promise<ReadonlyMap<string, ParameterInForce>>;
  corrections(): Promise<readonly StoredCorrection[]>;
  /** What to say instead of rows of persons; null where they are in the database. */
  archived(): Promise<string | null>;
}

/** One input of a formula. */
export interface Input {
  name: string;
  zh: string;
  /** As the reason stores it; lists over all areas are stored by their source alone. */
  value: Value | undefined;
  depth: number;
}

/** The input at one place of a list. */
export const placeOf = (input: Input, at: number): Input => ({
  ...input,
  value: (input.value as Value[] | undefined)?.[at],
});

export const listOf = ({ name, zh }: Input, places: Node[]): Node => ({
  name,
  zh,
  value: places.map(({ value }) => value),
  from: { kind: 'list', places },
});
