/** 年度清算: what each unit of an area and scheme keeps, what the fund bears of its overspending, and what it is still owed. */
import type { AllottedUnit, PaidFund } from '../../db/total-budgets';
import type { Law } from '../../parameters/law';
import { type Decimal, yuanText } from '../../rules/money';
import { type Because, type Explained, type Given, explain, reasonOf } from '../../rules/rule';
import {
  AT_COST,
  UNIT_ACCOUNTS,
  clearing,
  entitled,
  fundPart,
  fundParts,
  payable,
  reserveUsed,
  retained,
} from '../../rules/total-budget';
import { RESERVE } from '../../rules/vocabulary';
import { summed } from '../accounts';
import { PLACE, fundOf, unitFigure, unitFigures } from './sources';

export interface ClearingFacts extends PaidFund {
  reserve: Decimal;
  /** In the order of their codes. */
  units: readonly AllottedUnit[];
}

const COLUMNS = ['incurred', 'paid', 'retained', 'entitled', 'fund_share', 'payable', 'clearing'] as const;
type Column = (typeof COLUMNS)[number];
/** The figures of one unit, each with its reason. */
type ClearedUnit = AllottedUnit & { figures: Record<Column, Explained<Decimal>> };
export interface Cleared {
  units: readonly ClearedUnit[];
  /** What the fund bears of all overspending. */
  fundShare: Explained<Decimal>;
}

export function clearingOf(facts: ClearingFacts, law: Law): Cleared {
  const due = facts.units.map((unit) => entitledOf(facts, unit, law));
  const borne = fundParts(
    due.map(({ value }) => value),
    facts.reserve,
  );
  const units = facts.units.map((unit, at) => {
    const part: Explained<Decimal> = { value: borne[at] as Decimal, because: partBecause(facts, at + 1) };
    return { ...unit, figures: figuresOf(facts, unit, law, { entitled: due[at] as Explained<Decimal>, part }) };
  });
  const fundShare = explain(reserveUsed, { fund_share: { value: borne, from: unitFigures(facts, 'fund_share') } });
  return { units, fundShare };
}

const isAtCost = ({ kind }: AllottedUnit): boolean => kind === 'elsewhere';
/** For care elsewhere nothing is kept and nothing borne, by its kind alone. */
const noPartOf = (fund: PaidFund, { unit, kind }: AllottedUnit): Explained<Decimal> => ({
  value: AT_COST.no_part({}),
  because: reasonOf(AT_COST.no_part, { kind: { value: kind, from: unitFigure(fund, unit, 'kind') } }),
});

const ofUnit = (fund: PaidFund, unit: AllottedUnit, column: 'budget' | 'incurred' | 'paid'): Given<Decimal> => ({
  value: unit[column],
  from: unitFigure(fund, unit.unit, column),
});

function entitledOf(fund: PaidFund, unit: AllottedUnit, law: Law): Explained<Decimal> {
  if (isAtCost(unit)) return noPartOf(fund, unit);
  return explain(entitled, {
    budget: ofUnit(fund, unit, 'budget'),
    incurred: ofUnit(fund, unit, 'incurred'),
    over_limit: law.given('payment.over_limit'),
    over_share: law.given('payment.over_share'),
  });
}

/** `place` is the unit's in the order of their codes, from 1. */
const partBecause = (facts: ClearingFacts, place: number): Because =>
  reasonOf(fundPart, {
    entitled: { from: unitFigures(facts, 'entitled') },
    held: { value: yuanText(facts.reserve), from: unitFigure(facts, RESERVE, 'budget') },
    place: { value: place, from: PLACE },
  });

function figuresOf(
  fund: PaidFund,
  unit: AllottedUnit,
  law: Law,
  { entitled: due, part }: { entitled: Explained<Decimal>; part: Explained<Decimal> },
): ClearedUnit['figures'] {
  const kept = keptBy(fund, unit, law);
  const owed = owedTo(fund, unit, { kept: kept.value, part: part.value });
  return {
    incurred: accounts(fund, unit, 'incurred'),
    paid: accounts(fund, unit, 'paid'),
    retained: kept,
    entitled: due,
    fund_share: part,
    payable: owed,
    clearing: explain(clearing, {
      payable: { value: owed.value, from: unitFigure(fund, unit.unit, 'payable') },
      paid: ofUnit(fund, unit, 'paid'),
    }),
  };
}

const accounts = (fund: PaidFund, { unit, ...sums }: AllottedUnit, column: 'incurred' | 'paid'): Explained<Decimal> =>
  summed(
    UNIT_ACCOUNTS,
    { value: sums[column], from: { rows: 'unit_accounts.csv', of: { ...fundOf(fund), unit, column } } },
    null,
  );

function keptBy(fund: PaidFund, unit: AllottedUnit, law: Law): Explained<Decimal> {
  if (unit.kind === 'elsewhere') return noPartOf(fund, unit);
  return explain(retained, {
    budget: ofUnit(fund, unit, 'budget'),
    incurred: ofUnit(fund, unit, 'incurred'),
    retain_from: law.given('payment.retain_from'),
    retain: law.given(`payment.retain.${unit.kind}`),
  });
}

function owedTo(fund: PaidFund, unit: AllottedUnit, of: { kept: Decimal; part: Decimal }): Explained<Decimal> {
  const incurred = ofUnit(fund, unit, 'incurred');
  if (isAtCost(unit)) return explain(AT_COST.payable, { incurred });
  return explain(payable, {
    budget: ofUnit(fund, unit, 'budget'),
    incurred,
    retained: { value: of.kept, from: unitFigure(fund, unit.unit, 'retained') },
    fund_share: { value: of.part, from: unitFigure(fund, unit.unit, 'fund_share') },
  });
}

/** The amounts of a unit as they are stored, and shown to those who approve. */
export const amountsOf = ({ figures }: ClearedUnit): Record<Column, string> =>
  Object.fromEntries(COLUMNS.map((column) => [column, yuanText(figures[column].value)])) as Record<Column, string>;

/** A unit's row as it is stored. */
export const clearedRow = (unit: ClearedUnit) => ({
  unit: unit.unit,
  ...amountsOf(unit),
  because: Object.fromEntries(COLUMNS.map((column) => [column, unit.figures[column].because])),
});
