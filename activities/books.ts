/** 建账: openings of 1 January, premiums received in advance becoming income, and the adjustment fund's interest. */
import { type Database, inTransaction } from '../db/connect';
import { adjustmentFunds } from '../db/adjustment-fund';
import { haveBooksOpened } from '../db/done';
import { lockYear } from '../db/fund-year';
import { type Posting, post, receivedInAdvance } from '../db/journal';
import { followClosing, openingBalances } from '../db/opening';
import { once } from '../db/once';
import { type Decimal, sum, yuanText } from '../rules/money';
import { daysAfter } from '../rules/calendar-day';
import { FUND_BALANCE, RECEIVED_IN_ADVANCE, SPECIAL_ACCOUNT } from '../rules/posting';
import { type Because, type Source, taken } from '../rules/rule';
import { ITEM_NAMES, type Part, REGION, type Scheme } from '../rules/vocabulary';
import { reckonAgain } from './monthly-check';

export const createBookActivities = (pool: Database) => ({
  /** 结转年初余额: every fund's special account against its fund balance; the adjustment fund's too. */
  async openBooks({
    year,
    date,
  }: {
    year: number;
    date: string;
  }): Promise<{ funds: number; opening: string; advance: string }> {
    return once(pool, { key: `fund-year-${year}/books/open`, input: { year, date } }, async (trx) => {
      await lockYear(trx, year);
      const funds = await openingBalances(trx, year);
      await post(
        trx,
        year,
        funds.map(({ entity, scheme, part, amount }) => openingPosting({ entity, scheme, part }, date, amount)),
      );
      const advances = await receivedInAdvance(trx, year);
      await post(
        trx,
        year,
        advances.map(({ area, amount }) => advanceToIncome(area, date, amount)),
      );
      return {
        funds: funds.length,
        opening: yuanText(sum(funds.map(({ amount }) => amount))),
        advance: yuanText(sum(advances.map(({ amount }) => amount))),
      };
    });
  },

  /**
   * 暂定年初余额 (RULES 9): in a live year an opening that nobody has given follows the closing of the year before, without
   * its settlement while that year is open. What has changed since the books were opened is posted, and the months that
   * rest on it are reckoned again. Does nothing when nothing has changed, and for a year that is not live.
   */
  async carryOpening({ year }: { year: number }): Promise<{ changed: number; provisional: boolean }> {
    return inTransaction(pool, async (trx) => {
      const row = await lockYear(trx, year);
      if (row?.mode !== 'live' || row.status === 'closed') return { changed: 0, provisional: false };
      const { changes, provisional } = await followClosing(trx, year);
      if (changes.length > 0 && (await haveBooksOpened(trx, year))) {
        await post(
          trx,
          year,
          changes.map(({ correction, difference, ...fund }) =>
            openingPosting(fund, `${year}-01-01`, difference, correction),
          ),
        );
        await reckonAgain(trx, year);
      }
      return { changed: changes.length, provisional };
    });
  },

  /** 调剂金利息: on 31 December, whenever the fund has a row, also before its scheme's phase. */
  async creditInterest({ year, date }: { year: number; date: string }): Promise<{ interest: string }> {
    return once(pool, { key: `fund-year-${year}/books/interest`, input: { year, date } }, async (trx) => {
      const funds = await adjustmentFunds(trx, year);
      await post(
        trx,
        year,
        funds.map(({ scheme, interest }) => ({
          date,
          entity: REGION,
          scheme,
          part: 'pooled' as const,
          key: `interest/${REGION}/${scheme}`,
          basis: 'A(六)“独立核算”；RULES 9(4) 利息',
          debit: SPECIAL_ACCOUNT,
          credit: ITEM_NAMES.interest,
          amount: interest,
          because: taken('A(六)“专款专用，独立核算”', yuanText(interest), {
            rows: 'adjustment_fund.csv',
            of: { scheme, year, column: 'interest' },
          }),
        })),
      );
      return { interest: yuanText(sum(funds.map(({ interest }) => interest))) };
    });
  },
});

/** `correction` is the number of the one that changes an opening after the books were opened. */
export function openingPosting(
  { entity, scheme, part }: { entity: string; scheme: Scheme; part: Part },
  date: string,
  amount: Decimal,
  correction?: string,
): Posting {
  const from = correction === undefined ? openingRow(entity, scheme, part) : { correction };
  return {
    date,
    entity,
    scheme,
    part,
    key: `opening/${entity}/${scheme}/${part}${correction === undefined ? '' : `/${correction}`}`,
    basis: 'RULES 9(1) 年初余额',
    debit: SPECIAL_ACCOUNT,
    credit: FUND_BALANCE,
    amount,
    because: taken('RULES 9(1) 年初余额', yuanText(amount), from),
  };
}
const openingRow = (entity: string, scheme: Scheme, part: Part): Source =>
  entity === REGION
    ? { rows: 'adjustment_fund.csv', of: { scheme, column: 'opening_balance' } }
    : { rows: 'opening.csv', of: { area: entity, scheme, part, column: 'accumulated_surplus' } };

/** 预收保费转为收入: what an area collected before the year began becomes income on its first day. */
export const advanceToIncome = (area: string, date: string, amount: Decimal, late?: LateEntries): Posting => ({
  date,
  entity: area,
  scheme: 'resident',
  part: 'pooled',
  key: `collection/${area}/advance-to-income${late === undefined ? '' : `/${late.booking}`}`,
  basis: '社会保险基金会计制度补充规定（2026年1月1日起施行）；RULES 9(2)',
  debit: RECEIVED_IN_ADVANCE,
  credit: ITEM_NAMES.premium,
  amount,
  because: {
    article:
      late === undefined
        ? '社会保险基金会计制度补充规定：预收保费自年度首日转为收入'
        : 'RULES 9(2)：开账后才到的年初以前缴费，同样转为收入',
    formula: 'received - returned',
    inputs: { received: advance(area, date, 'credit', late), returned: advance(area, date, 'debit', late) },
  },
});
/** The entries of cash that came after the books were opened, by their keys, and the booking that made them. */
interface LateEntries {
  booking: number;
  keys: readonly string[];
}

/** What was booked as received in advance (暂收款) before the year began, or of it what came late; the entry of its first day is no part of it. */
const advance = (
  area: string,
  date: string,
  column: 'debit' | 'credit',
  late?: LateEntries,
): Because['inputs'][string] => ({
  from: {
    rows: 'journal.csv',
    of: {
      entity: area,
      scheme: 'resident',
      part: 'pooled',
      account: RECEIVED_IN_ADVANCE,
      until: dayBefore(date),
      ...(late === undefined ? {} : { key: late.keys }),
      column,
    },
  },
});
const dayBefore = (date: string): string => daysAfter(date, -1);
