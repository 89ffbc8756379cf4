/** 法定日期: the dates of a year's calendar, and whether what is due on each has been done, judged by the rows it leaves behind. */
import type { Queryable } from '../db/connect';
import { selectOne } from '../db/rows';
import { type CalendarStep, CALENDAR, EXECUTION_REPORTS, calendarOf } from '../parameters';
import { QUARTERS, lastMonthOf } from '../rules/calendar-day';
import { actKey, actsOfYear, executionReports } from '../rules/keys';
import { APPROVALS } from '../rules/decisions';
import type { Scheme } from '../rules/vocabulary';

export interface StatutoryDate {
  step: CalendarStep;
  zh: string;
  date: string;
  /** Whether anything is to be done by then: what follows from a levy is not, as long as none is estimated. */
  due: boolean;
  done: boolean;
}

/** What a year has left behind so far. */
interface Traces {
  /** Keys of the acts that are done. */
  acts: ReadonlySet<string>;
  closed: boolean;
  /** Schemes with an estimated levy. */
  inPhase: readonly Scheme[];
  shared: readonly Scheme[];
  approved: readonly Scheme[];
  /** Areas with a scheme; nothing is done for areas while there are none. */
  areas: number;
  /** Quarters on which every area has reported; in a run, which sends no reports, the quarters that are checked. */
  reported: readonly number[];
  withoutEstimate: number;
  withoutBudget: number;
  withoutCollection: number;
}

/** How many areas of a scheme have no row of their own in a table. */
const areasWithout = (table: string, scheme = 'u.scheme'): string => `(
  select count(*)::int from fund.area a cross join lateral unnest(a.schemes) as u (scheme)
  where a.fund_year = :year and u.scheme = ${scheme}
    and not exists (select from fund.${table} t where (t.fund_year, t.area) = (a.fund_year, a.area::text)
                    ${scheme === 'u.scheme' ? 'and t.scheme = u.scheme' : ''}))`;

async function tracesOf(db: Queryable, year: number): Promise<Traces> {
  const quarters = QUARTERS.map((quarter) => ({
    quarter,
    checked: actKey.monthChecked(year, lastMonthOf(quarter)),
    reports: executionReports(year, quarter),
  }));
  const row = await selectOne<Omit<Traces, 'acts'> & { acts: string[] }>(
    db,
    `with phase as (select distinct scheme from fund.levy_estimate where fund_year = :year),
     settlement as (
       select t.of_scheme as scheme, array_agg(t.role) as roles
       from fund.task t join fund.decision d using (task)
       where t.fund_year = :year and t.of_area is null and t.kind = 'approve' and t.state = 'done' and d.decision = 'approve'
       group by t.of_scheme, t.chain)
     select
       (select coalesce(jsonb_agg(key), '[]') from fund.act where starts_with(key, :acts)) as acts,
       exists (select from fund.fund_year where year = :year and status = 'closed') as closed,
       (select coalesce(jsonb_agg(scheme), '[]') from phase) as "inPhase",
       (select coalesce(jsonb_agg(distinct scheme), '[]') from fund.sharing where fund_year = :year) as shared,
       (select coalesce(jsonb_agg(distinct scheme), '[]') from settlement where roles @> :approvers) as approved,
       (select count(*)::int from fund.area where fund_year = :year) as areas,
       (select coalesce(jsonb_agg(q.quarter), '[]')
        from jsonb_to_recordset(:quarters::jsonb) as q (quarter int, checked text, reports text)
        where case (select mode from fund.fund_year where year = :year) when 'live'
          then exists (select from fund.area where fund_year = :year)
            and not exists (select from fund.area a where a.fund_year = :year
              and not exists (select from fund.task t where t.chain = q.reports || a.area and t.state = 'done'))
          else exists (select from fund.act where key = q.checked) end) as reported,
       ${areasWithout('budget_estimate')} as "withoutEstimate",
       ${areasWithout('budget')} as "withoutBudget",
       ${areasWithout('collection', "'resident'")} as "withoutCollection"`,
    { year, acts: actsOfYear(year), approvers: APPROVALS.settlement.approvers, quarters: JSON.stringify(quarters) },
  );
  if (row === undefined) throw new Error(`The query for the traces of ${year} returned no row.`);
  return { ...row, acts: new Set(row.acts) };
}

/** What follows from a levy. */
const OF_LEVIES: readonly CalendarStep[] = [
  ...(['prepayment1', 'prepayment2', 'prepayment3', 'prepayment4'] as const),
  ...(['settlementProposal', 'settlementApproval'] as const),
];

/** How each step that is due shows that it is done. Steps that only mark a time (the end of the year, the review) are left out. */
function doneSteps(year: number, traces: Traces): Partial<Record<CalendarStep, boolean>> {
  const isPrepaid = (quarter: number): boolean =>
    traces.inPhase.every((scheme) => traces.acts.has(actKey.levyPrepaid(year, scheme, quarter)));
  return {
    cycleStart: traces.acts.has(actKey.collectionOpened(year)),
    budgetStart: traces.areas > 0 && traces.withoutEstimate === 0,
    budgetDeadline: traces.areas > 0 && traces.withoutBudget === 0,
    yearStart: traces.acts.has(actKey.booksOpened(year)),
    prepayment1: isPrepaid(1),
    prepayment2: isPrepaid(2),
    prepayment3: isPrepaid(3),
    prepayment4: isPrepaid(4),
    ...Object.fromEntries(EXECUTION_REPORTS.map((step, i) => [step, traces.reported.includes(i + 1)])),
    headCount: traces.acts.has(actKey.headsCounted(year)),
    subsidyArrival: traces.acts.has(actKey.subsidyArrived(year)),
    collectionEnd: traces.areas > 0 && traces.withoutCollection === 0,
    finalAccounts: traces.acts.has(actKey.subsidySettled(year)),
    settlementProposal: traces.inPhase.every((scheme) => traces.shared.includes(scheme)),
    settlementApproval: traces.inPhase.every((scheme) => traces.approved.includes(scheme)),
    closing: traces.closed,
  };
}

/** The dates on which something is due, in their order. */
export async function statutoryDates(db: Queryable, year: number): Promise<StatutoryDate[]> {
  const calendar = calendarOf(year);
  const traces = await tracesOf(db, year);
  const done = Object.entries(doneSteps(year, traces)) as [CalendarStep, boolean][];
  return done
    .map(([step, isDone]) => {
      const due = traces.inPhase.length > 0 || !OF_LEVIES.includes(step);
      return { step, zh: CALENDAR[step].zh, date: calendar[step], due, done: due && isDone };
    })
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** What should have been done before `today` and was not. A step may be done on its own date. */
export const overdueDates = async (db: Queryable, year: number, today: string): Promise<StatutoryDate[]> =>
  (await statutoryDates(db, year)).filter(({ date, due, done }) => due && !done && date < today);
