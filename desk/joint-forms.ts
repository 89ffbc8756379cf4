/** The forms with which one person of an office begins what a second one has to sign: each says what it is about, and why. */
import { officesOf } from '../db/appointments';
import { type FreezeDays, freezesAhead } from '../db/freezes';
import { openLiveYears, whyNotAbandoned } from '../db/fund-year';
import { validKeys } from '../db/proofs';
import type { JointDecision } from '../rules/decisions';
import { shownText } from '../rules/text';
import { officeName } from '../rules/vocabulary';
import { type Html, type Text, markup, text } from '../web/text';
import type { Desk } from './desk';
import { hiddenField, option, reasonField, signedForm, submitButton } from './form-parts';
import { sectionHtml } from './page-parts';
import type { Viewer } from './viewer';

/** A form that is signed for; `about` are its fields. */
export function jointForm(viewer: Viewer, what: JointDecision, about: Html, button: Text): Html {
  const fields = markup`${about}
${reasonField(text('原因或依据', 'Why'))}`;
  return signedForm(viewer, { what }, { fields, buttons: submitButton(button) });
}

/** What the offices of a person can begin. Whom to appoint is proposed by a file, so that is begun by nobody here. */
export async function formsToBegin(desk: Desk, viewer: Viewer): Promise<Html[]> {
  const years = (await openLiveYears(desk.region)).map(({ year }) => year);
  return [
    ...(viewer.holds('region_security')
      ? [await leaveForm(desk, viewer, years), freezeForm(viewer, years), await liftForms(desk, viewer, years)]
      : []),
    ...(viewer.holds('region_government') ? [await keyForm(desk, viewer), await abandonForm(desk, viewer, years)] : []),
  ];
}

const yearField = (years: readonly number[]): Html =>
  markup`<label>${text('年度', 'Fund year')}<select name="year" required>${years.map((year) => option(year, `${year} 年度`))}</select></label>`;
const dateField = (name: string, label: Text): Html =>
  markup`<label>${label}<input name="${name}" type="date" required></label>`;

async function leaveForm({ region: database }: Desk, viewer: Viewer, years: readonly number[]): Promise<Html> {
  const held = (await Promise.all(years.map((year) => officesOf(database, year)))).flat();
  const persons = new Map(
    held
      .filter(({ appointed_on }) => appointed_on !== null)
      .map((one) => [one.operator, `${one.operator} ${one.name}（${officeName(one)}）`]),
  );
  const options = [...persons].map(([operator, name]) => option(operator, shownText(name)));
  const about = markup`${yearField(years)}
<label>${text('离任人员', 'Who leaves')}<select name="leaver" required>${options}</select></label>
${dateField('last', text('任职的最后一天', 'The last day in office'))}`;
  const lead = text(
    '次日起不能再办理；此前办理的仍然有效。',
    'From the next day on he does not act; what he did before stays.',
  );
  return sectionHtml(text('离任', 'End an office'), jointForm(viewer, 'end_office', about, text('签名', 'Sign')), {
    lead,
  });
}

function freezeForm(viewer: Viewer, years: readonly number[]): Html {
  const about = markup`${yearField(years)}${dateField('from', text('首日', 'First day'))}${dateField('until', text('末日', 'Last day'))}`;
  const lead = text(
    '审计、年终：期间不入账、不审批，期满自动继续。',
    'For an audit or the end of a year: nothing is booked and nobody decides until it is over.',
  );
  return sectionHtml(text('冻结', 'Freeze'), jointForm(viewer, 'freeze', about, text('签名', 'Sign')), { lead });
}

async function liftForms({ region: database }: Desk, viewer: Viewer, years: readonly number[]): Promise<Html> {
  const freezes = (await Promise.all(years.map((year) => freezesAhead(database, year)))).flat();
  if (freezes.length === 0) return markup``;
  return sectionHtml(text('提前解除冻结', 'Lift a freeze'), markup`${freezes.map((days) => liftForm(viewer, days))}`);
}
function liftForm(viewer: Viewer, { year, from, until, reason }: FreezeDays & { reason: string }): Html {
  const words = text(
    `${year} 年度 ${from} 至 ${until}：${shownText(reason)}`,
    `Fund year ${year}, ${from} to ${until}: ${shownText(reason)}`,
  );
  const about = markup`<p>${words}</p>${hiddenField('year', year)}${hiddenField('from', from)}${hiddenField('until', until)}`;
  return jointForm(viewer, 'lift_freeze', about, text('签名', 'Sign'));
}

async function keyForm({ region: database }: Desk, viewer: Viewer): Promise<Html> {
  const kinds = { passkey: '通行密钥', ed25519: '命令行密钥' };
  const options = (await validKeys(database)).map(({ key, operator, name, kind, registered_on }) =>
    option(
      key,
      `${shownText(`${operator} ${name ?? ''}`)}，${kinds[kind]}，${registered_on} 登记（${key.slice(0, 12)}…）`,
    ),
  );
  const about = markup`<label>${text('密钥', 'Key')}<select name="key" required>${options}</select></label>`;
  const lead = text(
    '设备丢失或人员调离：注销后不能再签名，此前的签名仍然有效。',
    'It signs nothing more; what it signed before stays.',
  );
  return sectionHtml(text('注销密钥', 'Revoke a key'), jointForm(viewer, 'revoke_key', about, text('签名', 'Sign')), {
    lead,
  });
}

/** Only the years whose books are not open. */
async function abandonForm({ region: database }: Desk, viewer: Viewer, years: readonly number[]): Promise<Html> {
  const possible: number[] = [];
  for (const year of years) if ((await whyNotAbandoned(database, year)) === null) possible.push(year);
  if (possible.length === 0) return markup``;
  const lead = text(
    '误启动的年度，在 1 月 1 日开账之前可以作废：数据全部保留，待办作废，流程终止；作废后本系统不能再启动该年度。数据有误而年度无误的，不作废，更正数据。',
    'A year begun by mistake ends before its books open. Its rows stay, its tasks are void, and this system never starts it again. Where only its data are wrong, correct them instead.',
  );
  const html = jointForm(viewer, 'abandon', yearField(possible), text('签名', 'Sign'));
  return sectionHtml(text('作废年度', 'Abandon a year'), html, { lead });
}
