/** The factors of α (RULES 8): dependency, collection and expansion, each against what the region has or asked for. */
import { type Law } from '../../audit/law';
import type { SchemeYear } from '../../db/levies';
import { type Decimal, sum, zero } from '../../rules/money';
import { type Because, type Explained, type Given, explain } from '../../rules/rule';
import { NO_FACTOR, alpha, dependencyStepEmployee, dependencyStepResident, performanceStep } from '../../rules/share';
import type { Scheme } from '../../rules/vocabulary';
import type { Facts } from './facts';

/** A factor of α; without data it counts 0, and that is a finding. */
export interface Factor {
  name: 'd' | 'c' | 'k';
  value: Decimal;
  because: Because;
  missing: boolean;
}
const factor = (name: Factor['name'], stepped: Explained<Decimal | null> | null): Factor =>
  stepped === null || stepped.value === null
    ? { name, value: zero, because: { ...NO_FACTOR, inputs: {} }, missing: true }
    : { name, value: stepped.value, because: stepped.because, missing: false };

/** d: the area's dependency against the region's, which is a sum over the areas that have the data. */
export function dependencyFactor(
  law: Law,
  known: Facts,
  { year, scheme }: SchemeYear,
  areas: readonly string[],
): (area: string) => Factor {
  const [numerator, denominator] =
    scheme === 'employee' ? (['in_service', 'retired'] as const) : (['aged_60_plus', 'insured'] as const);
  const complete = areas.map(known.insured).filter((row) => row[numerator] !== null && row[denominator] !== null);
  const total = (column: typeof numerator | typeof denominator): Given<Decimal> => ({
    value: sum(complete.map((row) => row[column] as Decimal)),
    from: { rows: 'insured.csv', of: { scheme, year, column, complete: [numerator, denominator] } },
  });
  const region = { region_numerator: total(numerator), region_denominator: total(denominator) };
  return (area) => {
    const row = known.insured(area);
    if (row[numerator] === null || row[denominator] === null) return factor('d', null);
    const inputs = {
      ...region,
      numerator: { value: row[numerator], from: known.insuredSource(area, numerator) },
      denominator: { value: row[denominator], from: known.insuredSource(area, denominator) },
    };
    return factor(
      'd',
      scheme === 'employee'
        ? explain(dependencyStepEmployee, { ...inputs, bands: law.bands('share.bands.ratio') })
        : explain(dependencyStepResident, { ...inputs, bands: law.bands('share.bands.aged') }),
    );
  };
}

/** c: collection rate; k: expansion task completion. */
export function performanceFactors(law: Law, known: Facts, area: string): [Factor, Factor] {
  const c = explain(performanceStep, {
    actual: known.actualPremium(area),
    target: known.budgetedPremium(area),
    bands: law.bands('share.bands.collection'),
  });
  const { insured, target_insured } = known.insured(area);
  if (insured === null || target_insured === null) return [factor('c', c), factor('k', null)];
  const k = explain(performanceStep, {
    actual: { value: insured, from: known.insuredSource(area, 'insured') },
    target: { value: target_insured, from: known.insuredSource(area, 'target_insured') },
    bands: law.bands('share.bands.expansion'),
  });
  return [factor('c', c), factor('k', k)];
}

export function shareOfFund(
  law: Law,
  known: Facts,
  of: { scheme: Scheme; area: string },
  factors: readonly Factor[],
): Explained<Decimal> {
  const { area } = of;
  const conduct = known.conduct(area);
  const said = <Value extends Decimal | boolean>(value: Value, column: string): Given<Value> => ({
    value,
    from: known.conductSource(area, column),
  });
  const [d, c, k] = factors as [Factor, Factor, Factor];
  const stepOf = ({ name, value }: Factor): Given<Decimal> => ({
    value,
    from: { figure: `sharing.alpha.${name}`, of },
  });
  return explain(alpha, {
    alpha0: law.given('share.alpha0'),
    min: law.given('share.min'),
    max: law.given('share.max'),
    d: stepOf(d),
    c: stepOf(c),
    k: stepOf(k),
    unpaid: said(conduct.unpaid, 'levy_days_late'),
    days_late: said(conduct.days_late, 'levy_days_late'),
    days_allowed: law.given('share.disqualify.days_late'),
    own_policy_above: said(conduct.own_policy_above, 'own_policy_above'),
    audit_refused: said(conduct.audit_refused, 'audit_refused'),
    actual_premium: known.actualPremium(area),
    budgeted_premium: known.budgetedPremium(area),
    collection_below: law.given('share.disqualify.collection_below'),
  });
}
