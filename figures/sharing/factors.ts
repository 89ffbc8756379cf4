/**
 * The factors of α (RULES 8): dependency, collection and expansion, each compared with the region's or with what was asked for;
 * performance.
 */
import type { Law } from '../../parameters/law';
import { type Decimal, sum, zero } from '../../rules/money';
import { type Because, type Explained, type Given, type Source, explain, reasonOf } from '../../rules/rule';
import {
  noFactor,
  dependencyStepEmployee,
  dependencyStepResident,
  achievementStep,
  scoreStep,
} from '../../rules/share';
import type { HeadCounts } from './facts';
import { type SharedArea, actualPremium, conductSource, expectedPremiumInput, insuredSource } from './sources';

/** A factor of α; without data it counts 0, and that is a finding. */
export interface Factor {
  name: 'd' | 'c' | 'k' | 'p';
  value: Decimal;
  because: Because;
  missing: boolean;
}
const factor = (name: Factor['name'], { value, because }: Explained<Decimal | null>): Factor =>
  value === null ? missing(name, because.inputs) : { name, value, because, missing: false };
/** Its reason keeps the cells that would have been needed; an empty one among them is why there is no factor. */
const missing = (name: Factor['name'], inputs: Because['inputs']): Factor => ({
  name,
  value: zero,
  because: reasonOf(noFactor, inputs),
  missing: true,
});
const cell = (value: Decimal | null, from: Source): Because['inputs'][string] => ({
  value: value?.toFixed() ?? null,
  from,
});

/** d: the area's dependency against the region's, which is a sum over the areas that have the data. */
export function dependencyFactors(law: Law, areas: readonly SharedArea[]): Factor[] {
  const [first] = areas;
  if (first === undefined) return [];
  const { scheme, year } = first;
  const columns: [keyof HeadCounts, keyof HeadCounts] =
    scheme === 'employee' ? ['in_service', 'retired'] : ['aged_60_plus', 'insured'];
  const complete = areas.filter(({ insured }) => columns.every((column) => insured[column] !== null));
  const total = (column: keyof HeadCounts): Given<Decimal> => ({
    value: sum(complete.map(({ insured }) => insured[column] ?? zero)),
    from: { rows: 'insured.csv', of: { scheme, year, column, complete: columns } },
  });
  const region = { region_numerator: total(columns[0]), region_denominator: total(columns[1]) };
  return areas.map((area) => dependencyFactor(law, area, columns, region));
}

function dependencyFactor(
  law: Law,
  area: SharedArea,
  [above, below]: [keyof HeadCounts, keyof HeadCounts],
  region: Record<'region_numerator' | 'region_denominator', Given<Decimal>>,
): Factor {
  const [numerator, denominator] = [area.insured[above], area.insured[below]];
  const from = { numerator: insuredSource(area, above), denominator: insuredSource(area, below) };
  if (numerator === null || denominator === null)
    return missing('d', {
      numerator: cell(numerator, from.numerator),
      denominator: cell(denominator, from.denominator),
    });
  const inputs = {
    ...region,
    numerator: { value: numerator, from: from.numerator },
    denominator: { value: denominator, from: from.denominator },
  };
  return factor(
    'd',
    area.scheme === 'employee'
      ? explain(dependencyStepEmployee, { ...inputs, bands: law.bands('share.bands.ratio') })
      : explain(dependencyStepResident, { ...inputs, bands: law.bands('share.bands.aged') }),
  );
}

/** c: the collection rate. */
export const collectionFactor = (law: Law, area: SharedArea): Factor =>
  factor(
    'c',
    explain(achievementStep, {
      actual: actualPremium(area),
      target: expectedPremiumInput(law, area),
      bands: law.bands('share.bands.collection'),
    }),
  );

/** p: the performance score of the year before, as `conduct.csv` has it. */
export function performanceFactor(law: Law, area: SharedArea): Factor {
  const step = explain(scoreStep, {
    score: { value: area.conduct.performance_score, from: conductSource(area, 'performance_score') },
    bands: law.bands('share.bands.performance'),
  });
  return { name: 'p', ...step, missing: false };
}

/** k: how far the area has reached the number it was to insure. */
export function expansionFactor(law: Law, area: SharedArea): Factor {
  const { insured, target_insured } = area.insured;
  const from = { insured: insuredSource(area, 'insured'), target: insuredSource(area, 'target_insured') };
  if (insured === null || target_insured === null)
    return missing('k', {
      insured: cell(insured, from.insured),
      target_insured: cell(target_insured, from.target),
    });
  return factor(
    'k',
    explain(achievementStep, {
      actual: { value: insured, from: from.insured },
      target: { value: target_insured, from: from.target },
      bands: law.bands('share.bands.expansion'),
    }),
  );
}
