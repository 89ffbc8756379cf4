/** Where an invariant is broken, and by how much. */
import type { Queryable } from '../db/connect';
import { type Bindings, select } from '../db/rows';

/** The rows of a query for violations, each as `place: difference`. */
export const placesWhere = async (db: Queryable, sql: string, bindings: Bindings): Promise<string[]> =>
  (await select<{ place: string; difference: string }>(db, sql, bindings)).map(
    ({ place, difference }) => `${place}: ${difference}`,
  );
