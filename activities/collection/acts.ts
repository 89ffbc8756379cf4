/** 居民征缴: what is due, which rows are accepted, what is booked by day, and the reconciliation at the close. */
import { lawOf } from '../law';
import { areasOf, personAreas } from '../../db/areas';
import { type BookableDay, bookableDays } from '../../db/collection-days';
import { haveBooksOpened } from '../../db/done';
import { type Posting, post } from '../../db/journal';
import { aidRows } from '../../db/medical-aid';
import { decidePayments, enrolByFullAid, hasStrayRows } from '../../db/residents';
import { type Database, inTransaction } from '../../db/connect';
import { actsBeginning, once } from '../../db/once';
import { insertRows } from '../../db/rows';
import { decimal, yuanText } from '../../rules/money';
import { RECEIVED_IN_ADVANCE, SPECIAL_ACCOUNT, UNDER_REVIEW } from '../../rules/posting';
import { ITEM_NAMES, UNKNOWN_AREA } from '../../rules/vocabulary';
import { advanceToIncome } from '../../figures/books';
import { type AreaYear, type CollectionStanding, reconcile } from './reconciliation';
import { dayBecause, restOfDayBecause } from './reasons';
import { termsOf } from './terms';
/** Cash of one day: what side it stands on, by what it is and whether the fund year has begun. */
function dayPosting(
  year: number,
  { amount, booked_by, ...cash }: BookableDay,
  booking: number,
  byPerson: boolean,
): Posting {
  const { area, day, kind } = cash;
  const premium = day < `${year}-01-01` ? RECEIVED_IN_ADVANCE : ITEM_NAMES.premium;
  const account = kind.startsWith('quarantined') ? UNDER_REVIEW : premium;
  const comesIn = kind === 'payments' || kind === 'quarantined_payments';
  return {
    date: day,
    entity: area,
    scheme: 'resident',
    part: 'pooled',
    key: `collection/${area}/${day}/${kind}${booked_by.length > 0 ? `/${booking}` : ''}`,
    basis: 'A(二) 居民集中征缴；RULES 9(2)',
    debit: comesIn ? SPECIAL_ACCOUNT : account,
    credit: comesIn ? account : SPECIAL_ACCOUNT,
    amount: decimal(amount),
    because: booked_by.length > 0 ? restOfDayBecause(cash, byPerson, booked_by) : dayBecause(cash, byPerson),
  };
}

/** Every row paid by `through` is accepted or quarantined, for all areas together: one person may be on two rolls. */
const decideThrough = (pool: Database, year: number, through: string): Promise<string> =>
  inTransaction(pool, (trx) => decidePayments(trx, year, through));

/** What came late to days before the year began is income of its first day, like the rest (RULES 9(2)). */
function lateAdvance(
  { year, area, booking }: AreaYear & { booking: number },
  days: readonly BookableDay[],
  keys: readonly string[],
): Posting[] {
  const before = days.filter(({ day, kind }) => day < `${year}-01-01` && !kind.startsWith('quarantined'));
  const amount = before.reduce(
    (all, one) => (one.kind === 'payments' ? all.plus(decimal(one.amount)) : all.minus(decimal(one.amount))),
    decimal('0'),
  );
  return [advanceToIncome(area, `${year}-01-01`, amount, { booking, keys })];
}

export const createCollectionActivities = (pool: Database) => ({
  /** 开始征缴: the terms of every area and group; persons who owe nothing are enrolled before any payment. */
  async openCollection({ year }: { year: number }): Promise<{ enrolled: string }> {
    return once(pool, { key: `fund-year-${year}/collection/open`, input: { year } }, async (trx) => {
      const law = await lawOf(trx, year);
      const aids = await aidRows(trx, year);
      const areas = await areasOf(trx, year, 'resident');
      await insertRows(
        trx,
        'collection_term',
        areas.flatMap((area) => termsOf(law, year, area, aids)),
      );
      return { enrolled: await enrolByFullAid(trx, year) };
    });
  },

  /**
   * 逐日入账: books each day of an area after `after` and up to `through`; nothing is ever one sum at the close. Without
   * `after` it also books what came late to the days before. `booking` counts the bookings of an area; null in a live year, where
   * they come as rows come: the next one.
   */
  async bookCollection(
    of: AreaYear & { after: string | null; through: string; booking: number | null },
  ): Promise<{ days: number; amount: string }> {
    await decideThrough(pool, of.year, of.through);
    const booked = `fund-year-${of.year}/collection/${of.area}/booked/`;
    const booking = of.booking ?? (await actsBeginning(pool, booked)) + 1;
    return once(pool, { key: `${booked}${booking}`, input: of }, async (trx) => {
      const booksAreOpen = await haveBooksOpened(trx, of.year);
      const days = await bookableDays(trx, of);
      const byPerson = (await personAreas(trx, of.year)).has(of.area);
      const postings = days.map((day) => dayPosting(of.year, day, booking, byPerson));
      const keys = postings.map(({ key }) => key);
      await post(trx, of.year, [...postings, ...(booksAreOpen ? lateAdvance({ ...of, booking }, days, keys) : [])]);
      const amount = days.reduce(
        (all, day) => (day.kind === 'payments' ? all.plus(decimal(day.amount)) : all),
        decimal('0'),
      );
      return { days: new Set(days.map(({ day }) => day)).size, amount: yuanText(amount) };
    });
  },

  /** 征缴对账: counts, the tax bureau's control totals, and the findings that a named person must accept. */
  async reconcileCollection(of: AreaYear & { workflowId: string; acceptBy: string }): Promise<CollectionStanding> {
    await decideThrough(pool, of.year, 'infinity');
    return once(pool, { key: `fund-year-${of.year}/collection/${of.area}/reconciled`, input: of }, (trx) =>
      reconcile(trx, of),
    );
  },

  /** Rows that name no known area: they belong to nobody's collection, and to nobody's books. */
  async reconcileUnknownArea(of: {
    year: number;
    workflowId: string;
    acceptBy: string;
  }): Promise<CollectionStanding | { rows: 0 }> {
    await decideThrough(pool, of.year, 'infinity');
    return once(pool, { key: `fund-year-${of.year}/collection/${UNKNOWN_AREA}/reconciled`, input: of }, async (trx) => {
      return (await hasStrayRows(trx, of.year)) ? reconcile(trx, { ...of, area: UNKNOWN_AREA }) : { rows: 0 as const };
    });
  },
});
