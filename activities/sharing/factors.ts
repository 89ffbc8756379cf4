/** The factors of α (RULES 8): dependency, collection and expansion, each against what the region has or asked for. */
import type { Law } from '../../parameters/law';
import type { SchemeYear } from '../../db/levies';
import { type Decimal, sum, zero } from '../../rules/money';
import { type Because, type Explained, type Given, type Source, explain } from '../../rules/rule';
import {
  NO_FACTOR,
  alpha,
  dependencyStepEmployee,
  dependencyStepResident,
  disqualifications,
  performanceStep,
} from '../../rules/share';
import type { Scheme } from '../../rules/vocabulary';
import type { Facts } from './facts';

/** A factor of α; without data it counts 0, and that is a finding. */
export interface Factor {
  name: 'd' | 'c' | 'k';
  value: Decimal;
  because: Because;
  missing: boolean;
}
const known = (name: Factor['name'], { value, because }: Explained<Decimal | null>): Factor =>
  value === null ? missing(name, because.inputs) : { name, value, because, missing: false };
/** The cells that would have been needed are told with the factor: an empty one among them is why there is none. */
const missing = (name: Factor['name'], inputs: Because['inputs']): Factor => ({
  name,
  value: zero,
  because: { ...NO_FACTOR, inputs },
  missing: true,
});
const cell = (value: Decimal | null, from: Source): Because['inputs'][string] => ({
  value: value?.toFixed() ?? null,
  from,
});

/** d: the area's dependency against the region's, which is a sum over the areas that have the data. */
export function dependencyFactor(
  law: Law,
  facts: Facts,
  { year, scheme }: SchemeYear,
  areas: readonly string[],
): (area: string) => Factor {
  const [numerator, denominator] =
    scheme === 'employee' ? (['in_service', 'retired'] as const) : (['aged_60_plus', 'insured'] as const);
  const complete = areas.map(facts.insured).filter((row) => row[numerator] !== null && row[denominator] !== null);
  const total = (column: typeof numerator | typeof denominator): Given<Decimal> => ({
    value: sum(complete.map((row) => row[column] as Decimal)),
    from: { rows: 'insured.csv', of: { scheme, year, column, complete: [numerator, denominator] } },
  });
  const region = { region_numerator: total(numerator), region_denominator: total(denominator) };
  return (area) => {
    const row = facts.insured(area);
    const from = {
      numerator: facts.insuredSource(area, numerator),
      denominator: facts.insuredSource(area, denominator),
    };
    if (row[numerator] === null || row[denominator] === null) {
      return missing('d', {
        numerator: cell(row[numerator], from.numerator),
        denominator: cell(row[denominator], from.denominator),
      });
    }
    const inputs = {
      ...region,
      numerator: { value: row[numerator], from: from.numerator },
      denominator: { value: row[denominator], from: from.denominator },
    };
    return known(
      'd',
      scheme === 'employee'
        ? explain(dependencyStepEmployee, { ...inputs, bands: law.bands('share.bands.ratio') })
        : explain(dependencyStepResident, { ...inputs, bands: law.bands('share.bands.aged') }),
    );
  };
}

/** c: collection rate; k: expansion task completion. */
export function performanceFactors(law: Law, facts: Facts, area: string): [Factor, Factor] {
  const c = explain(performanceStep, {
    actual: facts.actualPremium(area),
    target: facts.budgetedPremium(area),
    bands: law.bands('share.bands.collection'),
  });
  const { insured, target_insured } = facts.insured(area);
  const from = { insured: facts.insuredSource(area, 'insured'), target: facts.insuredSource(area, 'target_insured') };
  if (insured === null || target_insured === null) {
    const cells = { insured: cell(insured, from.insured), target_insured: cell(target_insured, from.target) };
    return [known('c', c), missing('k', cells)];
  }
  const k = explain(performanceStep, {
    actual: { value: insured, from: from.insured },
    target: { value: target_insured, from: from.target },
    bands: law.bands('share.bands.expansion'),
  });
  return [known('c', c), known('k', k)];
}

export function shareOfFund(
  law: Law,
  facts: Facts,
  of: { scheme: Scheme; area: string },
  factors: readonly Factor[],
): { alpha: Explained<Decimal>; disqualified: Because } {
  const { area } = of;
  const conduct = facts.conduct(area);
  const said = <Value extends Decimal | boolean>(value: Value, column: string): Given<Value> => ({
    value,
    from: facts.conductSource(area, column),
  });
  const [d, c, k] = factors as [Factor, Factor, Factor];
  const stepOf = ({ name, value }: Factor): Given<Decimal> => ({
    value,
    from: { figure: `sharing.alpha.${name}`, of },
  });
  const disqualifiers = {
    unpaid: said(conduct.unpaid, 'levy_unpaid'),
    days_late: said(conduct.days_late, 'levy_days_late'),
    days_allowed: law.given('share.disqualify.days_late'),
    own_policy_above: said(conduct.own_policy_above, 'own_policy_above'),
    audit_refused: said(conduct.audit_refused, 'audit_refused'),
    actual_premium: facts.actualPremium(area),
    budgeted_premium: facts.budgetedPremium(area),
    collection_below: law.given('share.disqualify.collection_below'),
  };
  const reasons = explain(disqualifications, disqualifiers);
  const share = explain(alpha, {
    alpha0: law.given('share.alpha0'),
    min: law.given('share.min'),
    max: law.given('share.max'),
    d: stepOf(d),
    c: stepOf(c),
    k: stepOf(k),
    ...disqualifiers,
  });
  const told = { value: reasons.value, from: { figure: 'sharing.alpha.disqualified', of } };
  return {
    alpha: { ...share, because: { ...share.because, inputs: { ...share.because.inputs, disqualified: told } } },
    disqualified: { ...reasons.because, value: reasons.value },
  };
}
