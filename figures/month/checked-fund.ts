/**
 * 运行分析: one area and scheme at the end of a month. The inputs of the risk check, the resulting level, and the reason of every
 * figure it stores.
 */
import { instalmentMonths, instalmentsDueBy } from '../../parameters/instalments';
import type { Law } from '../../parameters/law';
import { dateIn, monthsTo } from '../../rules/calendar-day';
import type { ItemAmounts } from '../../rules/item-amounts';
import { nothingPrepaid, prepaidToDate } from '../../rules/levy';
import { type Decimal, yuanText, zero } from '../../rules/money';
import { receivedBecause } from '../../rules/recognition';
import {
  worstRiskLevel,
  type RiskInputs,
  accumulatedSurplus,
  monthsPayableTo,
  riskLevel,
  surplusWithAdvances,
} from '../../rules/risk';
import {
  type Because,
  type Explained,
  type Given,
  type Source,
  explain,
  intermediate,
  reasonOf,
} from '../../rules/rule';
import { type Item, OWN_EXPENDITURE, OWN_INCOME, type RiskLevel, type Scheme } from '../../rules/vocabulary';
import { openingSource, summed } from '../accounts';
import { inForceRows } from '../budgets/facts';

export interface MonthOf {
  year: number;
  month: number;
  date: string; // the month's last day
}
/** What is known of one area and scheme at the end of the month. */
export interface FundFacts {
  area: string;
  scheme: Scheme;
  /** Pooled, January to the month. */
  actuals: ItemAmounts;
  /** The budget in force on the month's last day, pooled, whole year. */
  budget: ItemAmounts;
  /** The version of the adjustment in force; null while it is the budget of 1 January. */
  adjustment: number | null;
  opening: Decimal;
  /** Whether that is less than the reported opening, which holds the advance premium. */
  holdsAdvance?: boolean;
  /** What the resident collection has brought by the date; null for employees. */
  collection: { amount: Decimal; byPerson: boolean; byReceipts?: boolean } | null;
  /** What the area prepays in the year, and whether it withholds it; null before the scheme's phase. */
  levy: { prepaid: Decimal; unpaid: boolean } | null;
  /** Advanced by the adjustment fund by the date. */
  advanced: Decimal;
}
export interface CheckedFund {
  area: string;
  scheme: Scheme;
  adjustment: number | null;
  surplus: Explained<Decimal>;
  inputs: RiskInputs;
  level: RiskLevel;
  totalIncome: Decimal;
  budgetedTotalIncome: Decimal;
  because: Record<string, Because>;
}

const A5 = 'A(五)“健全基金运行分析与风险预警机制”';
/** What comes in at once for the whole year, so that it must not be counted twice (RULES 7). */
const LUMP: readonly Item[] = ['premium', 'fiscal_subsidy'];
const NOT_IN_PHASE: Source = { stated: 'A 三：尚未到实施上解的年度' };
const NO_LUMP: Given<Decimal> = { value: zero, from: { stated: 'RULES 7：职工没有一次性收入' } };

/** January to the month. */

/** Judges one area and scheme at the end of a month. */
export function checkedFund(facts: FundFacts, law: Law, of: MonthOf): CheckedFund {
  const { area, scheme, budget } = facts;
  const sources = sourcesOf(facts, of);
  const collection = facts.collection && { value: facts.collection.amount, from: sources.figure('collected') };
  const premium = summed(A5, { value: facts.actuals.of('premium'), from: sources.actuals(['premium']) }, collection);
  const income = summed(A5, { value: facts.actuals.income, from: sources.actuals(OWN_INCOME) }, collection);
  const prepaid = prepaidBy(facts, law, of);
  const surplus = surplusOf(facts, income.value, prepaid.value, of);
  const given = riskFigures(facts, { surplus: surplus.value, income: income.value, premium: premium.value }, of);
  const values = Object.fromEntries(
    Object.entries(given).map(([name, { value }]) => [name, value]),
  ) as Amounts<Decimal>;
  const inputs: RiskInputs = { ...values, month: of.month, bounds: boundsOf(law, scheme) };
  const recorded = recordedInputs(given, law, scheme, of.month);
  return {
    area,
    scheme,
    adjustment: facts.adjustment,
    surplus,
    inputs,
    level: riskLevel(inputs),
    totalIncome: income.value,
    budgetedTotalIncome: budget.income,
    because: {
      accumulated_surplus: surplus.because,
      months_payable: reasonOf(monthsPayableTo(2), recorded),
      months_payable_4: reasonOf(monthsPayableTo(4), recorded),
      level: reasonOf(worstRiskLevel, recorded),
      income: intermediate(income),
      premium: intermediate(premium),
      prepaid_to_date: intermediate(prepaid),
      ...(facts.collection && {
        collected: intermediate({
          value: facts.collection.amount,
          because: collectedBecause(area, facts.collection, of),
        }),
      }),
    },
  };
}

/** The amounts among the inputs of the risk level. */
type Amounts<Value> = Record<keyof Omit<RiskInputs, 'month' | 'bounds'>, Value>;

const boundsOf = (law: Law, scheme: Scheme): RiskInputs['bounds'] => {
  const [red, orange, yellow, excess] = law.decimals(`risk.${scheme}`);
  return [red, orange, yellow, excess] as RiskInputs['bounds'];
};

/** Where the rows and the figures of one area and scheme are stored. */
const sourcesOf = ({ area, scheme, adjustment }: FundFacts, { year, month }: MonthOf) => ({
  actuals: (item: readonly Item[]): Source => ({
    rows: 'actuals.csv',
    of: { area, scheme, part: 'pooled', year, month: monthsTo(month), item },
  }),
  budget: (item: readonly Item[]): Source => inForceRows({ adjustment }, { area, scheme, part: 'pooled', item }),
  figure: (name: string): Source => ({ figure: `risk.${name}`, of: { area, scheme, month } }),
  prepaid: { figure: 'levy.prepaid', of: { scheme, area } } satisfies Source,
});

/** The accumulated surplus at the end of the month; an advance of the adjustment fund counts from its date. */
function surplusOf(facts: FundFacts, income: Decimal, prepaid: Decimal, of: MonthOf): Explained<Decimal> {
  const { area, scheme, advanced } = facts;
  const sources = sourcesOf(facts, of);
  const flow = {
    opening: { value: facts.opening, from: openingSource({ area, scheme, year: of.year }, facts.holdsAdvance) },
    income: { value: income, from: sources.figure('income') },
    expenditure: { value: facts.actuals.expenditure, from: sources.actuals(OWN_EXPENDITURE) },
    prepaid_to_date: { value: prepaid, from: sources.figure('prepaid_to_date') },
  };
  if (advanced.isZero()) return explain(accumulatedSurplus, flow);
  return explain(surplusWithAdvances, {
    ...flow,
    advanced_to_date: { value: advanced, from: { rows: 'emergency_advance', of: { scheme, area, until: of.date } } },
  });
}

/** The amounts of the risk level with their sources; residents' premium and subsidy are kept apart from other income. */
function riskFigures(
  facts: FundFacts,
  { surplus, income, premium }: Record<'surplus' | 'income' | 'premium', Decimal>,
  of: MonthOf,
): Amounts<Given<Decimal>> {
  const { actuals, budget, levy } = facts;
  const sources = sourcesOf(facts, of);
  const lump = facts.scheme === 'resident';
  const other = OWN_INCOME.filter((item) => !lump || !LUMP.includes(item));
  const subsidy = actuals.of('fiscal_subsidy');
  const budgetedSubsidy = budget.of('fiscal_subsidy');
  return {
    surplus: { value: surplus, from: sources.figure('accumulated_surplus') },
    income: { value: lump ? income.minus(premium).minus(subsidy) : income, from: sources.actuals(other) },
    lump_premium: lump ? { value: premium, from: sources.figure('premium') } : NO_LUMP,
    lump_subsidy: lump ? { value: subsidy, from: sources.actuals(['fiscal_subsidy']) } : NO_LUMP,
    expenditure: { value: actuals.expenditure, from: sources.actuals(OWN_EXPENDITURE) },
    budgeted_income: {
      value: lump ? budget.income.minus(budget.of('premium')).minus(budgetedSubsidy) : budget.income,
      from: sources.budget(other),
    },
    budgeted_subsidy: lump ? { value: budgetedSubsidy, from: sources.budget(['fiscal_subsidy']) } : NO_LUMP,
    budgeted_expenditure: { value: budget.expenditure, from: sources.budget(OWN_EXPENDITURE) },
    prepaid: levy ? { value: levy.prepaid, from: sources.prepaid } : { value: zero, from: NOT_IN_PHASE },
  };
}

function recordedInputs(given: Amounts<Given<Decimal>>, law: Law, scheme: Scheme, month: number): Because['inputs'] {
  const amounts = Object.entries(given).map(([name, { value, from }]) => [name, { value: value.toFixed(), from }]);
  return {
    ...(Object.fromEntries(amounts) as Because['inputs']),
    month: { value: month, from: { stated: '月份' } },
    bounds: {
      value: law.decimals(`risk.${scheme}`).map((bound) => bound.toFixed()),
      from: law.source(`risk.${scheme}`),
    },
  };
}

/** What the area has prepaid by the end of the month: the instalments that the calendar of the year has due by then. */
function prepaidBy({ area, scheme, levy }: FundFacts, law: Law, { year, date }: MonthOf): Explained<Decimal> {
  if (levy === null) {
    return {
      value: nothingPrepaid({}),
      because: reasonOf(nothingPrepaid, { phase: { value: null, from: NOT_IN_PHASE } }),
    };
  }
  const made = instalmentsDueBy(law, date);
  return {
    value: prepaidToDate({ ...levy, made }),
    because: reasonOf(prepaidToDate, {
      prepaid: { value: yuanText(levy.prepaid), from: { figure: 'levy.prepaid', of: { scheme, area } } },
      made: { value: made, from: { stated: `${instalmentMonths(law)} 月各缴一次，截至本月已缴次数` } },
      unpaid: { value: levy.unpaid, from: { rows: 'conduct.csv', of: { area, scheme, year, column: 'levy_unpaid' } } },
    }),
  };
}

/** What the collection had brought by a date; by receipts, since the year began. */
const collectedBecause = (
  area: string,
  { byPerson, byReceipts = false }: NonNullable<FundFacts['collection']>,
  { year, date }: MonthOf,
): Because => receivedBecause(area, byPerson, { ...(byReceipts ? { since: dateIn(year, '01-01') } : {}), until: date });
