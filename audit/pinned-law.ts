/** The law that was pinned for a fund year, read by the audit itself: it shares no reader with the acts it checks. */
import type { Queryable } from '../db/connect';
import { select } from '../db/rows';
import { type ParameterInForce, ParameterSet } from '../parameters';
import { Law } from '../parameters/law';

export async function pinnedLaw(db: Queryable, year: number): Promise<Law> {
  const pinned = await select<ParameterInForce>(
    db,
    'select name, value, "from", until, source, assumed from fund.parameter_in_force where fund_year = :year',
    { year },
  );
  return new Law(new ParameterSet(pinned));
}
