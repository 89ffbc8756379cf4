/** The targets of one area and scheme: its own where targets.csv has a row, else those in force for all (RULES 10, READINGS 59). */
import { INDICATORS, type Indicator, INDICATOR_NAMES, TARGET_SENSE } from '../rules/evaluation';
import { type Decimal, plainText } from '../rules/money';
import { greenBound } from '../rules/performance';
import type { Given } from '../rules/rule';
import type { Scheme } from '../rules/vocabulary';
import type { Law } from './law';
import { isInPhase, startYearName } from './phase';

interface AreaOfTargets {
  year: number;
  scheme: Scheme;
  area: string;
  /** What its rows of targets.csv say. */
  own: ReadonlyMap<string, Decimal>;
}

/** The target of an indicator. The default for months payable is the green bound of the scheme. */
export function targetOf(law: Law, { scheme, area, own }: AreaOfTargets, indicator: Indicator): Given<Decimal> {
  const stated = own.get(indicator);
  if (stated !== undefined)
    return { value: stated, from: { rows: 'targets.csv', of: { area, scheme, indicator, column: 'target' } } };
  if (indicator === 'reimbursement') return law.given(`performance.target.reimbursement.${scheme}`);
  if (indicator !== 'months_payable') return law.given(`performance.target.${indicator}`);
  const decided = law.optional(`performance.target.months_payable.${scheme}`);
  const bounds = law.decimals(`risk.${scheme}`);
  return decided ?? { value: greenBound({ bounds }), from: law.source(`risk.${scheme}`) };
}

/** The indicators that an area of the scheme is evaluated by: the subsidy is the residents', and before its phase nobody levies. */
const indicatorsOf = (law: Law, { year, scheme }: AreaOfTargets): Indicator[] =>
  INDICATORS.filter((indicator) => {
    if (indicator === 'low_income' || indicator === 'subsidy_arrival') return scheme === 'resident';
    return indicator !== 'levy_timeliness' || isInPhase(year, law.text(startYearName(scheme)));
  });

/** The targets in words, for those who approve the budget: 征缴率不低于 0.98. */
export function targetTexts(law: Law, of: AreaOfTargets): string[] {
  const margin = law.given('performance.margin.budget_expenditure').value;
  return indicatorsOf(law, of).map((indicator) => {
    const { value } = targetOf(law, of, indicator);
    const bound = {
      at_least: `不低于 ${plainText(value)}`,
      at_most: `不超过 ${plainText(value)}`,
      within: `在 ${plainText(value.minus(margin))} 至 ${plainText(value)} 之间`,
    }[TARGET_SENSE[indicator]];
    return `${INDICATOR_NAMES[indicator]}${bound}`;
  });
}
