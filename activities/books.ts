/** 建账: openings of 1 January, premiums received in advance becoming income, and the adjustment fund's interest. */
import { adjustmentFunds } from '../db/adjustment-fund';
import { type Database, inTransaction } from '../db/connect';
import { haveBooksOpened } from '../db/done';
import { lockYear } from '../db/fund-year';
import { post, receivedInAdvance } from '../db/journal';
import { once } from '../db/once';
import { followClosing, openingBalances } from '../db/opening';
import { advanceToIncome, interestPosting, openingPosting } from '../figures/books';
import { dateIn } from '../rules/calendar-day';
import { actKey } from '../rules/keys';
import { sum, yuanText } from '../rules/money';
import { bind } from './bind';
import { allotTotalBudgets } from './payments/allot';
import { recheckMonths } from './reckoned-months';

export interface OpenedBooks {
  funds: number;
  opening: string; // yuan
  advance: string; // yuan
}

/**
 * 结转年初余额: every fund's special account against its fund balance; the adjustment fund's too. The budgets are all in force by
 * now, so the total budgets of those who are paid for care are allotted as well.
 */
export async function openBooks(
  database: Database,
  { year, date }: { year: number; date: string },
): Promise<OpenedBooks> {
  return once(database, { key: actKey.booksOpened(year), input: { year, date } }, async (trx) => {
    await lockYear(trx, year);
    const funds = await openingBalances(trx, year);
    const openings = funds.map(({ amount, ...fund }) => openingPosting(fund, date, amount));
    await post(trx, year, openings);
    const advances = await receivedInAdvance(trx, year);
    await post(
      trx,
      year,
      advances.map(({ area, amount }) => advanceToIncome(area, date, amount)),
    );
    await allotTotalBudgets(trx, year);
    return {
      funds: funds.length,
      opening: yuanText(sum(funds.map(({ amount }) => amount))),
      advance: yuanText(sum(advances.map(({ amount }) => amount))),
    };
  });
}

/**
 * 暂定年初余额 (RULES 9): in a live year an opening that nobody has reported follows the closing of the year before, without
 * that year's settlement as long as it is open. What has changed since the books were opened is posted, and the months
 * that rest on it are checked again. Does nothing when nothing has changed, and for a year that is not live.
 */
export async function carryOpening(
  database: Database,
  { year }: { year: number },
): Promise<{ changed: number; provisional: boolean }> {
  return inTransaction(database, async (trx) => {
    const row = await lockYear(trx, year);
    if (row?.mode !== 'live' || row.status === 'closed') return { changed: 0, provisional: false };
    const { changes, provisional } = await followClosing(trx, year);
    if (changes.length > 0 && (await haveBooksOpened(trx, year))) {
      const firstDay = dateIn(year, '01-01');
      const postings = changes.map(({ correction, difference, ...fund }) =>
        openingPosting(fund, firstDay, difference, correction),
      );
      await post(trx, year, postings);
      await recheckMonths(trx, year, firstDay);
    }
    return { changed: changes.length, provisional };
  });
}

/** 调剂金利息: on 31 December, whenever the fund has a row, also before its scheme's phase. */
export async function creditInterest(
  database: Database,
  { year, date }: { year: number; date: string },
): Promise<{ interest: string }> {
  return once(database, { key: actKey.interestCredited(year), input: { year, date } }, async (trx) => {
    const funds = await adjustmentFunds(trx, year);
    await post(
      trx,
      year,
      funds.map(({ scheme, interest }) => interestPosting(scheme, year, date, interest)),
    );
    return { interest: yuanText(sum(funds.map(({ interest }) => interest))) };
  });
}

export const createBookActivities = (database: Database) => bind(database, { openBooks, carryOpening, creditInterest });
