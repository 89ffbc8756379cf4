/** 征缴日报: where the collections of a year stand on its business date. */
import { collectionsSoFar } from '../../db/collection-today';
import type { Queryable } from '../../db/connect';
import { type CollectionToday, collectionToday } from '../../figures/collection/today';
import { calendarOf } from '../../parameters';
import { monthsAfter } from '../../rules/calendar-day';
import { lawOf } from '../law';

/** The areas of a year, or one of them, that collect person by person and are not reconciled yet. */
export async function collectionsToday(
  db: Queryable,
  { year, area = null, today }: { year: number; area?: string | null; today: string },
): Promise<CollectionToday[]> {
  const sameDay = monthsAfter(today, -12);
  const collections = await collectionsSoFar(db, { year, area, sameDay });
  // Without a collection there may be no law yet: a year that has not been opened.
  if (collections.every(({ closes }) => closes === null)) return [];
  const rateWanted = (await lawOf(db, year)).given('collection.low_income_target').value;
  const { enrolmentWarning: warnedFrom } = calendarOf(year);
  return collections.map((one) => collectionToday(one, { today, sameDay, warnedFrom, rateWanted }));
}
