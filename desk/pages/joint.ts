/**
 * 双人办理: what takes effect once two of an office have signed for it. What waits stands first, with who has signed and why; below it, what
 * the office of the person can begin.
 */
import { proposedOperators } from '../../db/appointments';
import type { Wait } from '../../db/waits';
import { JOINT_OFFICES, type JointDecision } from '../../rules/decisions';
import type { JointMatter } from '../../rules/keys';
import { shownText } from '../../rules/text';
import { officeName } from '../../rules/vocabulary';
import { personsText } from '../../scripts/words/persons-text';
import { type Html, markup, text } from '../../web/text';
import { type Desk, NotHere, type Request, viewerOf } from '../desk';
import { hiddenField } from '../form-parts';
import type { Page } from '../frame';
import { isJoint } from '../joint-acts';
import { formsToBegin, jointForm } from '../joint-forms';
import { untilHtml } from '../page-parts';
import { tableHtml } from '../table';
import type { Viewer } from '../viewer';
import { isAsked, waitMeta, waitWords, waitsSeen } from '../waits';
import { actName, roleText } from '../words';

export async function jointPage(desk: Desk, request: Request): Promise<Page> {
  const viewer = viewerOf(request);
  if (!viewer.isOfRegion) throw new NotHere();
  const cards: Html[] = [];
  for (const wait of await waitsSeen(desk, viewer)) {
    if (wait.matter !== null) cards.push(await matterHtml(desk, viewer, wait, wait.matter));
  }
  const forms = await formsToBegin(desk, viewer);
  const body = markup`${doneHtml(request)}
<p class="lead">${text('由同一单位的两人先后签名后生效；一次签名三十天内有效。', 'It takes effect once two people of an office have signed; a signature counts for thirty days.')}</p>
<ul class="cards">${cards}</ul>
${cards.length === 0 ? markup`<p>${text('没有等待办理的事项。', 'Nothing waits.')}</p>` : ''}
${forms}`;
  return { title: text('双人办理', 'Signed by two'), body };
}

function doneHtml(request: Request): Html {
  const did = request.req.query('did') ?? '';
  if (!isJoint(did)) return markup``;
  return markup`<p class="notice good" role="status">${request.req.query('done') === '1' ? inEffect(did) : waitsForAnother(did)}</p>`;
}
const inEffect = (what: JointDecision) => text(`${actName(what).zh}：已生效。`, `${actName(what).en}: in effect.`);
function waitsForAnother(what: JointDecision) {
  const office = roleText(JOINT_OFFICES[what]);
  return text(
    `${actName(what).zh}：您已签名，等待${office.zh}另一人签名后生效。`,
    `${actName(what).en}: you have signed; another person of the ${office.en} has to.`,
  );
}

async function matterHtml(desk: Desk, viewer: Viewer, wait: Wait, matter: JointMatter): Promise<Html> {
  const listed = matter.what === 'appoint' ? await appointeesHtml(desk, matter.year) : markup``;
  return markup`<li class="card${wait.overdue ? ' over' : ''}">
<h2>${waitWords(wait)}</h2>
${untilHtml(wait)}
${waitMeta(wait)}
${listed}
${isAsked(wait, viewer) ? jointForm(viewer, matter.what, hiddenField('matter', wait.name), text('签名', 'Sign')) : notAskedHtml(wait, viewer)}
</li>`;
}

function notAskedHtml({ role, signed, operators }: Wait, viewer: Viewer): Html {
  const names = personsText(operators);
  const who = text(
    `由${roleText(role).zh}办理：${names || '无人可办，请补充人员'}。`,
    `For the ${roleText(role).en}: ${names || 'nobody can act'}.`,
  );
  const own = signed.some(({ operator }) => operator === viewer.operator);
  return markup`<p class="meta">${own ? text('您已签名。', 'You have signed. ') : ''}${who}</p>`;
}

/** The list that is signed. */
async function appointeesHtml({ region: database }: Desk, year: number): Promise<Html> {
  const rows = (await proposedOperators(database, year)).map((one) => [
    shownText(one.operator),
    shownText(one.name),
    officeName(one),
  ]);
  return tableHtml(
    [
      { head: text('工号', 'Number'), kind: 'text' },
      { head: text('姓名', 'Name'), kind: 'text' },
      { head: text('单位', 'Office'), kind: 'text' },
    ],
    rows,
  );
}
