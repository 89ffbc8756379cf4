/** 上解: what each area owes the adjustment fund, under its cap, with the accounts and values of law behind it. */
import type { PrepaidLevy, SchemeYear } from '../db/levies';
import type { Law } from '../parameters/law';
import type { AreaItems } from '../rules/item-amounts';
import {
  cappedLevy,
  type CapMode,
  instalmentAt,
  instalmentPutRight,
  type LevyBase,
  levyBeforeCap,
  levyWithoutCap,
  baseYear,
  cappedLevies,
  instalments,
  levyRate,
  roomByAmount,
  roomByIncome,
  roomByMonths,
  roomByTopUp,
  trueUp,
  uncappedLevy,
} from '../rules/levy';
import { type Decimal, yuanText } from '../rules/money';
import { type Because, type Explained, type Given, explain, intermediate, reasonOf, taken } from '../rules/rule';
import { ITEM_NAMES, OWN_EXPENDITURE, OWN_INCOME } from '../rules/vocabulary';
import { collectedIn, openingSource, summed } from './accounts';

/** Before the year the levy is estimated; after the year it is settled on the year's own accounts. */
export type LevyStage = 'estimate' | 'true_up';

/** What the levy of a scheme is based on. */
export interface LevyFacts extends SchemeYear {
  /** In the order of their codes. */
  areas: readonly string[];
  /** Final accounts of the year before. */
  history: AreaItems;
  /** Accounts of the year itself and what its resident collection brought; null for an estimate. */
  current: { actuals: AreaItems; collected: ((area: string) => Decimal) | null } | null;
  /** Of the adjustment fund on 1 January. */
  fundBalance: Decimal;
  /** Of each area on 1 January. */
  surplus: (area: string) => Decimal;
  /** Whether any area's surplus is less than its reported opening, which holds the advance premium. */
  holdAdvances?: boolean;
}

export interface Levied {
  area: string;
  base: Explained<Decimal>;
  uncapped: Explained<Decimal>;
  levy: Explained<Decimal>;
  /** What the fund may still take in from all areas together: stored beside the columns, where there is a cap. */
  room: { room?: Because };
}

const BASE_ARTICLE = 'A(六)“当期基金收入（不含个人账户）”';

/** Levies of all areas under the cap. */
export function leviedAreas(facts: LevyFacts, law: Law, stage: LevyStage): Levied[] {
  const { scheme, areas } = facts;
  const rate = law.given(`levy.rate.${scheme}`);
  const room = capRoom(facts, law);
  const baseFigure = stage === 'estimate' ? 'levy.estimate_base' : 'levy.base';
  const result = stage === 'estimate' ? 'levy_estimate' : 'levy';
  const uncapped = areas.map((area) => {
    const base = levyBase(facts, law, stage, area);
    const counted = { value: base.value, from: { figure: baseFigure, of: { scheme, area } } };
    return { area, base, levy: explain(uncappedLevy, { base: counted, rate }) };
  });
  const levies = cappedLevies(
    uncapped.map(({ levy }) => levy.value),
    room?.value ?? null,
  );
  return uncapped.map(({ area, base, levy }, i) => ({
    area,
    base,
    uncapped: levy,
    levy: {
      value: levies[i] as Decimal,
      because: cappedBecause(result, { scheme, area }, i + 1, room?.value ?? null),
    },
    room: room === null ? {} : { room: intermediate(room) },
  }));
}

/** What an area's budget takes as its levy while others have not reported. */
export const levyAlone = (facts: LevyFacts, law: Law, area: string): Explained<Decimal> =>
  explain(levyBeforeCap, {
    base: baseAccounts(facts, law, 'estimate', area).rows,
    rate: law.given(`levy.rate.${facts.scheme}`),
  });

/** The base of an area's levy (上解基数). */
function levyBase(facts: LevyFacts, law: Law, stage: LevyStage, area: string): Explained<Decimal> {
  const { rows, collected } = baseAccounts(facts, law, stage, area);
  return summed(BASE_ARTICLE, rows, collected && collectedIn(area, collected(area)));
}

/** The accounts that the base is taken from; for the year itself, with what its resident collection brought. */
function baseAccounts(facts: LevyFacts, law: Law, stage: LevyStage, area: string) {
  const mode = law.text('levy.base') as LevyBase;
  const year = baseYear(mode, stage, facts.year);
  const current = year === facts.year ? facts.current : null;
  const accounts = (current?.actuals ?? facts.history).area(area);
  const premiumOnly = mode === 'premium_only';
  const rows: Given<Decimal> = {
    value: premiumOnly ? accounts.of('premium') : accounts.income,
    from: {
      rows: current ? 'actuals.csv' : 'history.csv',
      of: { area, scheme: facts.scheme, part: 'pooled', year, item: premiumOnly ? ['premium'] : OWN_INCOME },
    },
  };
  return { rows, collected: current?.collected ?? null };
}

/** What the fund may still take in; null without a cap. Estimate and true-up share it (RULES 8). */
function capRoom(facts: LevyFacts, law: Law): Explained<Decimal> | null {
  const { year, scheme, areas, history } = facts;
  const mode = law.text('levy.cap.mode') as CapMode;
  if (mode === 'none') return null;
  const cap = law.given('levy.cap.value');
  const balance: Given<Decimal> = {
    value: facts.fundBalance,
    from: { rows: 'adjustment_fund.csv', of: { scheme, year, column: 'opening_balance' } },
  };
  const expenditure = {
    value: areas.map((area) => history.area(area).expenditure),
    from: { rows: 'history.csv', of: { scheme, part: 'pooled', year: year - 1, item: OWN_EXPENDITURE, by: 'area' } },
  };
  switch (mode) {
    case 'absolute':
      return explain(roomByAmount, { amount: cap, balance });
    case 'percent_of_income': {
      const base = {
        value: areas.map((area) => levyBase(facts, law, 'estimate', area).value),
        from: { figure: 'levy.estimate_base', of: { scheme } },
      };
      return explain(roomByIncome, { percent: cap, base, balance });
    }
    case 'months_of_expenditure':
      return explain(roomByMonths, { months: cap, expenditure, balance });
    case 'top_up_months': {
      const surplus = {
        value: areas.map(facts.surplus),
        from: openingSource({ scheme, year }, facts.holdAdvances),
      };
      return explain(roomByTopUp, { months: cap, expenditure, surplus, balance });
    }
  }
}

/** `result` names the table that holds the uncapped levies; places count from 1. */
function cappedBecause(
  result: 'levy' | 'levy_estimate',
  of: { scheme: SchemeYear['scheme']; area: string },
  place: number,
  room: Decimal | null,
): Because {
  const inputs = {
    uncapped: { from: { figure: `${result}.uncapped`, of: { scheme: of.scheme } } },
    place: { value: place, from: { figure: `${result}.area`, of } },
  };
  if (room === null) return reasonOf(levyWithoutCap, inputs);
  return reasonOf(cappedLevy, {
    ...inputs,
    room: { value: room.toFixed(), from: { figure: `${result}.room`, of } },
  });
}

/** 清算差额: the levy less what was prepaid. */
export const levyDifference = (
  { scheme }: SchemeYear,
  area: string,
  levy: Decimal,
  prepaid: Decimal,
): Explained<Decimal> =>
  explain(trueUp, {
    levy: { value: levy, from: { figure: 'levy.levy', of: { scheme, area } } },
    prepaid: { value: prepaid, from: { figure: 'levy.prepaid', of: { scheme, area } } },
  });

export const rateBecause = (law: Law, scheme: SchemeYear['scheme']): Because =>
  explain(levyRate, { rate: law.given(`levy.rate.${scheme}`) }).because;

/** One of the four instalments, and the reason of its amount. */
export const instalment = (
  { scheme }: SchemeYear,
  area: string,
  prepaid: Decimal,
  quarter: number,
): Explained<Decimal> => ({
  value: instalments(prepaid)[quarter - 1] as Decimal,
  because: reasonOf(instalmentAt, {
    prepaid: { from: { figure: 'levy.prepaid', of: { scheme, area } } },
    place: { value: quarter, from: { stated: '第几次预缴' } },
  }),
});

/** What is booked of an instalment when `conduct.csv` comes or changes after it was due. */
export function changedInstalment(
  { year, scheme }: SchemeYear,
  { area, prepaid, unpaid }: PrepaidLevy,
  quarter: number,
  booked: { amount: Decimal; keys: readonly string[] },
): Explained<Decimal> {
  const account = { entity: area, account: ITEM_NAMES.levy_to_superior, key: booked.keys, column: 'debit_less_credit' };
  return {
    value: instalmentPutRight({ prepaid, place: quarter, unpaid, booked_before: booked.amount }),
    because: reasonOf(instalmentPutRight, {
      prepaid: { from: { figure: 'levy.prepaid', of: { scheme, area } } },
      place: { value: quarter, from: { stated: '第几次预缴' } },
      unpaid: { value: unpaid, from: { rows: 'conduct.csv', of: { area, scheme, year, column: 'levy_unpaid' } } },
      booked_before: { value: yuanText(booked.amount), from: { rows: 'journal.csv', of: account } },
    }),
  };
}

/** The part of the levy that is paid at the settlement: a withheld pre-payment, or the true-up. */
export const settledBecause = (
  { scheme }: SchemeYear,
  area: string,
  column: 'prepaid' | 'true_up',
  amount: Decimal,
): Because =>
  taken('A(六)“按一定比例筹集”；清算', yuanText(amount), { figure: `levy.${column}`, of: { scheme, area } });
