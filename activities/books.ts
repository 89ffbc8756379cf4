/** 建账: openings of 1 January, premiums received in advance becoming income, and the adjustment fund's interest. */
import { adjustmentFunds } from '../db/adjustment-fund';
import { type Database, type Transaction, inTransaction } from '../db/connect';
import { haveBooksOpened } from '../db/done';
import { lockYear } from '../db/fund-year';
import { post, receivedInAdvance } from '../db/journal';
import { once } from '../db/once';
import { followClosing, heldOpeningFaults, openingBalances, unbookedAdvances } from '../db/opening';
import { advanceToIncome, heldAdvanceToIncome, interestPosting, openingPosting } from '../figures/books';
import { faultText } from '../pack';
import { dateIn } from '../rules/calendar-day';
import { actKey } from '../rules/keys';
import { type Decimal, sum, yuanText } from '../rules/money';
import { agreeWithBank } from './agreement';
import { BehindDecisions } from './behind-decisions';
import { bind } from './bind';
import { allotTotalBudgets } from './payments/allot';
import { recheckMonths } from './reckoned-months';
import { reopenChanged } from './reopen';

interface OpenedBooks {
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
    const held = await bookHeldAdvances(trx, year);
    await refuseOtherOpenings(trx, year);
    await post(
      trx,
      year,
      advances.map(({ area, amount }) => advanceToIncome(area, date, amount)),
    );
    await allotTotalBudgets(trx, year);
    await agreeWithBank(trx, year, date);
    return {
      funds: funds.length,
      opening: yuanText(sum(funds.map(({ amount }) => amount))),
      advance: yuanText(sum([...advances.map(({ amount }) => amount), held])),
    };
  });
}

/**
 * Books as income the advance premiums that openings on receipts hold, for all areas or one, as far as they are not booked yet.
 */
export async function bookHeldAdvances(trx: Transaction, year: number, area?: string): Promise<Decimal> {
  const unbooked = (await unbookedAdvances(trx, year)).filter((held) => area === undefined || held.area === area);
  const postings = unbooked.map((held) => heldAdvanceToIncome(dateIn(year, '01-01'), held));
  await post(trx, year, postings);
  return sum(postings.map(({ amount }) => amount));
}

/** Only now is it known what an opening on receipts holds, and so whether the rest equals the closing of the year before. */
async function refuseOtherOpenings(trx: Transaction, year: number): Promise<void> {
  const faults = await heldOpeningFaults(trx, year);
  if (faults.length > 0) throw new RangeError(faults.map(faultText).join('\n'));
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
    if (row?.mode !== 'live' || row.status !== 'open') return { changed: 0, provisional: false };
    const { changes, provisional } = await followClosing(trx, year);
    if (changes.length > 0 && (await haveBooksOpened(trx, year))) {
      const firstDay = dateIn(year, '01-01');
      const postings = changes.map(({ correction, difference, ...fund }) =>
        openingPosting(fund, firstDay, difference, correction),
      );
      await post(trx, year, postings);
      await recheckMonths(trx, year, firstDay);
      await reopenChanged(trx, year, new BehindDecisions('年初余额随上年账面变动'));
    }
    return { changed: changes.length, provisional };
  });
}

/** 调剂金利息: on 31 December, whenever the fund has a row, even before its scheme's phase. */
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
