/**
 * The invariant of the budgets in force, adjusted ones too: each passes the checks that can refuse a budget, judged anew from
 * the rows on file.
 */
import type { Queryable } from '../db/connect';
import { select } from '../db/rows';
import type { Law } from '../parameters/law';
import { budgetYardstick } from '../parameters/yardstick';
import { type BudgetCheck, type BudgetYardstick, type SubmittedRow, checkBudget } from '../rules/budget-checks';
import { decimal } from '../rules/money';
import type { Item, Part, Scheme } from '../rules/vocabulary';
import { pinnedLaw } from './pinned-law';

/** Checks that a directed budget must pass too, where they have a figure; it may miss the others (READINGS 31). */
const DIRECTED_MUST_PASS: readonly BudgetCheck['check'][] = [
  'levy_included',
  'major_illness_floor',
  'negative_amount',
  'unknown_item',
];

interface BudgetOnFile {
  area: string;
  scheme: Scheme;
  origin: 'submitted' | 'directed' | 'adjusted';
  items: { part: Part; item: Item; amount: string; reason: string }[];
  /** What the items are compared with: the system's estimate; of an adjustment the budget in force on its date. */
  estimate: { part: Part; item: Item; amount: string }[];
  prepaid: string; // 0 before the scheme's phase
  target_insured: string | null;
}

/** Every budget in force: its amounts, with the reasons of the version that was submitted, and what it is measured by. */
const budgetsOnFile = (db: Queryable, year: number): Promise<BudgetOnFile[]> =>
  select<BudgetOnFile>(
    db,
    `select b.area, b.scheme, b.origin,
       coalesce((
         select jsonb_agg(jsonb_build_object('part', i.part, 'item', i.item, 'amount', i.amount::text,
             'reason', coalesce(s.reason, '')) order by i.part, i.item)
         from fund.budget_item i
         left join fund.budget_submission s on b.origin = 'submitted' and s.version = b.version
           and (s.fund_year, s.area, s.scheme, s.part, s.item) = (i.fund_year, i.area, i.scheme, i.part, i.item)
         where (i.fund_year, i.area, i.scheme) = (b.fund_year, b.area, b.scheme)), '[]') as items,
       coalesce((
         select jsonb_agg(jsonb_build_object('part', e.part, 'item', e.item, 'amount', e.amount::text))
         from fund.budget_estimate e
         where (e.fund_year, e.area, e.scheme) = (b.fund_year, b.area, b.scheme)), '[]') as estimate,
       -- In a live year a budget may have been compiled before all areas had reported: it must include the levy of its estimate.
       coalesce(case when y.mode = 'live' then (
         select e.amount from fund.budget_estimate e
         where (e.fund_year, e.area, e.scheme, e.part, e.item) = (b.fund_year, b.area, b.scheme, 'pooled', 'levy_to_superior')
       ) end, l.prepaid, 0)::text as prepaid, n.target_insured
     from fund.budget b
     join fund.fund_year y on y.year = b.fund_year
     left join fund.levy_estimate l on (l.fund_year, l.area, l.scheme) = (b.fund_year, b.area, b.scheme)
     left join fund.insured n on (n.fund_year, n.area, n.scheme) = (b.fund_year, b.area, b.scheme)
     where b.fund_year = :year order by b.area collate "C", b.scheme`,
    { year },
  );

/** Every budget that was adjusted: beside its amounts those of the last budget that had begun by its date. */
const adjustedOnFile = (db: Queryable, year: number): Promise<BudgetOnFile[]> =>
  select<BudgetOnFile>(
    db,
    `with begun as (
       select a.area, a.scheme, a.version, max(array[extract(epoch from p.in_force_from), extract(epoch from q.date), p.version]) as last
       from fund.adjusted_budget a join fund.adjustment_request r using (fund_year, area, scheme, version)
       join fund.adjusted_budget p on (p.fund_year, p.area, p.scheme) = (a.fund_year, a.area, a.scheme) and p.in_force_from <= r.date
       join fund.adjustment_request q on (q.fund_year, q.area, q.scheme, q.version) = (p.fund_year, p.area, p.scheme, p.version)
       where a.fund_year = :year group by a.area, a.scheme, a.version
     ), compared as (
       select a.area, a.scheme, a.version, b.last[3]::int as adjustment
       from fund.adjusted_budget a left join begun b using (area, scheme, version) where a.fund_year = :year
     )
     select c.area, c.scheme, 'adjusted' as origin,
       coalesce((
         select jsonb_agg(jsonb_build_object('part', i.part, 'item', i.item, 'amount', i.amount::text,
             'reason', coalesce(s.reason, '')) order by i.part, i.item)
         from fund.adjusted_budget_item i
         left join fund.budget_adjustment s using (fund_year, area, scheme, version, part, item)
         where (i.fund_year, i.area, i.scheme, i.version) = (:year, c.area, c.scheme, c.version)), '[]') as items,
       coalesce((
         select jsonb_agg(jsonb_build_object('part', e.part, 'item', e.item, 'amount', e.amount::text))
         from (select null::int as version, part, item, amount from fund.budget_item b
               where (b.fund_year, b.area, b.scheme) = (:year, c.area, c.scheme)
               union all
               select version, part, item, amount from fund.adjusted_budget_item b
               where (b.fund_year, b.area, b.scheme) = (:year, c.area, c.scheme)) e
         where e.version is not distinct from c.adjustment), '[]') as estimate,
       coalesce(l.prepaid, 0)::text as prepaid, n.target_insured
     from compared c
     left join fund.levy_estimate l on (l.fund_year, l.area, l.scheme) = (:year, c.area, c.scheme)
     left join fund.insured n on (n.fund_year, n.area, n.scheme) = (:year, c.area, c.scheme)
     order by c.area collate "C", c.scheme, c.version`,
    { year },
  );

const rowsOf = ({ items }: BudgetOnFile): SubmittedRow[] =>
  items.map(({ amount, ...row }) => ({ ...row, amount: decimal(amount) }));

const yardstickOf = (law: Law, year: number, budget: BudgetOnFile): BudgetYardstick =>
  budgetYardstick(law, {
    year,
    scheme: budget.scheme,
    estimate: budget.estimate.map((row) => ({ ...row, amount: decimal(row.amount) })),
    prepaid: decimal(budget.prepaid),
    targetInsured: budget.target_insured === null ? null : decimal(budget.target_insured),
  });

export async function budgetsThatFail(db: Queryable, year: number): Promise<string[]> {
  const law = await pinnedLaw(db, year);
  return [...(await budgetsOnFile(db, year)), ...(await adjustedOnFile(db, year))].flatMap((budget) => {
    const { area, scheme, origin } = budget;
    return checkBudget(rowsOf(budget), yardstickOf(law, year, budget))
      .filter(({ result }) => result === 'fail')
      .filter(({ check, figure }) => origin !== 'directed' || (DIRECTED_MUST_PASS.includes(check) && figure !== ''))
      .map(({ check, figure }) => `${scheme} ${area} ${check}: ${figure}`);
  });
}
