/** One fund of a random region: its money in an ordinary year, its history, budgets and actuals. */
import type { ParameterSet } from '../../../../parameters/index';
import { isInPhase, startYearName } from '../../../../parameters/phase';
import { uncappedLevy } from '../../../../rules/levy';
import { decimal } from '../../../../rules/money';
import type { Scheme } from '../../../../rules/vocabulary';
import { type Draw, yuan } from './draw';

/** Fen by item. */
type Amounts = Record<string, number>;

export interface Fund {
  area: string;
  scheme: Scheme;
  /** How many persons it is to insure. */
  target: number;
  /** Whether its collection is counted person by person. */
  byPerson: boolean;
  ordinary: Amounts;
  /** Final accounts of the year before, on which the levy is estimated. */
  before: Amounts;
  /** The ratio of the budgeted premium that comes in. */
  collected: number;
}

const INCOME = ['premium', 'fiscal_subsidy', 'interest', 'transfer_in', 'other_income'];
const SHARES_OF_SPENDING: Record<Scheme, Amounts> = {
  employee: { inpatient: 58, outpatient: 32, maternity: 6, other_expenditure: 3, transfer_out: 1 },
  resident: { inpatient: 60, outpatient: 28, major_illness: 9, other_expenditure: 2, transfer_out: 1 },
};
const fenOf = (text: string): number => decimal(text).times(100).toNumber();
const total = (amounts: Amounts, items: readonly string[]): number =>
  items.reduce((all, item) => all + (amounts[item] ?? 0), 0);
const incomeOf = (amounts: Amounts): number => total(amounts, INCOME);
export const spendingOf = ({ scheme }: Fund, amounts: Amounts): number =>
  total(amounts, Object.keys(SHARES_OF_SPENDING[scheme]));

/** Divides an amount among the items of expenditure. */
const spent = (scheme: Scheme, amount: number): Amounts =>
  Object.fromEntries(
    Object.entries(SHARES_OF_SPENDING[scheme]).map(([item, share]) => [item, Math.floor((amount * share) / 100)]),
  );

export function drawFund(
  draw: Draw,
  of: Pick<Fund, 'area' | 'scheme' | 'target' | 'byPerson'>,
  year: number,
  law: ParameterSet,
): Fund {
  const individual = fenOf(law.text(`collection.individual.${year}`));
  const residents = of.scheme === 'resident';
  const premium = of.target * (residents ? individual : draw.about(individual * 12, 0.3));
  const subsidy = residents ? of.target * fenOf(law.text(`subsidy.standard.${year}`)) : draw.wildly(0, 0, 1234);
  const income = {
    premium,
    fiscal_subsidy: subsidy,
    interest: draw.about(premium / 80, 0.5),
    transfer_in: draw.about(premium / 300, 0.9),
    other_income: draw.wildly(0, draw.about(premium / 500, 1)),
  };
  const ordinary = { ...income, ...spent(of.scheme, draw.about(incomeOf(income) * 0.92, 0.05)) };
  const before = Object.fromEntries(
    Object.entries(ordinary).flatMap(([item, amount]) => {
      if (draw.rarely(0.05)) return [];
      return [[item, draw.rarely(0.03) ? -draw.about(amount / 4, 1) : draw.about(amount * 0.96, 0.03)]];
    }),
  );
  const collected = draw.wildly(1.005, 1.05, 1.02, 1, 1, 0.999, 0.99, 0.98, 0.97, 0.95, 0.93, 0.9, 0.899, 0.7);
  return { ...of, ordinary, before, collected };
}

/** Rows of history.csv, for three closed years. */
export function historyRows(draw: Draw, fund: Fund, year: number): string[] {
  const row = (of: number, item: string, amount: number): string =>
    [fund.area, fund.scheme, 'pooled', of, item, yuan(amount)].join();
  const older = [year - 3, year - 2].flatMap((of) =>
    Object.entries(fund.ordinary)
      .filter(() => !draw.rarely(0.1))
      .map(([item, amount]) => row(of, item, draw.about(amount * 0.9, 0.05))),
  );
  if (draw.rarely(0.05)) return older;
  return [...older, ...Object.entries(fund.before).map(([item, amount]) => row(year - 1, item, amount))];
}

/** The levy that the fund prepays when there is no cap. */
function prepaid({ scheme, before }: Fund, law: ParameterSet): number {
  const base = law.text('levy.base') === 'premium_only' ? (before.premium ?? 0) : incomeOf(before);
  const levy = uncappedLevy({ base: decimal(yuan(base)), rate: decimal(law.text(`levy.rate.${scheme}`)) });
  return fenOf(levy.toFixed(2));
}

type Spoil = 'deficit' | 'no levy' | 'negative' | 'unknown item' | 'wrong total' | 'no reason' | 'no illness fund';
const SPOILS: readonly Spoil[] = [
  'deficit',
  'no levy',
  'negative',
  'unknown item',
  'wrong total',
  'no reason',
  'no illness fund',
];

/** Rows of budget_submissions.csv: up to three versions. Earlier ones are mostly spoiled; it may be that none is good. */
export function submissionRows(draw: Draw, fund: Fund, year: number, law: ParameterSet): string[] {
  const levy = isInPhase(year, law.text(startYearName(fund.scheme))) ? prepaid(fund, law) : 0;
  const versions = draw.wildly(1, 0, 1, 1, 2, 3);
  return Array.from({ length: versions }, (_, i) => {
    const spoil = draw.rarely(i + 1 < versions ? 0.9 : 0.3) ? draw.pick(...SPOILS) : null;
    return versionRows(draw, fund, year, i + 1, spoil, levy);
  }).flat();
}

function versionRows(
  draw: Draw,
  fund: Fund,
  year: number,
  version: number,
  spoil: Spoil | null,
  levy: number,
): string[] {
  const income = Object.fromEntries(INCOME.map((item) => [item, fund.ordinary[item] ?? 0]));
  const room = incomeOf(income) - levy;
  const spending = Math.max(0, Math.floor(room * (spoil === 'deficit' ? 1.07 : draw.wildly(0.95, 0.95, 0.9))));
  const items: Amounts = { ...income, ...spent(fund.scheme, spending), levy_to_superior: levy };
  if (spoil === 'no levy') delete items.levy_to_superior;
  if (spoil === 'negative') items.interest = -1 - (items.interest ?? 0);
  if (spoil === 'unknown item') items.sundries = 777;
  if (spoil === 'wrong total') items.total_income = incomeOf(income) + 1;
  if (spoil === 'no illness fund') items.major_illness = 0;
  const reason = spoil === 'no reason' ? '' : '按上年执行情况测算';
  return Object.entries(items).map(([item, amount]) =>
    [fund.area, fund.scheme, year, version, 'pooled', item, yuan(amount), reason, `security-${fund.area}`].join(),
  );
}

/** Actuals are spread over these months. November has no premium, so that a trial can add one. */
const MONTHS = [1, 3, 6, 9, 12];
export const FREE_MONTH = 11;

/** Rows of actuals.csv. The premium of residents here comes in beside the collection. */
export function actualRows(draw: Draw, fund: Fund, year: number): string[] {
  const { area, scheme, ordinary } = fund;
  if (draw.rarely(0.03)) return [];
  const spending = draw.about(
    spendingOf(fund, ordinary) * draw.wildly(0.97, 0.7, 0.9, 1, 1, 1.05, 1.1, 1.2, 1.3, 1.5, 2),
    0.01,
  );
  const amounts: Amounts = {
    ...Object.fromEntries(INCOME.map((item) => [item, draw.about(ordinary[item] ?? 0, 0.02)])),
    ...spent(scheme, spending),
    premium:
      scheme === 'employee'
        ? Math.floor((ordinary.premium ?? 0) * fund.collected)
        : draw.wildly(0, 0, 0, 12345, -321, draw.about((ordinary.premium ?? 0) / 20, 1)),
  };
  if (draw.rarely(0.04)) amounts.other_expenditure = -(amounts.other_expenditure ?? 0) - 99;
  if (draw.rarely(0.03)) amounts.premium = -(ordinary.premium ?? 0) * 3;
  const rows = Object.entries(amounts)
    .filter(([, amount]) => amount !== 0 && !draw.rarely(0.03))
    .flatMap(([item, amount]) => spread(draw, amount).map(([month, part]) => [month, item, yuan(part)].join()));
  return rows.map((row) => [area, scheme, 'pooled', year, row].join());
}

/** Puts an amount into one month, or divides it among several. */
function spread(draw: Draw, amount: number): [month: number, amount: number][] {
  if (draw.rarely(0.3)) return [[draw.pick(...MONTHS), amount]];
  const part = Math.trunc(amount / MONTHS.length);
  return MONTHS.map((month, i) => [month, i === 0 ? amount - part * (MONTHS.length - 1) : part]);
}

/** The row of opening.csv: from a debt to two years' spending. */
export function openingRow(draw: Draw, fund: Fund, year: number): string[] {
  if (draw.rarely(0.05)) return [];
  const months = draw.wildly(8, -0.3, 0, 0, 0.01, 0.2, 0.5, 0.5, 1, 2, 4, 7, 24);
  const surplus = draw.about((spendingOf(fund, fund.ordinary) * months) / 12, 0.05);
  return [[fund.area, fund.scheme, 'pooled', year, yuan(surplus)].join()];
}
