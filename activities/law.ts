/** The law of a fund year, as an act reads it. */
import type { Queryable } from '../db/connect';
import { pinnedParameters } from '../db/parameters';
import { ParameterSet } from '../parameters';
import { Law } from '../parameters/law';

/** What was pinned when the year was opened: a later change of the defaults does not reach a running year. */
export async function lawOf(db: Queryable, fundYear: number): Promise<Law> {
  return new Law(new ParameterSet(await pinnedParameters(db, fundYear)));
}
