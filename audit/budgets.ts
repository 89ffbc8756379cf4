/** The invariant of the budgets in force: each passes the checks that can refuse one, judged anew from the rows on file. */
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
  origin: 'submitted' | 'directed';
  items: { part: Part; item: Item; amount: string; reason: string }[];
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
       -- In a live year a budget may have been compiled before all areas had reported: it is held to the levy of its estimate.
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
  return (await budgetsOnFile(db, year)).flatMap((budget) => {
    const { area, scheme, origin } = budget;
    return checkBudget(rowsOf(budget), yardstickOf(law, year, budget))
      .filter(({ result }) => result === 'fail')
      .filter(({ check, figure }) => origin === 'submitted' || (DIRECTED_MUST_PASS.includes(check) && figure !== ''))
      .map(({ check, figure }) => `${scheme} ${area} ${check}: ${figure}`);
  });
}
