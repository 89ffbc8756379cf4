/** What waits without a task, as the desk shows it: who may see it, since when, until when, and what then. */
import type { Wait } from '../db/waits';
import { waitText } from '../rules/joint-matters';
import { shownText } from '../rules/text';
import { REGION_ROLES } from '../rules/vocabulary';
import { waitsToday } from '../scripts/client/waits';
import { personsText } from '../scripts/words/persons-text';
import { type Html, type Text, markup, text } from '../web/text';
import type { Desk } from './desk';
import { jointLink } from './links';
import { untilHtml } from './page-parts';
import type { Viewer } from './viewer';
import { matterWords } from './words';

/** For the offices of the region in a year that is open: none of it is about one area. */
export const waitsSeen = async (desk: Desk, viewer: Viewer): Promise<Wait[]> =>
  REGION_ROLES.some((role) => viewer.holds(role)) ? waitsToday(desk.region) : [];

export const isAsked = ({ operators }: Wait, viewer: Viewer): boolean =>
  operators.some(({ operator }) => operator === viewer.operator);

/** A card among the tasks of a person. */
export const waitCard = (wait: Wait): Html => markup`<li class="card${wait.overdue ? ' over' : ''}">
<h2>${wait.matter === null ? markup`${waitWords(wait)}` : markup`<a href="${jointLink()}">${waitWords(wait)}</a>`}</h2>
${untilHtml(wait)}
${waitMeta(wait)}
</li>`;

/** Since when, who has signed and why, and what happens at the end. */
export function waitMeta({ since, signed, reason, matter }: Wait): Html {
  const names = personsText(signed);
  const by =
    signed.length === 0
      ? ''
      : markup` ${text(`已签名：${names}；原因：${shownText(reason ?? '')}。`, `Signed by ${names}, because: ${shownText(reason ?? '')}.`)}`;
  const day = since.slice(0, 10);
  return markup`<p class="meta">${text(`自 ${day} 起等待。`, `Waits since ${day}.`)}${by} ${atTheEnd(matter === null, signed.length > 0)}</p>`;
}

function atTheEnd(isOfFiles: boolean, isSigned: boolean): Text {
  if (isOfFiles)
    return text('未导入的，年度各项办理都不能开始。', 'Until they are imported, nothing of the year can begin.');
  if (isSigned)
    return text(
      '届时没有第二人签名的，本次签名失效，须重新办理。',
      'Without a second signature by then, the first counts no more.',
    );
  return text('未任命的人员不能办理任何事项。', 'Nobody acts before he is appointed.');
}

export function waitWords(wait: Wait): Text {
  const { matter, fund_year, signed } = wait;
  if (matter === null)
    return text(waitText(wait), `Fund year ${fund_year ?? ''} waits for areas.csv and operators.csv`);
  return text(
    waitText(wait),
    `${matterWords(matter).en}: waits for ${signed.length === 0 ? 'two people' : 'the second person'}`,
  );
}
