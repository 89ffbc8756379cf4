/** What waits without a task of a workflow, as of today in China. */
import type { Queryable } from '../../db/connect';
import { type Wait, openWaits } from '../../db/waits';
import { waitDates } from '../../parameters/waits';
import { beijingDate } from '../../rules/beijing-time';

export const waitsToday = (db: Queryable): Promise<Wait[]> => openWaits(db, waitDates(beijingDate(new Date())));
