/** What is to be known about a year before anybody acts in it: that a run plays its operators, and that it is frozen. */
import { frozenBecause } from '../db/freezes';
import { type Html, markup, text } from '../web/text';
import type { OwnDesk } from './desk';
import type { Viewer } from './viewer';

/** Empty for a live year outside of a freeze. */
export async function yearNotices({ database }: OwnDesk, viewer: Viewer, year: number): Promise<Html> {
  const why = await frozenBecause(database, year);
  const frozen =
    why === null
      ? ''
      : markup`<p class="notice">${text(
          `${why}。期间不入账、不办理；入账期满自动继续，事项期满后办理。`,
          `Frozen: ${why}. Nothing is booked and nobody decides until it is over.`,
        )}</p>`;
  return markup`${runNotice(viewer, year)}${frozen}`;
}

/** 模拟运行. Empty for a live year. */
export const runNotice = (viewer: Viewer, year: number): Html =>
  viewer.officeIn(year)?.isRun === true
    ? markup`<p class="notice">${text(
        `模拟运行：${year} 年度的事项由程序按数据包代办，办理记录中的人员和文号均为模拟。`,
        `A simulated run: the acts of ${year} are those of its pack, carried out by the run itself. Persons and documents are simulated.`,
      )}</p>`
    : markup``;
