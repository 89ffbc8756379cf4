/** One area and scheme at the end of a month: what the risk check reads, and the reason of everything it says. */
import type { Law } from '../parameters/law';
import type { Queryable } from '../db/connect';
import { actualItems } from '../db/actuals';
import { areasOf, personAreas } from '../db/areas';
import { budgetItems } from '../db/budgets';
import { collectedPremium } from '../db/collection-days';
import { conductRows } from '../db/conduct';
import { advancesOf } from '../db/emergency';
import { prepaidLevies } from '../db/levies';
import { openingSurplus } from '../db/opening';
import { instalments } from '../rules/levy';
import { type Decimal, decimal, yuanText, zero } from '../rules/money';
import {
  RISK_LEVEL,
  type RiskInputs,
  accumulatedSurplus,
  monthsPayableTo,
  riskLevel,
  surplusWithAdvances,
} from '../rules/risk';
import { type Because, type Cells, type Explained, type Given, type Source, explain, onTheWay } from '../rules/rule';
import { type Item, OWN_EXPENDITURE, OWN_INCOME, type RiskLevel, type Scheme } from '../rules/vocabulary';
import { summed } from '../figures/accounts';

export interface MonthOf {
  year: number;
  month: number;
  date: string; // the month's last day
}
export interface CheckedFund {
  area: string;
  scheme: Scheme;
  surplus: Explained<Decimal>;
  inputs: RiskInputs;
  level: RiskLevel;
  totalIncome: Decimal;
  budgetedTotalIncome: Decimal;
  because: Record<string, Because>;
}

const A5 = 'A(五)“健全基金运行分析与风险预警机制”';

/** Reads and judges every area of a scheme at the end of a month. */
export async function checkScheme(
  db: Queryable,
  law: Law,
  scheme: Scheme,
  { year, month, date }: MonthOf,
): Promise<CheckedFund[]> {
  const actuals = await actualItems(db, year, scheme, month);
  const budgets = await budgetItems(db, year, scheme);
  const openingOf = await openingSurplus(db, year, scheme);
  const lump = scheme === 'resident';
  const collected = lump ? await collectedPremium(db, year, date) : null;
  const byPerson = await personAreas(db, year);
  const prepaid = new Map((await prepaidLevies(db, { year, scheme })).map((row) => [row.area, row]));
  const advancedTo = await advancesOf(db, { year, scheme }, date);
  const conductOf = await conductRows(db, year, scheme);
  const bounds = law.decimals(`risk.${scheme}`) as unknown as RiskInputs['bounds'];
  return (await areasOf(db, year, scheme)).map((area): CheckedFund => {
    const own = actuals.area(area);
    const budget = budgets.area(area);
    const levy = prepaid.get(area);
    const key = { area, scheme, month };
    const rows = (item: readonly Item[]): Source => ({
      rows: 'actuals.csv',
      of: { area, scheme, part: 'pooled', year, month: monthsTo(month), item },
    });
    const figure = (name: string): Source => ({ figure: `risk.${name}`, of: key });
    const collection = collected && { value: collected(area), from: figure('collected') };
    const premium = summed(A5, { value: own.of('premium'), from: rows(['premium']) }, collection);
    const income = summed(A5, { value: own.income, from: rows(OWN_INCOME) }, collection);
    const toDate = prepaidToDate(levy, month);
    const flow = {
      opening: {
        value: openingOf(area),
        from: { rows: 'opening.csv', of: { area, scheme, part: 'pooled', year, column: 'accumulated_surplus' } },
      },
      income: { value: income.value, from: figure('income') },
      expenditure: { value: own.expenditure, from: rows(OWN_EXPENDITURE) },
      prepaid_to_date: { value: toDate, from: figure('prepaid_to_date') },
    };
    const advanced = advancedTo(area);
    const surplus = advanced.isZero()
      ? explain(accumulatedSurplus, flow)
      : explain(surplusWithAdvances, {
          ...flow,
          advanced_to_date: { value: advanced, from: { rows: 'emergency_advance', of: { scheme, area, until: date } } },
        });
    const otherIncome = OWN_INCOME.filter((item) => !lump || !LUMP.includes(item));
    const budgeted = (item: readonly Item[]): Source => ({
      rows: 'budgets.csv',
      of: { area, scheme, part: 'pooled', item },
    });
    const none: Given<Decimal> = { value: zero, from: { stated: 'RULES 7：职工没有一次性收入' } };
    const whole: Source = { figure: 'levy.prepaid', of: { scheme, area } };
    const given: { [Name in keyof Omit<RiskInputs, 'month' | 'bounds'>]: Given<Decimal> } = {
      surplus: { value: surplus.value, from: figure('accumulated_surplus') },
      income: {
        value: lump ? income.value.minus(premium.value).minus(own.of('fiscal_subsidy')) : income.value,
        from: rows(otherIncome),
      },
      lump_premium: lump ? { value: premium.value, from: figure('premium') } : none,
      lump_subsidy: lump ? { value: own.of('fiscal_subsidy'), from: rows(['fiscal_subsidy']) } : none,
      expenditure: { value: own.expenditure, from: rows(OWN_EXPENDITURE) },
      budgeted_income: {
        value: lump ? budget.income.minus(budget.of('premium')).minus(budget.of('fiscal_subsidy')) : budget.income,
        from: budgeted(otherIncome),
      },
      budgeted_subsidy: lump ? { value: budget.of('fiscal_subsidy'), from: budgeted(['fiscal_subsidy']) } : none,
      budgeted_expenditure: { value: budget.expenditure, from: budgeted(OWN_EXPENDITURE) },
      prepaid: { value: levy?.prepaid ?? zero, from: levy ? whole : NOT_IN_PHASE },
    };
    const values = Object.fromEntries(Object.entries(given).map(([name, { value }]) => [name, value]));
    const inputs = { ...values, month, bounds } as unknown as RiskInputs;
    const told = riskInputs(given, law, scheme, month);
    return {
      area,
      scheme,
      surplus,
      inputs,
      level: riskLevel(inputs),
      totalIncome: income.value,
      budgetedTotalIncome: budget.income,
      because: {
        accumulated_surplus: surplus.because,
        months_payable: { ...monthsPayableTo(2), inputs: told },
        months_payable_4: { ...monthsPayableTo(4), inputs: told },
        level: { ...RISK_LEVEL, inputs: told },
        income: onTheWay(income),
        premium: onTheWay(premium),
        prepaid_to_date: onTheWay({ value: toDate, because: toDateBecause(levy, whole, conductOf(area), key, year) }),
        ...(collection && {
          collected: onTheWay({ value: collection.value, because: collectedBecause(area, byPerson.has(area), date) }),
        }),
      },
    };
  });
}

/** What comes in at once for the whole year, so that it must not be counted twice (RULES 7). */
const LUMP: readonly Item[] = ['premium', 'fiscal_subsidy'];
const NOT_IN_PHASE: Source = { stated: 'A 三：尚未到实施上解的年度' };
const monthsTo = (month: number): number[] => Array.from({ length: month }, (_, i) => i + 1);
/** Instalments made by the end of a month: January, April, July, October. */
const instalmentsBy = (month: number): number => Math.floor((month + 2) / 3);

/** Instalments of the levy made by the end of a month; a withheld levy does not lower the surplus before it is posted. */
function prepaidToDate(levy: { prepaid: Decimal; unpaid: boolean } | undefined, month: number): Decimal {
  if (levy === undefined || levy.unpaid) return zero;
  return instalments(levy.prepaid)
    .slice(0, instalmentsBy(month))
    .reduce((all, amount) => all.plus(amount), zero);
}

function toDateBecause(
  levy: { prepaid: Decimal; unpaid: boolean } | undefined,
  whole: Source,
  { unpaid }: { unpaid: boolean },
  { area, scheme, month }: { area: string; scheme: Scheme; month: number },
  year: number,
): Because {
  const article = 'A(六)“按一定比例筹集”；按季预缴';
  if (levy === undefined) return { article, formula: '0', inputs: { phase: { value: null, from: NOT_IN_PHASE } } };
  return {
    article,
    formula: 'unpaid ? 0 : made == 4 ? prepaid : made * floor(prepaid / 4)',
    inputs: {
      prepaid: { value: yuanText(levy.prepaid), from: whole },
      made: { value: instalmentsBy(month), from: { stated: '1、4、7、10 月各缴一次，截至本月已缴次数' } },
      unpaid: { value: unpaid, from: { rows: 'conduct.csv', of: { area, scheme, year, column: 'levy_unpaid' } } },
    },
  };
}

/** What the collection had brought by a date: accepted payments with their aid, less refunds; or the tax bureau's total. */
function collectedBecause(area: string, byPerson: boolean, date: string): Because {
  const article = 'A(二)“完成次年居民医保集中征缴”；RULES 9(2) 逐日入账';
  if (!byPerson) {
    const from: Source = { rows: 'collection_totals.csv', of: { area, column: 'amount' } };
    return { article, formula: 'total', inputs: { total: { from } } };
  }
  return {
    article,
    formula: 'paid + enrolled',
    inputs: {
      paid: { from: { rows: 'resident_payments.csv', of: { area, until: date, column: 'premium' } } },
      enrolled: { from: { rows: 'resident_roll.csv', of: { area, enrolled: true, column: 'aid' } } },
    },
  };
}

function riskInputs(given: Record<string, Given<Decimal>>, law: Law, scheme: Scheme, month: number): Because['inputs'] {
  const told = Object.entries(given).map(([name, { value, from }]) => [name, { value: value.toFixed(), from }]);
  return {
    ...(Object.fromEntries(told) as Because['inputs']),
    month: { value: month, from: { stated: '月份' } },
    bounds: {
      value: law.decimals(`risk.${scheme}`).map((bound) => bound.toFixed()),
      from: law.source(`risk.${scheme}`),
    },
  };
}

/** 预算执行: actual against the budget's part of the year. */
export function executionBecause(
  { area, scheme, inputs }: CheckedFund,
  of: 'income' | 'expenditure',
  law: Law,
  year: number,
): Because {
  const cells: Cells = { area, scheme, part: 'pooled', item: of === 'income' ? OWN_INCOME : OWN_EXPENDITURE };
  const limit = (name: string) => ({ value: law.given(name).value.toFixed(), from: law.source(name) });
  const { month } = inputs;
  const actual: Source =
    of === 'income'
      ? { figure: 'risk.income', of: { area, scheme, month } }
      : { rows: 'actuals.csv', of: { ...cells, year, month: monthsTo(month) } };
  return {
    article: 'A(五)“强化医保基金预算执行监督”',
    formula: 'round(actual / (budget * month / 12), 4)',
    inputs: {
      actual: { from: actual },
      budget: { from: { rows: 'budgets.csv', of: cells } },
      month: { value: decimal(String(month)).toFixed(), from: { stated: '月份' } },
      low: limit('budget.execution.low'),
      high: limit('budget.execution.high'),
    },
  };
}
