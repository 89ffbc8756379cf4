/** 费率逐步调增 (RULES 6): every area's employer rate, why it must rise, and next year's; a rate below the floor is a finding. */
import type { Law } from '../parameters/law';
import { rateStepUp, rateStepUpRaised, stepUpGrounds } from '../rules/contribution';
import { type Decimal, plainText, sum, zero } from '../rules/money';
import { type Because, type Given, explain, taken, withInputs } from '../rules/rule';
import { OWN_EXPENDITURE } from '../rules/vocabulary';
import type { Finding } from './finding';

export interface RateFacts {
  year: number;
  /** Every area with employees: those without a rate count in the region's ratio. */
  areas: readonly AreaRate[];
}
export interface AreaRate {
  area: string;
  employerRate: Decimal | null;
  in_service: Decimal | null;
  retired: Decimal | null;
  surplus: Decimal; // 1 January, pooled
  expenditure: Decimal; // final accounts of the year before, pooled
}
interface RateRow {
  area: string;
  employer_rate: string;
  grounds: string;
  next_rate: string;
  because: Record<'employer_rate' | 'grounds' | 'next_rate', Because>;
}

export function ratesOf(facts: RateFacts, law: Law): { rows: RateRow[]; findings: Finding[] } {
  const region = regionRatio(facts);
  const rated = facts.areas.flatMap((area) =>
    area.employerRate === null ? [] : [rateOf({ ...area, employerRate: area.employerRate }, facts.year, region, law)],
  );
  return { rows: rated.map(({ row }) => row), findings: rated.flatMap(({ finding }) => finding ?? []) };
}

type RegionRatio = Record<'region_in_service' | 'region_retired', Given<Decimal>>;
const HEADS = ['in_service', 'retired'] as const;

/** Summed over the areas that have both numbers. */
function regionRatio({ year, areas }: RateFacts): RegionRatio {
  const complete = areas.filter((area) => HEADS.every((column) => area[column] !== null));
  const total = (column: (typeof HEADS)[number]): Given<Decimal> => ({
    value: sum(complete.map((area) => area[column] ?? zero)),
    from: { rows: 'insured.csv', of: { scheme: 'employee', year, column, complete: HEADS } },
  });
  return { region_in_service: total('in_service'), region_retired: total('retired') };
}

function rateOf(
  facts: AreaRate & { employerRate: Decimal },
  year: number,
  region: RegionRatio,
  law: Law,
): { row: RateRow; finding: Finding | null } {
  const { area } = facts;
  const ofFund = { area, scheme: 'employee', part: 'pooled' };
  const heads = (column: (typeof HEADS)[number]): Given<Decimal | null> => ({
    value: facts[column],
    from: { rows: 'insured.csv', of: { area, scheme: 'employee', year, column } },
  });
  const employer_rate: Given<Decimal> = {
    value: facts.employerRate,
    from: { figure: 'rates.employer_rate', of: { area } },
  };
  const floor = law.given('rates.floor');
  const grounds = explain(stepUpGrounds, {
    employer_rate,
    floor,
    in_service: heads('in_service'),
    retired: heads('retired'),
    ...region,
    surplus: { value: facts.surplus, from: { rows: 'opening.csv', of: { ...ofFund, column: 'accumulated_surplus' } } },
    expenditure: {
      value: facts.expenditure,
      from: { rows: 'history.csv', of: { ...ofFund, year: year - 1, item: OWN_EXPENDITURE } },
    },
    bounds: { value: law.decimals('risk.employee'), from: law.source('risk.employee') },
  });
  const next = explain(rateStepUp, { employer_rate, floor, step: law.given('rates.step') });
  const rate = plainText(facts.employerRate);
  const given = taken(stepUpGrounds.article, rate, { rows: 'areas.csv', of: { area, column: 'employer_rate' } });
  const next_rate = plainText(next.value);
  const row = {
    area,
    employer_rate: rate,
    grounds: grounds.value,
    next_rate,
    because: { employer_rate: given, grounds: grounds.because, next_rate: next.because },
  };
  if (!rateStepUpRaised({ employer_rate: facts.employerRate, floor: floor.value })) return { row, finding: null };
  const nextFigure = { figure: 'rates.next_rate', of: { area } };
  const because = withInputs(taken(rateStepUp.article, next_rate, nextFigure), { employer_rate, floor });
  const text = `用人单位费率 ${rate} 低于 ${plainText(floor.value)}，下年度应调增到 ${next_rate}`;
  const finding: Finding = {
    code: 'rate_step_up',
    area,
    scheme: 'employee',
    figure: next_rate,
    text,
    because,
    raised: rateStepUpRaised.formula,
  };
  return { row, finding };
}
