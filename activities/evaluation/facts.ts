/** What the evaluation of one scheme reads. */
import type { Queryable } from '../../db/connect';
import { actualItems, budgetItems, collectedPremium, conductRows, insuredRows } from '../../db/inputs';
import { select } from '../../db/rows';
import { zero } from '../../rules/money';
import { type RiskLevel, type Scheme } from '../../rules/vocabulary';

/** Everything that the evaluation of one scheme reads. */
export async function factsOf(db: Queryable, year: number, scheme: Scheme) {
  const collected = scheme === 'resident' ? await collectedPremium(db, year, `${year}-12-31`) : () => zero;
  const rates = await select<{ area: string; by_person: boolean; paid: string; registered: string }>(
    db,
    `select c.area, c.by_person,
       count(*) filter (where e.person is not null or p.person is not null) as paid, count(r.person) as registered
     from fund.collection c
     left join fund.resident_roll r on c.by_person and (r.fund_year, r.area) = (c.fund_year, c.area::text)
       and r."group" in ('destitute', 'orphan', 'subsistence', 'monitored', 'poverty_relieved')
     left join fund.full_aid_enrolment e on (e.fund_year, e.person, e.area) = (r.fund_year, r.person, r.area)
     left join fund.resident_payment p on p.fund_year = r.fund_year and p.person = r.person and p.area = r.area
       and p.kind = 'payment' and p.outcome = 'accepted' and not p.refunded
     where c.fund_year = $1 group by c.area, c.by_person`,
    [year],
  );
  const december = await select<{ area: string; months_payable_4: string; level: RiskLevel }>(
    db,
    'select area, months_payable_4, level from fund.risk where fund_year = $1 and scheme = $2 and month = 12',
    [year, scheme],
  );
  const local = await select<{ area: string; due: string; missing: string }>(
    db,
    `select area, sum(greatest(due, 0)) as due, sum(missing) as missing from fund.subsidy
     where fund_year = $1 and level in ('league', 'banner') group by area`,
    [year],
  );
  const byArea = <Row extends { area: string }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.area, row]));
  return {
    scheme,
    actuals: await actualItems(db, year, scheme),
    budgets: await budgetItems(db, year, scheme),
    collected,
    insured: await insuredRows(db, year, scheme),
    conduct: await conductRows(db, year, scheme),
    rates: byArea(rates),
    december: byArea(december),
    local: byArea(local),
  };
}
export type Facts = Awaited<ReturnType<typeof factsOf>>;
