/** 费率逐步调增: rates, grounds and findings of a region's areas (RULES 6, READINGS 60). */
import { type AreaRate, ratesOf } from '../../figures/rates';
import { decimal } from '../../rules/money';
import { lawWith } from './laws';

const law = lawWith(2028, { 'rates.floor': '0.07', 'rates.step': '0.005', 'risk.employee': ['3', '6', '9', '15'] });

/** An area at the floor, with two workers to a retiree and a full year of reserves. */
const area = (code: string, more: Partial<AreaRate> = {}): AreaRate => ({
  area: code,
  employerRate: decimal('0.07'),
  in_service: decimal('200'),
  retired: decimal('100'),
  surplus: decimal('1200.00'),
  expenditure: decimal('1200.00'),
  ...more,
});
const of = (...areas: AreaRate[]) => {
  const { rows, findings } = ratesOf({ year: 2028, areas }, law);
  return {
    rows: rows.map(({ area, employer_rate, grounds, next_rate }) => [area, employer_rate, grounds, next_rate]),
    findings: findings.map(({ code, area, scheme, figure }) => [code, area, scheme, figure]),
  };
};

test('below the floor the rate rises by a step, and that is a finding', () => {
  expect(
    of(area('150100', { employerRate: decimal('0.0625') }), area('150200', { employerRate: decimal('0.068') })),
  ).toEqual({
    rows: [
      ['150100', '0.0625', 'below_floor', '0.0675'],
      ['150200', '0.068', 'below_floor', '0.07'],
    ],
    findings: [
      ['rate_step_up', '150100', 'employee', '0.0675'],
      ['rate_step_up', '150200', 'employee', '0.07'],
    ],
  });
});

test('at the floor a ground is named, but the rate stays and nothing is found', () => {
  const tight = area('150100', { surplus: decimal('899.99') });
  expect(of(tight)).toEqual({ rows: [['150100', '0.07', 'tight', '0.07']], findings: [] });
});

test('an area without a rate has no row, yet its workers count in the region’s ratio', () => {
  const young = area('150200', { employerRate: null, in_service: decimal('600') });
  expect(of(area('150100'), young).rows).toEqual([['150100', '0.07', 'ratio', '0.07']]);
  // One of its numbers is missing: the region is the first area alone.
  expect(of(area('150100'), { ...young, retired: null }).rows).toEqual([['150100', '0.07', '', '0.07']]);
});
