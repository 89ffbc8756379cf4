/** Findings of a clearing: budgets that were overspent, payments that the books do not have, units that were not paid. */
import type { AllottedUnit, PaidFund } from '../../db/total-budgets';
import { type Decimal, sum, yuanText } from '../../rules/money';
import { type Because, type Source, explain, reasonOf, withInputs } from '../../rules/rule';
import {
  doesPaidDiffer,
  isClearingOpen,
  isMuchOwed,
  isOverspent,
  openClearing,
  overspent,
  owedToUnits,
  paidDifference,
} from '../../rules/total-budget';
import { CARE_ITEMS, OWN_EXPENDITURE } from '../../rules/vocabulary';
import type { Finding } from '../finding';
import type { ClearingFacts } from './clearing';
import { fundOf, unitFigures } from './sources';

export interface AfterClearing extends ClearingFacts {
  year: number;
  /** Paid within the year for the care of earlier years. */
  paidForEarlierYears: Decimal;
  /** What the area booked for care, and in total, pooled. */
  bookedCare: Decimal;
  expenditure: Decimal;
}

const columnOf = (units: readonly AllottedUnit[], column: 'budget' | 'incurred' | 'paid'): Decimal[] =>
  units.map((unit) => unit[column]);

export function clearingFindings(after: AfterClearing): Finding[] {
  return [...overBudget(after), ...paidDiffers(after), ...owed(after)];
}

const FINDING = {
  total_budget_over: '医药机构费用超出总额预算',
  units_paid_differ: '拨付医药机构数与住院、门诊、生育支出账不符',
  unpaid_at_units: '年末欠拨医药机构款超过一个月的支出',
  clearing_open: '有基金缺口而年度清算款未结：付款时间会使缺口转入其他年度',
} as const;

const found = (
  fund: PaidFund,
  code: keyof typeof FINDING,
  figure: Decimal,
  because: Because,
  raised: { formula: string },
): Finding => ({
  code,
  area: fund.area,
  scheme: fund.scheme,
  figure: yuanText(figure),
  text: FINDING[code],
  because,
  raised: raised.formula,
});

/** For care elsewhere there is nobody who could have kept to a budget. */
function overBudget(fund: AfterClearing): Finding[] {
  const kinds = ['institution', 'community'] as const;
  const units = fund.units.filter(({ kind }) => kind !== 'elsewhere');
  const inputs = { budget: columnOf(units, 'budget'), incurred: columnOf(units, 'incurred') };
  if (!isOverspent(inputs)) return [];
  const { value, because } = explain(overspent, {
    budget: { value: inputs.budget, from: unitFigures(fund, 'budget', kinds) },
    incurred: { value: inputs.incurred, from: unitFigures(fund, 'incurred', kinds) },
  });
  return [found(fund, 'total_budget_over', value, because, isOverspent)];
}

function paidDiffers(fund: AfterClearing): Finding[] {
  const accounts = (column: string): Source => ({ rows: 'unit_accounts.csv', of: { ...fundOf(fund), column } });
  const paid = sum(columnOf(fund.units, 'paid'));
  const amounts = {
    paid_to_units: paid,
    paid_earlier_years: fund.paidForEarlierYears,
    booked_care: fund.bookedCare,
  };
  if (!doesPaidDiffer(amounts)) return [];
  const { value, because } = explain(paidDifference, {
    paid_to_units: { value: paid, from: accounts('paid') },
    paid_earlier_years: { value: fund.paidForEarlierYears, from: accounts('paid_earlier_years') },
    booked_care: { value: fund.bookedCare, from: booked(fund, CARE_ITEMS) },
  });
  return [found(fund, 'units_paid_differ', value, because, doesPaidDiffer)];
}

const booked = (fund: AfterClearing, item: readonly string[]): Source => ({
  rows: 'actuals.csv',
  of: { ...fundOf(fund), part: 'pooled', year: fund.year, item },
});

function owed(fund: AfterClearing): Finding[] {
  const inputs = { incurred: columnOf(fund.units, 'incurred'), paid: columnOf(fund.units, 'paid') };
  if (!isMuchOwed({ ...inputs, expenditure: fund.expenditure })) return [];
  const { value, because } = explain(owedToUnits, {
    incurred: { value: inputs.incurred, from: unitFigures(fund, 'incurred') },
    paid: { value: inputs.paid, from: unitFigures(fund, 'paid') },
  });
  const limit = { expenditure: { value: fund.expenditure, from: booked(fund, OWN_EXPENDITURE) } };
  return [found(fund, 'unpaid_at_units', value, withInputs(because, limit), isMuchOwed)];
}

/** 清算款未结: raised with the gap, once every unit of the fund is cleared. */
export function openClearingFindings(fund: PaidFund, clearing: readonly Decimal[], gap: Decimal): Finding[] {
  if (!isClearingOpen({ clearing, gap })) return [];
  const because = reasonOf(openClearing, {
    clearing: { from: unitFigures(fund, 'clearing') },
    gap: { value: yuanText(gap), from: { figure: 'sharing.gap', of: fundOf(fund) } },
  });
  return [found(fund, 'clearing_open', openClearing({ clearing }), because, isClearingOpen)];
}
