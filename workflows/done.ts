/** Waiting for what other workflows do. The database knows what is done, in whichever run it was done. */
import type { Undone } from '../activities/progress';
import type { BusinessDate } from './business-date';
import { fund } from './fund-activities';
import { type Status, updateListAndPage } from './page';

/** Waits until a part of the year is done everywhere; the page names what is still missing. */
export async function allDone(undone: Undone, clock: BusinessDate, page: Status): Promise<void> {
  for (;;) {
    const { left, first } = await fund.whatIsLeft(undone);
    if (left === 0) return;
    const waitsFor = `${first.join('、')}${left > first.length ? ` 等 ${left} 项` : ''}`;
    updateListAndPage({ ...page, waitsFor });
    await clock.untilChange(waitsFor);
  }
}
