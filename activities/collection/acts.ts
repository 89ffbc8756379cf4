/** 居民征缴: what is due, which rows are accepted, what is booked by day, and the reconciliation at the close. */
import { areasOf, personAreas } from '../../db/areas';
import { bookableDays } from '../../db/collection-days';
import { lastDayOfWindow } from '../../db/collection-today';
import type { Database, Transaction } from '../../db/connect';
import { haveBooksOpened } from '../../db/done';
import { businessDate, holdYear, isLive } from '../../db/fund-year';
import { post } from '../../db/journal';
import { aidRows } from '../../db/medical-aid';
import { actsBeginning, once } from '../../db/once';
import { decidePayments, enrolByFullAid, hasStrayRows } from '../../db/residents';
import { insertRows } from '../../db/rows';
import { bookedDays } from '../../figures/collection/days';
import { wordsOf } from '../../figures/collection/today';
import { collectionTerms } from '../../figures/collection/terms';
import { cycleStartOf } from '../../parameters';
import { actKey } from '../../rules/keys';
import { UNKNOWN_AREA } from '../../rules/vocabulary';
import { bind } from '../bind';
import { bookHeldAdvances } from '../books';
import { lawOf } from '../law';
import { type AreaYear, type CollectionStanding, type Reconciliation, reconcile } from './reconciliation';
import { collectionsToday } from './today';

/**
 * 开始征缴: the terms of every area and group; persons who owe nothing are enrolled before any payment. All payments that are there
 * are decided now, in a run those of the whole cycle: each counts from its own day on.
 */
export async function openCollection(database: Database, { year }: { year: number }): Promise<{ enrolled: string }> {
  return once(database, { key: actKey.collectionOpened(year), input: { year } }, async (trx) => {
    const law = await lawOf(trx, year);
    const aids = await aidRows(trx, year);
    const areas = await areasOf(trx, year, 'resident');
    await insertRows(
      trx,
      'collection_term',
      areas.flatMap((area) => collectionTerms(law, year, area, aids)),
    );
    const enrolled = await enrolByFullAid(trx, year);
    await decidePayments(trx, year);
    return { enrolled };
  });
}

interface BookCollection extends AreaYear {
  /** The last day that was booked before; null to look at every day so far, since rows of a live year come late. */
  after: string | null;
  through: string;
  /** Counted by the caller: a repetition after a lost answer is recognised by its number and its last day. */
  booking: number;
}

/**
 * 逐日入账: books the days of an area after `after` and up to `through`; the collection is never booked as one sum at the close. In a
 * live year the answer also says where the collection stands today.
 */
export async function bookCollection(
  database: Database,
  of: BookCollection,
): Promise<{ days: number; amount: string } & PageOfToday> {
  const { year, area, through, booking } = of;
  const key = actKey.collectionBooked(year, area, booking, through);
  return once(database, { key, input: of }, async (trx) => {
    // Entries of late rows are numbered by the bookings there are: after a restore of Temporal the caller counts anew.
    const number = of.after === null ? await actsBeginning(trx, actKey.collectionBookings(year, area)) : booking;
    const booked = await bookDays(trx, of, number);
    return { ...booked, ...((await isLive(trx, year)) ? await pageOfToday(trx, of) : {}) };
  });
}

/** What the page of a live collection says of the day, where the area has persons already; and until when they may pay. */
interface PageOfToday {
  today?: Record<string, string>;
  closes?: string | null;
}
async function pageOfToday(trx: Transaction, { year, area }: AreaYear): Promise<PageOfToday> {
  const today = await businessDate(trx, year, cycleStartOf(year));
  const closes = await lastDayOfWindow(trx, { year, area });
  const [collection] = await collectionsToday(trx, { year, area, today });
  return { closes, ...(collection === undefined ? {} : { today: wordsOf(collection) }) };
}

async function bookDays(trx: Transaction, of: Omit<BookCollection, 'booking'>, number: number) {
  const { year, area } = of;
  const days = await bookableDays(trx, of);
  const byPerson = (await personAreas(trx, year)).has(area);
  const booksAreOpen = await haveBooksOpened(trx, year);
  const { postings, ...receipt } = bookedDays({ year, area, number, byPerson, booksAreOpen }, days);
  await post(trx, year, postings);
  if (booksAreOpen) await bookHeldAdvances(trx, year, area);
  return receipt;
}

/** 征缴对账: counts, the tax bureau's control totals, and the findings that a named person must accept. */
export async function reconcileCollection(
  database: Database,
  reconciliation: Reconciliation,
): Promise<CollectionStanding> {
  return once(
    database,
    { key: actKey.collectionReconciled(reconciliation.year, reconciliation.area), input: reconciliation },
    async (trx) => {
      if (await isLive(trx, reconciliation.year)) await takeTheLast(trx, reconciliation);
      return reconcile(trx, reconciliation);
    },
  );
}

/**
 * Books what was imported since the last booking: once the area is reconciled it takes no more rows, so none may come between
 * the two. It waits for an import that is under way.
 */
async function takeTheLast(trx: Transaction, { year, area }: AreaYear): Promise<void> {
  await holdYear(trx, year);
  const bookings = await actsBeginning(trx, actKey.collectionBookings(year, area));
  await bookDays(trx, { year, area, after: null, through: 'infinity' }, bookings + 1);
}

/** Rows that name no known area: they belong to nobody's collection, and to nobody's books. */
export async function reconcileUnknownArea(
  database: Database,
  of: Omit<Reconciliation, 'area'>,
): Promise<CollectionStanding | { rows: 0 }> {
  return once(database, { key: actKey.unknownAreaReconciled(of.year), input: of }, async (trx) => {
    await holdYear(trx, of.year);
    return (await hasStrayRows(trx, of.year)) ? reconcile(trx, { ...of, area: UNKNOWN_AREA }) : { rows: 0 as const };
  });
}

export const createCollectionActivities = (database: Database) =>
  bind(database, { openCollection, bookCollection, reconcileCollection, reconcileUnknownArea });
