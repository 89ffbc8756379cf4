/** 缺口分担 of one scheme: all areas at once, because they share one fund. */
import type { Law } from '../../parameters/law';
import { type Decimal, decimal, plainText, sum, yuanText, zero } from '../../rules/money';
import { type Because, type Explained, explain, intermediate, reasonOf } from '../../rules/rule';
import { fundPayment, areaShare, fundAvailable, fundPayments, levyTaken } from '../../rules/share';
import type { Scheme } from '../../rules/vocabulary';
import { collectionFactor, dependencyFactors, expansionFactor, performanceFactor } from './factors';
import type { SharingFacts } from './facts';
import { causeBecause } from './findings';
import { type SharedGap, gapOf } from './gap';
import { sharingFigure } from './sources';

interface SharedGaps {
  gaps: readonly SharedGap[];
  rows: readonly SharingRow[];
}

export function sharedGaps(facts: SharingFacts, law: Law): SharedGaps {
  const { year, scheme } = facts;
  const areas = facts.areas.map((area) => ({ ...area, year, scheme }));
  const dependency = dependencyFactors(law, areas);
  const gaps = areas.flatMap((area, place) => {
    const d = dependency[place];
    return d === undefined
      ? []
      : [gapOf(law, area, [d, collectionFactor(law, area), expansionFactor(law, area), performanceFactor(law, area)])];
  });
  const available = availableTo(facts, gaps);
  const paid = fundPayments(
    gaps.map(({ parts }) => parts.entitled.value),
    available.value,
  );
  return { gaps, rows: gaps.map((shared, i) => sharingRow(shared, i + 1, paid[i] ?? zero, available)) };
}

function availableTo({ year, scheme, fund }: SharingFacts, gaps: readonly SharedGap[]): Explained<Decimal> {
  const cell = (column: string) => ({ rows: 'adjustment_fund.csv', of: { scheme, year, column } });
  return explain(fundAvailable, {
    opening: { value: fund?.opening ?? zero, from: cell('opening_balance') },
    interest: { value: fund?.interest ?? zero, from: cell('interest') },
    levy: { value: gaps.map(({ levy }) => levy.value), from: { figure: 'levy.levy', of: { scheme } } },
  });
}

/** The row of an area as it is stored and published. */
type SharingRow = Record<AmountName | 'alpha', string> & {
  scheme: Scheme;
  area: string;
  cause: string | null;
  because: Record<string, Because>;
};
type AmountName =
  'income' | 'expenditure' | 'levy' | Exclude<keyof SharedGap['parts'], 'alpha'> | 'fund_share' | 'area_share';

/** `place` is the area's in the order of their codes, from 1. */
function sharingRow(shared: SharedGap, place: number, paid: Decimal, available: Explained<Decimal>): SharingRow {
  const { facts, accounts, levy, parts } = shared;
  const borne = explain(areaShare, {
    residual: { value: parts.residual.value, from: sharingFigure(facts, 'residual') },
    fund_share: { value: paid, from: sharingFigure(facts, 'fund_share') },
  });
  const { alpha, ...amounts } = parts;
  const texts = Object.fromEntries(Object.entries(amounts).map(([name, { value }]) => [name, yuanText(value)]));
  return {
    ...(texts as Record<keyof typeof amounts, string>),
    scheme: facts.scheme,
    area: facts.area,
    income: yuanText(accounts.income.value),
    expenditure: yuanText(accounts.expenditure.value),
    levy: yuanText(levy.value),
    alpha: plainText(alpha.value),
    fund_share: yuanText(paid),
    area_share: yuanText(borne.value),
    cause: shared.cause,
    because: {
      ...reasonsOf(shared),
      available: intermediate(available),
      fund_share: paidBecause(shared, place, available.value),
      area_share: borne.because,
    },
  };
}

/** The reasons of the figures that rest on this area alone. */
function reasonsOf(shared: SharedGap): Record<string, Because> {
  const { accounts, levy, expectedPremium, parts, factors } = shared;
  return {
    income: accounts.income.because,
    expenditure: accounts.expenditure.because,
    actual_premium: intermediate(accounts.premium),
    expected_premium: intermediate(expectedPremium),
    levy: reasonOf(levyTaken, { levy: { value: yuanText(levy.value), from: levy.from } }),
    ...Object.fromEntries(Object.entries(parts).map(([name, { because }]) => [name, because])),
    ...Object.fromEntries(
      factors.map(({ name, value, because }) => [`alpha.${name}`, intermediate({ value, because })]),
    ),
    'alpha.disqualified': shared.disqualified,
    cause: causeBecause(shared),
  };
}

const paidBecause = ({ facts }: SharedGap, place: number, available: Decimal): Because =>
  reasonOf(fundPayment, {
    entitled: { from: { figure: 'sharing.entitled', of: { scheme: facts.scheme } } },
    place: { value: place, from: sharingFigure(facts, 'area') },
    available: { value: available.toFixed(), from: sharingFigure(facts, 'available') },
  });

/** What the proposal comes to, in yuan. */
export function totalsOf(rows: readonly SharingRow[]) {
  const total = (column: 'gap' | 'entitled' | 'fund_share' | 'area_share') =>
    yuanText(sum(rows.map((row) => decimal(row[column]))));
  return {
    gap: total('gap'),
    entitled: total('entitled'),
    fund_share: total('fund_share'),
    area_share: total('area_share'),
  };
}
