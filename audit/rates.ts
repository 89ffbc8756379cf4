/** The invariant of employer rates: a rate below the floor rises by one step, but not above the floor; every other stays. */
import type { Queryable } from '../db/connect';
import { select } from '../db/rows';
import { rateStepUp, rateStepUpRaised } from '../rules/contribution';
import { decimal, plainText } from '../rules/money';
import { pinnedLaw } from './pinned-law';

interface Step {
  area: string;
  reported: string | null;
  employer_rate: string | null;
  grounds: string;
  next_rate: string;
  finding: string | null;
}

/** Each rate that an area reports, its step, and the finding about it. A year before there were steps has none of them. */
const steps = (db: Queryable, year: number): Promise<Step[]> =>
  select<Step>(
    db,
    `select area, a.employer_rate::text as reported, r.employer_rate::text as employer_rate, r.grounds, r.next_rate::text as next_rate,
       f.figure as finding
     from (select area, employer_rate from fund.area where fund_year = :year and 'employee' = any (schemes)) a
     full join (select * from fund.rate_step where fund_year = :year) r using (area)
     left join (select area, figure from fund.current_finding where fund_year = :year and code = 'rate_step_up') f using (area)
     where exists (select from fund.rate_step any_of where any_of.fund_year = :year)
       and (a.employer_rate is not null or r.employer_rate is not null)
     order by area collate "C"`,
    { year },
  );

export async function ratesThatDiffer(db: Queryable, year: number): Promise<string[]> {
  const all = await steps(db, year);
  if (all.length === 0) return [];
  const law = await pinnedLaw(db, year);
  const [floor, step] = [law.given('rates.floor').value, law.given('rates.step').value];
  return all.flatMap(({ area, reported, grounds, next_rate, finding, ...stored }) => {
    const rate = decimal(stored.employer_rate ?? reported ?? '0');
    if (stored.employer_rate === null || reported === null || !rate.eq(reported))
      return [`${area} employer_rate: ${stored.employer_rate ?? ''} → ${reported ?? ''}`];
    const next = rateStepUp({ employer_rate: rate, floor, step });
    if (!next.eq(next_rate)) return [`${area} next_rate: ${plainText(decimal(next_rate))} → ${plainText(next)}`];
    const isBelow = rateStepUpRaised({ employer_rate: rate, floor });
    if (grounds.split(';').includes('below_floor') !== isBelow) return [`${area} grounds: ${grounds}`];
    const due = isBelow ? plainText(next) : null;
    return finding === due ? [] : [`${area} rate_step_up: ${finding ?? ''} → ${due ?? ''}`];
  });
}
