/** The invariants of the books alone: entries that balance, accounts that agree, and both sides of what areas and region pay each other. */
import type { Queryable } from '../db/connect';
import {
  DEBIT_ACCOUNTS,
  EXPENDITURE_ACCOUNTS,
  FUND_BALANCE,
  INCOME_ACCOUNTS,
  MONEY_ACCOUNTS,
  RECEIVED_IN_ADVANCE,
  UNDER_REVIEW,
} from '../rules/posting';
import { ITEM_NAMES, type Item, REGION } from '../rules/vocabulary';
import { placesWhere } from './places';

/** Every line of the journal with its entry. The audit adds it up itself: the views are made for the acts. */
export const LINES = `(
  select e.fund_year, e.entity, e.scheme, e.part, e.date, e.key, l.account, l.side * l.amount as debit_less_credit
  from fund.journal_entry e join fund.journal_line l on l.entry_id = e.id)`;

export const entriesThatDoNotBalance = (db: Queryable, year: number): Promise<string[]> =>
  placesWhere(
    db,
    `select e.key as place, coalesce(sum(l.side * l.amount), 0) as difference
     from fund.journal_entry e left join fund.journal_line l on l.entry_id = e.id
     where e.fund_year = :year group by e.id, e.key
     having coalesce(sum(l.side * l.amount), 0) <> 0 or count(distinct l.side) <> 2`,
    { year },
  );

export const moneyThatDiffers = (db: Queryable, year: number): Promise<string[]> =>
  placesWhere(
    db,
    `select concat_ws(' ', entity, scheme, part) as place, sum(debit_less_credit) as difference
     from ${LINES} lines where fund_year = :year and account = any (:accounts)
     group by entity, scheme, part having sum(debit_less_credit) <> 0`,
    {
      year,
      accounts: [
        ...MONEY_ACCOUNTS,
        ...[FUND_BALANCE, RECEIVED_IN_ADVANCE, UNDER_REVIEW],
        ...INCOME_ACCOUNTS,
        ...EXPENDITURE_ACCOUNTS,
      ],
    },
  );

/** Lines whose scheme is not that of their entry. */
export const linesOfTheOtherScheme = (db: Queryable, year: number): Promise<string[]> =>
  placesWhere(
    db,
    `select distinct e.key as place, l.scheme::text as difference
     from fund.journal_entry e join fund.journal_line l on l.entry_id = e.id
     where e.fund_year = :year and l.scheme <> e.scheme`,
    { year },
  );

/** The total of an account over the areas, less that of its counterpart in the region's books. */
const sidesThatDiffer = (ofAreas: Item, ofRegion: Item) => (db: Queryable, year: number) =>
  placesWhere(
    db,
    `select scheme as place, sum(amount) as difference
     from (select scheme, case when entity = :region then -1 else 1 end
             * case when account = any (:debit) then debit_less_credit else -debit_less_credit end as amount
           from ${LINES} lines
           where fund_year = :year and ((entity <> :region and account = :ours) or (entity = :region and account = :theirs))) sides
     group by scheme having sum(amount) <> 0`,
    { year, region: REGION, debit: DEBIT_ACCOUNTS, ours: ITEM_NAMES[ofAreas], theirs: ITEM_NAMES[ofRegion] },
  );
export const leviesThatDiffer = sidesThatDiffer('levy_to_superior', 'subordinate_levy');
export const grantsThatDiffer = sidesThatDiffer('superior_grant', 'grant_to_subordinate');

/** Money − opening − levies − interest + grants of each adjustment fund: levies stand on the credit side, grants on the debit side. */
export const adjustmentFundsThatDiffer = (db: Queryable, year: number): Promise<string[]> =>
  placesWhere(
    db,
    `select scheme::text as place, sum(amount) as difference
     from (
       select scheme, debit_less_credit as amount from ${LINES} lines
       where fund_year = :year and entity = :region and (account = any (:money) or account in (:levies, :grants))
       union all
       select scheme, -(opening_balance + interest) from fund.adjustment_fund where fund_year = :year
     ) movements
     group by scheme having sum(amount) <> 0`,
    {
      year,
      region: REGION,
      money: MONEY_ACCOUNTS,
      levies: ITEM_NAMES.subordinate_levy,
      grants: ITEM_NAMES.grant_to_subordinate,
    },
  );
