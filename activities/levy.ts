/** 上解: the estimate on which areas prepay, the instalments, and the true-up after the year. */
import type { Law } from '../parameters/law';
import { lawOf } from './law';
import type { Database, Queryable, Transaction } from '../db/connect';
import { actualItems } from '../db/actuals';
import { adjustmentFund } from '../db/adjustment-fund';
import { areasOf } from '../db/areas';
import { collectedPremium } from '../db/collection-days';
import { historyItems } from '../db/history';
import { type Posting, post } from '../db/journal';
import { type SchemeYear, levies, prepaidLevies } from '../db/levies';
import { openingSurplus } from '../db/opening';
import { once } from '../db/once';
import { insertRows } from '../db/rows';
import {
  CAPPED,
  type CapMode,
  INSTALMENT,
  type LevyBase,
  UNCAPPED,
  baseYear,
  cappedLevies,
  instalments,
  roomByAmount,
  roomByIncome,
  roomByMonths,
  roomByTopUp,
  trueUp,
  uncappedLevy,
} from '../rules/levy';
import { type Decimal, yuanText, zero } from '../rules/money';
import { SPECIAL_ACCOUNT } from '../rules/posting';
import { type Because, type Explained, explain, onTheWay, taken } from '../rules/rule';
import { ITEM_NAMES, OWN_EXPENDITURE, OWN_INCOME, REGION, type Scheme } from '../rules/vocabulary';
import { collectedIn, summed } from '../figures/accounts';

export interface LevyReceipt {
  areas: number;
  total: string; // yuan
}

/** What each area's levy is counted on (上解基数), for the estimate or for the true-up. */
async function levyBases(db: Queryable, law: Law, { year, scheme }: SchemeYear, at: 'estimate' | 'true_up') {
  const mode = law.text('levy.base') as LevyBase;
  const of = baseYear(mode, at, year);
  const items = mode === 'premium_only' ? ['premium'] : OWN_INCOME;
  const accounts = of === year ? await actualItems(db, year, scheme) : await historyItems(db, year, scheme, of);
  const collected = of === year && scheme === 'resident' ? await collectedPremium(db, year, `${year}-12-31`) : null;
  return (area: string): Explained<Decimal> => {
    const own = accounts.area(area);
    const rows = {
      value: mode === 'premium_only' ? own.of('premium') : own.income,
      from: {
        rows: of === year ? 'actuals.csv' : 'history.csv',
        of: { area, scheme, part: 'pooled', year: of, item: items },
      },
    };
    return summed(BASE_ARTICLE, rows, collected && collectedIn(area, collected(area)));
  };
}

/** What the fund may still take in; null without a cap. Estimate and true-up share it (RULES 8). */
async function capRoom(
  db: Queryable,
  law: Law,
  { year, scheme }: SchemeYear,
  areas: readonly string[],
): Promise<Explained<Decimal> | null> {
  const mode = law.text('levy.cap.mode') as CapMode;
  if (mode === 'none') return null;
  const cap = law.given('levy.cap.value');
  const fund = await adjustmentFund(db, year, scheme);
  const balance = {
    value: fund?.opening ?? zero,
    from: { rows: 'adjustment_fund.csv', of: { scheme, year, column: 'opening_balance' } },
  };
  if (mode === 'absolute') return explain(roomByAmount, { amount: cap, balance });
  if (mode === 'percent_of_income') {
    const baseOf = await levyBases(db, law, { year, scheme }, 'estimate');
    const base = {
      value: areas.map((area) => baseOf(area).value),
      from: { figure: 'levy.estimate_base', of: { scheme } },
    };
    return explain(roomByIncome, { percent: cap, base, balance });
  }
  const history = await historyItems(db, year, scheme, year - 1);
  const expenditure = {
    value: areas.map((area) => history.area(area).expenditure),
    from: { rows: 'history.csv', of: { scheme, part: 'pooled', year: year - 1, item: OWN_EXPENDITURE, by: 'area' } },
  };
  if (mode === 'months_of_expenditure') return explain(roomByMonths, { months: cap, expenditure, balance });
  const surplusOf = await openingSurplus(db, year, scheme);
  const surplus = {
    value: areas.map(surplusOf),
    from: { rows: 'opening.csv', of: { scheme, part: 'pooled', year, column: 'accumulated_surplus', by: 'area' } },
  };
  return explain(roomByTopUp, { months: cap, expenditure, surplus, balance });
}

interface Levied {
  area: string;
  base: Explained<Decimal>;
  uncapped: Explained<Decimal>;
  levy: Explained<Decimal>;
  /** The room that all areas share has no column of its own; with no cap there is none. */
  room: { room?: Because };
}
/** Levies of all areas under the cap. */
async function levyAreas(db: Queryable, law: Law, of: SchemeYear, at: 'estimate' | 'true_up'): Promise<Levied[]> {
  const areas = await areasOf(db, of.year, of.scheme);
  const baseOf = await levyBases(db, law, of, at);
  const rate = law.given(`levy.rate.${of.scheme}`);
  const room = await capRoom(db, law, of, areas);
  const figure = at === 'estimate' ? 'levy.estimate_base' : 'levy.base';
  const bases = areas.map(baseOf);
  const uncapped = bases.map(({ value }, i) =>
    explain(uncappedLevy, {
      base: { value, from: { figure, of: { scheme: of.scheme, area: areas[i] as string } } },
      rate,
    }),
  );
  const levies = cappedLevies(
    uncapped.map(({ value }) => value),
    room?.value ?? null,
  );
  const result = at === 'estimate' ? 'levy_estimate' : 'levy';
  return areas.map((area, i) => ({
    area,
    base: bases[i] as Explained<Decimal>,
    uncapped: uncapped[i] as Explained<Decimal>,
    levy: {
      value: levies[i] as Decimal,
      because: cappedBecause(result, { scheme: of.scheme, area }, i + 1, room?.value ?? null),
    },
    room: room === null ? {} : { room: onTheWay(room) },
  }));
}

/** `result` names the table that holds the uncapped levies; places count from 1. */
function cappedBecause(
  result: 'levy' | 'levy_estimate',
  of: { scheme: Scheme; area: string },
  place: number,
  room: Decimal | null,
): Because {
  const uncapped = { from: { figure: `${result}.uncapped`, of: { scheme: of.scheme } } };
  const position = { value: place, from: { figure: `${result}.area`, of } };
  if (room === null) return { ...UNCAPPED, inputs: { uncapped, place: position } };
  return {
    ...CAPPED,
    inputs: { uncapped, place: position, room: { value: room.toFixed(), from: { figure: `${result}.room`, of } } },
  };
}
const BASE_ARTICLE = 'A(六)“当期基金收入（不含个人账户）”';

export const createLevyActivities = (pool: Database) => ({
  /** 测算预缴额: what each area prepays in the year, from the expected execution of the year before. */
  async estimateLevy(of: SchemeYear): Promise<LevyReceipt> {
    return once(pool, { key: `fund-year-${of.year}/levy-estimate/${of.scheme}`, input: of }, async (trx) => {
      const levied = await levyAreas(trx, await lawOf(trx, of.year), of, 'estimate');
      await insertRows(
        trx,
        'levy_estimate',
        levied.map(({ area, base, uncapped, levy, room }) => ({
          fund_year: of.year,
          scheme: of.scheme,
          area,
          estimate_base: yuanText(base.value),
          uncapped: yuanText(uncapped.value),
          prepaid: yuanText(levy.value),
          because: { estimate_base: base.because, uncapped: uncapped.because, prepaid: levy.because, ...room },
        })),
      );
      return receipt(levied);
    });
  },

  /** 按季预缴: one of the four instalments. An unpaid levy is posted after the year, not in its quarters. */
  async payInstalment(of: SchemeYear & { quarter: number; date: string }): Promise<LevyReceipt> {
    return once(pool, { key: `fund-year-${of.year}/prepayment/${of.scheme}/${of.quarter}`, input: of }, async (trx) => {
      const paying = (await prepaidLevies(trx, of)).filter(({ unpaid }) => !unpaid);
      const amounts = paying.map(({ area, prepaid }) => ({
        area,
        amount: instalments(prepaid)[of.quarter - 1] as Decimal,
      }));
      await post(
        trx,
        of.year,
        amounts.flatMap(({ area, amount }) =>
          levyPostings(of.scheme, area, amount, of.date, `prepayment/${of.quarter}`, {
            ...INSTALMENT,
            inputs: {
              prepaid: { from: { figure: 'levy.prepaid', of: { scheme: of.scheme, area } } },
              place: { value: of.quarter, from: { stated: '第几次预缴' } },
            },
          }),
        ),
      );
      return { areas: paying.length, total: yuanText(amounts.reduce((all, { amount }) => all.plus(amount), zero)) };
    });
  },

  /** 清算: the levy on the year's own income, and what is still owed or returned. */
  async trueUpLevy(of: SchemeYear): Promise<LevyReceipt> {
    return once(pool, { key: `fund-year-${of.year}/levy/${of.scheme}`, input: of }, async (trx) => {
      const law = await lawOf(trx, of.year);
      const levied = await levyAreas(trx, law, of, 'true_up');
      const prepaidOf = new Map((await prepaidLevies(trx, of)).map(({ area, prepaid }) => [area, prepaid]));
      await insertRows(
        trx,
        'levy',
        levied.map(({ area, base, uncapped, levy, room }) => {
          const difference = explain(trueUp, {
            levy: { value: levy.value, from: { figure: 'levy.levy', of: { scheme: of.scheme, area } } },
            prepaid: {
              value: prepaidOf.get(area) ?? zero,
              from: { figure: 'levy.prepaid', of: { scheme: of.scheme, area } },
            },
          });
          return {
            fund_year: of.year,
            scheme: of.scheme,
            area,
            base: yuanText(base.value),
            rate: law.text(`levy.rate.${of.scheme}`),
            uncapped: yuanText(uncapped.value),
            levy: yuanText(levy.value),
            true_up: yuanText(difference.value),
            because: {
              base: base.because,
              rate: rateBecause(law, of.scheme),
              uncapped: uncapped.because,
              levy: levy.because,
              true_up: difference.because,
              ...room,
            },
          };
        }),
      );
      return receipt(levied);
    });
  },
});

const rateBecause = (law: Law, scheme: Scheme): Because => {
  const rate = law.given(`levy.rate.${scheme}`);
  return {
    article: 'A(六)“按一定比例筹集”',
    formula: 'rate',
    inputs: { rate: { value: rate.value.toFixed(), from: rate.from } },
  };
};

const receipt = (levied: readonly Levied[]): LevyReceipt => ({
  areas: levied.length,
  total: yuanText(levied.reduce((all, { levy }) => all.plus(levy.value), zero)),
});

/** A levy in both books: the area's side and the region's side are two entries (RULES 9(4)). */
export function levyPostings(
  scheme: Scheme,
  area: string,
  amount: Decimal,
  date: string,
  step: string,
  because: Because,
): Posting[] {
  const common = { date, scheme, part: 'pooled' as const, basis: 'A(六) 上解；RULES 9(4)', amount, because };
  const key = `levy/${scheme}/${area}/${step}`;
  return [
    { ...common, entity: area, key, debit: ITEM_NAMES.levy_to_superior, credit: SPECIAL_ACCOUNT },
    { ...common, entity: REGION, key: `${key}/region`, debit: SPECIAL_ACCOUNT, credit: ITEM_NAMES.subordinate_levy },
  ];
}

/** True-up (and an unpaid levy's pre-payment, a separate entry) of every area, on the day of settlement. */
export async function settleLevies(trx: Transaction, of: SchemeYear, date: string): Promise<void> {
  const settled = await levies(trx, of);
  const unpaid = (await prepaidLevies(trx, of)).filter((area) => area.unpaid);
  await post(trx, of.year, [
    ...unpaid.flatMap(({ area, prepaid }) =>
      levyPostings(of.scheme, area, prepaid, date, 'prepayment/late', settledBecause(of, area, 'prepaid', prepaid)),
    ),
    ...settled.flatMap(({ area, true_up }) =>
      levyPostings(of.scheme, area, true_up, date, 'true-up', settledBecause(of, area, 'true_up', true_up)),
    ),
  ]);
}

const settledBecause = ({ scheme }: SchemeYear, area: string, column: string, value: Decimal): Because =>
  taken('A(六)“按一定比例筹集”；清算', yuanText(value), { figure: `levy.${column}`, of: { scheme, area } });
