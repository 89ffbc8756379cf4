/**
 * The invariant of the months that were checked: the last reckoning of each equals what the rows give now, under the law it was
 * judged by.
 */
import type { Queryable } from '../db/connect';
import { select } from '../db/rows';
import { prepaidToDate } from '../rules/levy';
import { type Decimal, decimal, sum, yuanText, zero } from '../rules/money';
import { type RiskInputs, monthsPayable, monthsText, riskLevel } from '../rules/risk';
import { OWN_EXPENDITURE, OWN_INCOME, type Scheme } from '../rules/vocabulary';
import { OPENED, RECOGNISED } from './closings';

/** A month that was checked: what was stored of it, and the rows behind it, pooled, from January to the month. */
interface CheckedMonth {
  area: string;
  scheme: Scheme;
  month: number;
  stored: { accumulated_surplus: string; months_payable_4: string; level: string };
  /** The law it was judged by: the instalments due by then, null before the phase, and the bounds of the levels. */
  instalments: number | null;
  bounds: string[];
  opening: string;
  premium: string;
  subsidy: string;
  other_income: string;
  expenditure: string;
  advanced: string;
  /** Without the month's last day, and as the check knew it: an advance of that day may have been paid after the check. */
  advanced_before: string;
  advanced_known: string;
  prepaid: string;
  levy_unpaid: boolean;
  budgeted_income: string; // without premium and subsidy
  budgeted_premium: string;
  budgeted_subsidy: string;
  budgeted_expenditure: string;
}

const FLOWS = ['premium', 'subsidy', 'other_income', 'expenditure', 'advanced'] as const;

/** Which of the flows an item belongs to; items that areas and region pay each other belong to none. */
const FLOW_OF_ITEM = `case item when 'premium' then 'premium' when 'fiscal_subsidy' then 'subsidy' else
  case when item = any (:income) then 'other_income' when item = any (:expenditure) then 'expenditure' end end`;

/** The month in which a day counts: January for a day before the year, none for a day after it. */
const MONTH_OF_DAY = `case when day < make_date(:year, 1, 1) then 1 when day <= make_date(:year, 12, 31) then extract(month from day)::int end`;

const totalOf = (flow: string): string => `coalesce(sum(amount) filter (where flow = '${flow}'), 0)`;

// Materialized, because new tables have no statistics: the sums would be made again for every month of every fund.
const CHECKED_MONTHS = `
  with flow as (
    select area::text as area, scheme, month, ${FLOW_OF_ITEM} as flow, amount
    from fund.actual where fund_year = :year and part = 'pooled'
    union all
    select area, 'resident', ${MONTH_OF_DAY}, 'premium', amount from ${RECOGNISED} collected
    union all
    select area, scheme, ${MONTH_OF_DAY}, 'advanced', amount
    from (select area::text, scheme, paid_on as day, amount from fund.emergency_advance where fund_year = :year) advances
  ), of_month as (
    select area, scheme, month, ${FLOWS.map((flow) => `${totalOf(flow)} as ${flow}`).join(', ')}
    from flow group by area, scheme, month
  ), to_month as materialized (
    select a.area::text as area, u.scheme::fund.scheme as scheme, m.month,
      ${FLOWS.map((flow) => `coalesce(sum(f.${flow}) over so_far, 0) as ${flow}`).join(', ')}
    from fund.area a cross join lateral unnest(a.schemes) as u (scheme) cross join generate_series(1, 12) as m (month)
    left join of_month f on (f.area, f.scheme, f.month) = (a.area::text, u.scheme::fund.scheme, m.month)
    where a.fund_year = :year
    window so_far as (partition by a.area, u.scheme order by m.month)
  ), begun as (
    -- The adjustment that holds in a month is the last to have begun by its end, of those from the same day the later by date
    -- and version.
    select distinct on (a.area, a.scheme, m.month) a.area, a.scheme, m.month, a.version
    from fund.adjusted_budget a join fund.adjustment_request r using (fund_year, area, scheme, version)
    join generate_series(1, 12) as m (month) on a.in_force_from <= make_date(:year, m.month, 1)
    where a.fund_year = :year
    order by a.area, a.scheme, m.month, a.in_force_from desc, r.date desc, a.version desc
  ), budgeted as materialized (
    select area, scheme, month, ${FLOWS.map((flow) => `${totalOf(flow)} as ${flow}`).join(', ')}
    from (select i.area::text as area, i.scheme, m.month, ${FLOW_OF_ITEM} as flow, i.amount
          from fund.budget_item i cross join generate_series(1, 12) as m (month)
          where i.fund_year = :year and i.part = 'pooled'
            and not exists (select from begun b where (b.area, b.scheme, b.month) = (i.area, i.scheme, m.month))
          union all
          select i.area::text, i.scheme, b.month, ${FLOW_OF_ITEM}, i.amount
          from fund.adjusted_budget_item i join begun b using (area, scheme, version)
          where i.fund_year = :year and i.part = 'pooled') items
    group by area, scheme, month
  ), last_reckoned as (
    select distinct on (area, scheme, month) * from fund.risk_reckoned
    where fund_year = :year order by area, scheme, month, reckoning desc
  )
  select r.area, r.scheme, r.month, ${FLOWS.map((flow) => `t.${flow}`).join(', ')},
    jsonb_build_object('accumulated_surplus', r.accumulated_surplus::text, 'months_payable_4', r.months_payable_4, 'level', r.level) as stored,
    (r.because #>> '{prepaid_to_date,inputs,made,value}')::int as instalments,
    r.because #> '{level,inputs,bounds,value}' as bounds,
    coalesce(r.because #>> '{accumulated_surplus,inputs,advanced_to_date,value}', '0') as advanced_known,
    (select coalesce(sum(v.amount), 0) from fund.emergency_advance v
     where (v.fund_year, v.area, v.scheme) = (r.fund_year, r.area, r.scheme)
       and v.paid_on < make_date(r.fund_year, r.month, 1) + interval '1 month - 1 day') as advanced_before,
    coalesce(o.amount, 0) as opening,
    coalesce(e.prepaid, 0) as prepaid, coalesce(c.levy_unpaid, false) as levy_unpaid,
    coalesce(b.other_income, 0) as budgeted_income, coalesce(b.premium, 0) as budgeted_premium,
    coalesce(b.subsidy, 0) as budgeted_subsidy, coalesce(b.expenditure, 0) as budgeted_expenditure
  from last_reckoned r
  join to_month t on (t.area, t.scheme, t.month) = (r.area::text, r.scheme, r.month)
  left join ${OPENED} o on (o.area, o.scheme) = (r.area::text, r.scheme)
  left join fund.levy_estimate e on (e.fund_year, e.area, e.scheme) = (r.fund_year, r.area, r.scheme)
  left join fund.conduct c on (c.fund_year, c.area, c.scheme) = (r.fund_year, r.area, r.scheme)
  left join budgeted b on (b.area, b.scheme, b.month) = (r.area::text, r.scheme, r.month)
  order by r.scheme, r.area collate "C", r.month`;

/** Months whose stored surplus, months payable or level is not what the rows give now, each as \`stored → now\`. */
export async function monthsThatDiffer(db: Queryable, year: number): Promise<string[]> {
  const bindings = { year, income: OWN_INCOME, expenditure: OWN_EXPENDITURE };
  const months = await select<CheckedMonth>(db, CHECKED_MONTHS, bindings);
  return months.flatMap((month) => {
    const now = reckoned(month);
    return (Object.keys(now) as (keyof typeof now)[])
      .filter((figure) => month.stored[figure] !== now[figure])
      .map(
        (figure) => `${month.scheme} ${month.area} ${month.month} ${figure}: ${month.stored[figure]} → ${now[figure]}`,
      );
  });
}

/** What the rows give: premium and subsidy of residents come in at once and are kept apart; employees have no such income. */
function reckoned(row: CheckedMonth): CheckedMonth['stored'] {
  const inputs = riskInputs(row);
  return {
    accumulated_surplus: yuanText(inputs.surplus),
    months_payable_4: monthsText(monthsPayable(inputs), 4),
    level: riskLevel(inputs),
  };
}

function riskInputs(row: CheckedMonth): RiskInputs {
  const [premium, subsidy, other, expenditure] = amounts(row.premium, row.subsidy, row.other_income, row.expenditure);
  const [budgeted, budgetedPremium, budgetedSubsidy] = amounts(
    row.budgeted_income,
    row.budgeted_premium,
    row.budgeted_subsidy,
  );
  const prepaid = decimal(row.prepaid);
  const paid = prepaidToDate({ prepaid, made: row.instalments ?? 0, unpaid: row.levy_unpaid });
  const knewNoneOfLastDay = decimal(row.advanced_known).eq(row.advanced_before);
  const advanced = decimal(knewNoneOfLastDay ? row.advanced_before : row.advanced);
  const surplus = sum([decimal(row.opening), premium, subsidy, other, advanced])
    .minus(expenditure)
    .minus(paid);
  const isLump = row.scheme === 'resident';
  return {
    surplus,
    income: isLump ? other : sum([premium, subsidy, other]),
    lump_premium: isLump ? premium : zero,
    lump_subsidy: isLump ? subsidy : zero,
    expenditure,
    budgeted_income: isLump ? budgeted : sum([budgetedPremium, budgetedSubsidy, budgeted]),
    budgeted_subsidy: isLump ? budgetedSubsidy : zero,
    budgeted_expenditure: decimal(row.budgeted_expenditure),
    prepaid,
    month: row.month,
    bounds: row.bounds.map(decimal) as unknown as RiskInputs['bounds'],
  };
}

const amounts = <Texts extends string[]>(...texts: Texts) => texts.map(decimal) as { [Place in keyof Texts]: Decimal };
