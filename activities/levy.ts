/** 上解: the estimate on which areas prepay, the instalments, and the true-up after the year. */
import { actualItems } from '../db/actuals';
import { adjustmentFund } from '../db/adjustment-fund';
import { areasOf } from '../db/areas';
import { collectedPremium } from '../db/collection-days';
import type { Database, Queryable, Transaction } from '../db/connect';
import { holdYear } from '../db/fund-year';
import { historyItems } from '../db/history';
import { post } from '../db/journal';
import { type SchemeYear, bookedInstalments, levies, prepaidLevies } from '../db/levies';
import { once } from '../db/once';
import { areasHoldingAdvance, openingSurplus } from '../db/opening';
import { insertRows } from '../db/rows';
import { levyPostings } from '../figures/books';
import {
  type Levied,
  type LevyFacts,
  type LevyStage,
  changedInstalment,
  instalment,
  leviedAreas,
  levyDifference,
  rateBecause,
  settledBecause,
} from '../figures/levy';
import { calendarOf } from '../parameters';
import { isInPhase, startYearName } from '../parameters/phase';
import { actKey, journalKey } from '../rules/keys';
import { sum, yuanText, zero } from '../rules/money';
import { SCHEMES } from '../rules/vocabulary';
import { bind } from './bind';
import { rowsWanted } from './files';
import { lawOf } from './law';

interface LevyReceipt {
  areas: number;
  total: string; // yuan
}

/** 测算预缴额: what each area prepays in the year, from the expected execution of the year before. */
export async function estimateLevy(database: Database, schemeYear: SchemeYear): Promise<LevyReceipt> {
  const { year, scheme } = schemeYear;
  return once(database, { key: actKey.levyEstimated(year, scheme), input: schemeYear }, async (trx) => {
    const facts = await levyFacts(trx, schemeYear, 'estimate');
    const levied = leviedAreas(facts, await lawOf(trx, year), 'estimate');
    await insertRows(
      trx,
      'levy_estimate',
      levied.map(({ area, base, uncapped, levy, room }) => ({
        fund_year: year,
        scheme,
        area,
        estimate_base: yuanText(base.value),
        uncapped: yuanText(uncapped.value),
        prepaid: yuanText(levy.value),
        because: { estimate_base: base.because, uncapped: uncapped.because, prepaid: levy.because, ...room },
      })),
    );
    return receiptFor(levied);
  });
}

/**
 * In a live year the files of areas come one by one: as soon as the last is there, the levies of all are estimated, by whoever asks
 * first. The cap is on all of them together, so before that no area's levy is known.
 */
export async function estimateLevyWhenReported(
  database: Database,
  schemeYear: SchemeYear,
): Promise<{ estimated: boolean }> {
  const law = await lawOf(database, schemeYear.year);
  if (!isInPhase(schemeYear.year, law.text(startYearName(schemeYear.scheme)))) return { estimated: false };
  const wanted = await rowsWanted(database, { ...schemeYear, step: 'budget' });
  if (wanted.some(({ rows }) => rows === 'history')) return { estimated: false };
  await estimateLevy(database, schemeYear);
  return { estimated: true };
}

/** 按季预缴: one of the four instalments. A withheld levy is posted after the year, not in its quarters. */
export async function payInstalment(
  database: Database,
  of: SchemeYear & { quarter: number; date: string },
): Promise<LevyReceipt> {
  const { year, scheme, quarter, date } = of;
  return once(database, { key: actKey.levyPrepaid(year, scheme, quarter), input: of }, async (trx) => {
    await holdYear(trx, year); // a levy that is withheld is imported either before this or after it
    const paying = (await prepaidLevies(trx, of)).filter(({ unpaid }) => !unpaid);
    const paid = paying.map(({ area, prepaid }) => ({ area, part: instalment(of, area, prepaid, quarter) }));
    await post(
      trx,
      year,
      paid.flatMap(({ area, part }) => levyPostings(scheme, area, part, date, journalKey.instalment(quarter))),
    );
    return { areas: paying.length, total: yuanText(sum(paid.map(({ part }) => part.value))) };
  });
}

/**
 * 预缴更正: after instalments were booked, an area is reported to withhold its levy, or to pay it after all. New entries correct
 * the books on the days of the instalments; what is withheld is posted at the settlement.
 */
export async function followConduct(trx: Transaction, year: number, isDone: (act: string) => boolean): Promise<void> {
  for (const scheme of SCHEMES) {
    const due = calendarOf(year).prepayments.flatMap((date, i) =>
      isDone(actKey.levyPrepaid(year, scheme, i + 1)) ? [{ date, quarter: i + 1 }] : [],
    );
    if (due.length === 0) continue;
    const booked = await bookedInstalments(trx, { year, scheme });
    const postings = (await prepaidLevies(trx, { year, scheme })).flatMap((levy) =>
      due.flatMap(({ date, quarter }) => {
        const before = booked(levy.area, quarter);
        const change = changedInstalment({ year, scheme }, levy, quarter, before);
        const step = journalKey.instalment(quarter, before.keys.length + 1);
        return levyPostings(scheme, levy.area, change, date, step);
      }),
    );
    await post(trx, year, postings);
  }
}

/** 清算: the levy on the year's own income, and what is still owed or returned. */
export async function trueUpLevy(database: Database, schemeYear: SchemeYear): Promise<LevyReceipt> {
  const { year, scheme } = schemeYear;
  return once(database, { key: actKey.levySettled(year, scheme), input: schemeYear }, async (trx) => {
    const law = await lawOf(trx, year);
    const levied = leviedAreas(await levyFacts(trx, schemeYear, 'true_up'), law, 'true_up');
    const prepaidOf = new Map((await prepaidLevies(trx, schemeYear)).map(({ area, prepaid }) => [area, prepaid]));
    await insertRows(
      trx,
      'levy',
      levied.map(({ area, base, uncapped, levy, room }) => {
        const difference = levyDifference(schemeYear, area, levy.value, prepaidOf.get(area) ?? zero);
        return {
          fund_year: year,
          scheme,
          area,
          base: yuanText(base.value),
          rate: law.text(`levy.rate.${scheme}`),
          uncapped: yuanText(uncapped.value),
          levy: yuanText(levy.value),
          true_up: yuanText(difference.value),
          because: {
            base: base.because,
            rate: rateBecause(law, scheme),
            uncapped: uncapped.because,
            levy: levy.because,
            true_up: difference.because,
            ...room,
          },
        };
      }),
    );
    return receiptFor(levied);
  });
}

export async function levyFacts(db: Queryable, schemeYear: SchemeYear, stage: LevyStage): Promise<LevyFacts> {
  const { year, scheme } = schemeYear;
  const isResident = scheme === 'resident';
  return {
    year,
    scheme,
    areas: await areasOf(db, year, scheme),
    history: await historyItems(db, year, scheme, year - 1),
    current:
      stage === 'estimate'
        ? null
        : {
            actuals: await actualItems(db, year, scheme),
            collected: isResident ? await collectedPremium(db, year, `${year}-12-31`) : null,
          },
    fundBalance: (await adjustmentFund(db, year, scheme))?.opening ?? zero,
    surplus: await openingSurplus(db, year, scheme),
    holdAdvances: (await areasHoldingAdvance(db, year, scheme)).size > 0,
  };
}

const receiptFor = (levied: readonly Levied[]): LevyReceipt => ({
  areas: levied.length,
  total: yuanText(sum(levied.map(({ levy }) => levy.value))),
});

/** The true-up of every area, and as a separate entry the pre-payments that were withheld, on the day of settlement. */
export async function settleLevies(trx: Transaction, schemeYear: SchemeYear, date: string): Promise<void> {
  const withheld = (await prepaidLevies(trx, schemeYear)).filter(({ unpaid }) => unpaid);
  const settled = await levies(trx, schemeYear);
  await post(trx, schemeYear.year, [
    ...withheld.flatMap(({ area, prepaid }) => {
      const late = { value: prepaid, because: settledBecause(schemeYear, area, 'prepaid', prepaid) };
      return levyPostings(schemeYear.scheme, area, late, date, 'prepayment/late');
    }),
    ...settled.flatMap(({ area, true_up }) => {
      const difference = { value: true_up, because: settledBecause(schemeYear, area, 'true_up', true_up) };
      return levyPostings(schemeYear.scheme, area, difference, date, 'true-up');
    }),
  ]);
}

export const createLevyActivities = (database: Database) =>
  bind(database, { estimateLevy, estimateLevyWhenReported, payInstalment, trueUpLevy });
