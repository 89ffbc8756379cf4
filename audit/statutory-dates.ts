/** 法定日期: the dates of a year's calendar and whether what is due on each has been done, told from what it leaves behind. */
import type { Queryable } from '../db/connect';
import { select } from '../db/rows';
import { type CalendarStep, CALENDAR, calendarOf } from '../parameters';

export interface StatutoryDate {
  step: CalendarStep;
  zh: string;
  date: string;
  done: boolean;
}

const acted = (key: string): string => `exists (select from fund.act where key = 'fund-year-' || y.year || '/${key}')`;
/** For every scheme in its phase: one with a levy estimate. Before it nothing is due. */
const inPhase = (done: string): string =>
  `not exists (select from (select distinct scheme from fund.levy_estimate where fund_year = y.year) s where not (${done}))`;
const prepaid = (quarter: number): string =>
  inPhase(
    `exists (select from fund.act where key = 'fund-year-' || y.year || '/prepayment/' || s.scheme || '/${quarter}')`,
  );
const everyArea = (lacks: string): string =>
  `(exists (select from fund.area where fund_year = y.year) and not exists (
    select from fund.area a cross join lateral unnest(a.schemes) as u(scheme) where a.fund_year = y.year and ${lacks}))`;

/** What shows that a step is done. Steps that only mark a time (the end of the year, the review) are not here. */
const DONE: Partial<Record<CalendarStep, string>> = {
  cycleStart: acted('collection/open'),
  budgetStart: everyArea(
    `not exists (select from fund.budget_estimate b where (b.fund_year, b.area, b.scheme) = (a.fund_year, a.area, u.scheme))`,
  ),
  budgetDeadline: everyArea(
    `not exists (select from fund.budget b where (b.fund_year, b.area, b.scheme) = (a.fund_year, a.area, u.scheme))`,
  ),
  yearStart: acted('books/open'),
  prepayment1: prepaid(1),
  prepayment2: prepaid(2),
  prepayment3: prepaid(3),
  prepayment4: prepaid(4),
  headCount: acted('subsidy/heads'),
  subsidyArrival: acted('subsidy/arrival'),
  collectionEnd: everyArea(
    `u.scheme = 'resident' and not exists (select from fund.collection c where (c.fund_year, c.area) = (a.fund_year, a.area::text))`,
  ),
  finalAccounts: acted('subsidy/settlement'),
  settlementProposal: inPhase('exists (select from fund.sharing f where f.fund_year = y.year and f.scheme = s.scheme)'),
  settlementApproval: inPhase('fund.settlement_is_approved(y.year, s.scheme)'),
  closing: `exists (select from fund.fund_year where year = y.year and status = 'closed')`,
};

/** The dates on which something is due, in their order. */
export async function statutoryDates(db: Queryable, year: number): Promise<StatutoryDate[]> {
  const calendar = calendarOf(year);
  const steps = Object.keys(DONE) as CalendarStep[];
  const [row] = await select<Record<string, boolean>>(
    db,
    `select ${steps.map((step) => `${DONE[step] ?? 'true'} as "${step}"`).join(',\n  ')} from (values ($1::int)) y(year)`,
    [year],
  );
  return steps
    .map((step) => ({ step, zh: CALENDAR[step].zh, date: calendar[step], done: row?.[step] ?? false }))
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** Those that passed before `today` without being done. A date's own day is included in it. */
export const overdueDates = async (db: Queryable, year: number, today: string): Promise<StatutoryDate[]> =>
  (await statutoryDates(db, year)).filter(({ date, done }) => !done && date < today);
