/** 冻结期: said before somebody fills in a form that nobody can send. */
import { frozenBecause } from '../db/freezes';
import { type Html, markup, text } from '../web/text';
import type { OwnDesk } from './desk';

/** Empty outside of a freeze. */
export async function freezeNotice({ database }: OwnDesk, year: number): Promise<Html> {
  const why = await frozenBecause(database, year);
  if (why === null) return markup``;
  return markup`<p class="notice">${text(
    `${why}。期间不入账、不办理；入账期满自动继续，事项期满后办理。`,
    `Frozen: ${why}. Nothing is booked and nobody decides until it is over.`,
  )}</p>`;
}
