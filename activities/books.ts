/** 建账: openings of 1 January, premiums received in advance becoming income, and the adjustment fund's interest. */
import type { Pool } from 'pg';
import type { Transaction } from '../db/connect';
import { adjustmentFunds, areasOf, collectedPremium, openingBalances } from '../db/inputs';
import { post } from '../db/journal';
import { once } from '../db/once';
import { sum, yuanText } from '../rules/money';
import { FUND_BALANCE, RECEIVED_IN_ADVANCE, SPECIAL_ACCOUNT } from '../rules/posting';
import { ITEM_NAMES, REGION } from '../rules/vocabulary';

export const createBookActivities = (pool: Pool) => ({
  /** 结转年初余额: every fund's special account against its fund balance; the adjustment fund's too. */
  async openBooks({
    year,
    date,
  }: {
    year: number;
    date: string;
  }): Promise<{ funds: number; opening: string; advance: string }> {
    return once(pool, { key: `fund-year-${year}/books/open`, input: { year, date } }, async (trx) => {
      const funds = await openingBalances(trx, year);
      await post(
        trx,
        year,
        funds.map(({ entity, scheme, part, amount }) => ({
          date,
          entity,
          scheme,
          part,
          key: `opening/${entity}/${scheme}/${part}`,
          basis: 'RULES 9(1) 年初余额',
          debit: SPECIAL_ACCOUNT,
          credit: FUND_BALANCE,
          amount,
        })),
      );
      const advances = await advancePremiums(trx, year);
      await post(
        trx,
        year,
        advances.map(({ area, amount }) => ({
          date,
          entity: area,
          scheme: 'resident' as const,
          part: 'pooled' as const,
          key: `collection/${area}/advance-to-income`,
          basis: '社会保险基金会计制度补充规定（2026年1月1日起施行）；RULES 9(2)',
          debit: RECEIVED_IN_ADVANCE,
          credit: ITEM_NAMES.premium,
          amount,
        })),
      );
      return {
        funds: funds.length,
        opening: yuanText(sum(funds.map(({ amount }) => amount))),
        advance: yuanText(sum(advances.map(({ amount }) => amount))),
      };
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
        })),
      );
      return { interest: yuanText(sum(funds.map(({ interest }) => interest))) };
    });
  },
});

/** What each area collected before the year began, and turns into income on its first day. */
async function advancePremiums(trx: Transaction, year: number) {
  const premiumOf = await collectedPremium(trx, year, `${year - 1}-12-31`);
  const areas = await areasOf(trx, year, 'resident');
  return areas.map((area) => ({ area, amount: premiumOf(area) }));
}
