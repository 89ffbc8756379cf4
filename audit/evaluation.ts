/** The invariants of targets: each is the one that was set, and every indicator with a value was compared with its own. */
import type { Queryable } from '../db/connect';
import { select } from '../db/rows';
import type { Law } from '../parameters/law';
import { targetOf } from '../parameters/targets';
import { type Indicator, TARGET_SENSE } from '../rules/evaluation';
import { type Decimal, decimal, plainText } from '../rules/money';
import { REACHED, type Reached } from '../rules/performance';
import { type Ratio, ratioOf } from '../rules/ratio';
import type { Scheme } from '../rules/vocabulary';
import { pinnedLaw } from './pinned-law';

interface Held {
  area: string;
  scheme: Scheme;
  indicator: Indicator;
  own: string | null; // the target that the area has set itself
  target: string | null; // null where the indicator was compared with none
  reached: Reached | null;
  shown: string | null;
  value: string;
  v: string; // the value unrounded
}

/** Every indicator that was evaluated, beside its target. A year that was evaluated before there were targets has none of them. */
const heldAgainstTargets = (db: Queryable, year: number): Promise<Held[]> =>
  select<Held>(
    db,
    `select e.area, e.scheme, e.indicator, t.target::text as own, p.target::text as target, p.reached, p.value as shown, e.value,
       coalesce(e.because #>> '{v,value}', e.value) as v
     from fund.evaluation e
     left join fund.performance p using (fund_year, area, scheme, indicator)
     left join fund.target t using (fund_year, area, scheme, indicator)
     where e.fund_year = :year and e.indicator <> 'total'
       and exists (select from fund.performance any_of where any_of.fund_year = :year)
     order by e.scheme, e.area collate "C", e.indicator`,
    { year },
  );

const placeOf = ({ scheme, area, indicator }: Held): string => `${scheme} ${area} ${indicator}`;

/** 绩效目标 = 报送的目标，没有报送的为规定的目标. */
export async function targetsThatDiffer(db: Queryable, year: number): Promise<string[]> {
  const all = await heldAgainstTargets(db, year);
  if (all.length === 0) return [];
  const law = await pinnedLaw(db, year);
  return all.flatMap((held) => {
    const { area, scheme, indicator, target } = held;
    const own = new Map(held.own === null ? [] : [[indicator, decimal(held.own)]]);
    const set = targetOf(law, { year, scheme, area, own }, indicator).value;
    if (target === null || set.eq(target)) return [];
    return [`${placeOf(held)}: ${plainText(decimal(target))} → ${plainText(set)}`];
  });
}

/** Every indicator that has a value is compared with its target once, by that value. */
export async function performanceThatDiffers(db: Queryable, year: number): Promise<string[]> {
  const all = await heldAgainstTargets(db, year);
  if (all.length === 0) return [];
  const law = await pinnedLaw(db, year);
  return all.flatMap((held) => {
    const { target, shown, value, reached } = held;
    if (target === null) return [`${placeOf(held)}: ${value} → `];
    if (shown !== value) return [`${placeOf(held)}: ${shown} → ${value}`];
    const now = reachedBy(held, decimal(target), law);
    return reached === now ? [] : [`${placeOf(held)}: ${reached} → ${now}`];
  });
}

/** 4/3, or 0.75. */
function exactly(text: string): Ratio {
  const [numerator = '', denominator = '1'] = text.split('/');
  return ratioOf(decimal(numerator), decimal(denominator)) as Ratio;
}

function reachedBy({ indicator, v }: Held, target: Decimal, law: Law): Reached {
  if (v === 'inf' || v === 'unpaid') return v === 'inf' ? 'yes' : 'no';
  const margin = law.given('performance.margin.budget_expenditure').value;
  return REACHED[TARGET_SENSE[indicator]]({ v: exactly(v), target, margin });
}
