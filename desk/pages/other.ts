/** 其他办理: what an office does of its own accord, without a task that asks for it. */
import { adjustmentPlans, adjustmentRequest } from '../../db/adjustments';
import { areasOfYear } from '../../db/areas';
import { quarantinedRows } from '../../db/quarantine';
import { QUARANTINE_REASON_NAMES } from '../../rules/payment-row';
import { shownText } from '../../rules/text';
import { CAUSE_NAMES, EMERGENCY_CAUSES, SCHEME_NAMES, type Scheme } from '../../rules/vocabulary';
import { type Html, type Text, markup, text } from '../../web/text';
import { adjustedHtml } from '../budget-figures';
import { NotHere, type OwnDesk, type Request, viewerOf, yearOf } from '../desk';
import {
  WHY_WITHOUT_IDS,
  documentField,
  hiddenField,
  option,
  reasonField,
  signedForm,
  submitButton,
} from '../form-parts';
import type { Page } from '../frame';
import { otherLink } from '../links';
import { sectionHtml, yearTabs } from '../page-parts';
import { tableHtml } from '../table';
import type { Office, Viewer } from '../viewer';

/** Rows in quarantine that are listed; all are in the file that IT writes. */
const MOST_ROWS = 50;

const DONE: Record<string, Text> = {
  emergency: text(
    '紧急调剂申请已受理，由自治区依次审批。',
    'The request is registered; the region’s offices approve it.',
  ),
  release: text('核实受理已提出，由财政局审批。', 'The release is asked for; the finance bureau approves it.'),
  extend: text(
    '征缴期已延长，新的期限见“年度”的征缴一栏。',
    'The window is extended: the page of the year says until when.',
  ),
};

export async function otherPage(desk: OwnDesk, request: Request): Promise<Page> {
  const viewer = viewerOf(request);
  const year = yearOf(request);
  const office = viewer.officeIn(year);
  if (office === undefined) throw new NotHere();
  const did = DONE[request.req.query('did') ?? ''];
  const forms = office.isOpen ? await formsOf(desk, viewer, office) : [];
  const body = markup`${yearTabs(viewer.years, year, (other) => otherLink({ year: other }))}
${did === undefined ? '' : markup`<p class="notice good" role="status">${did}</p>`}
${forms.length === 0 ? markup`<p class="lead">${text('您的岗位在这个年度没有主动办理的事项。', 'Your office does nothing of its own accord in this year.')}</p>` : forms}`;
  return { title: text('其他办理', 'Other acts'), body };
}

async function formsOf(desk: OwnDesk, viewer: Viewer, office: Office): Promise<Html[]> {
  if (office.role === 'region_security') return [await extensionForm(desk, viewer, office.year)];
  if (office.role !== 'area_security' || office.area === null) return [];
  const { year, area } = office;
  const schemes = (await areasOfYear(desk.database, year)).find((known) => known.area === area)?.schemes ?? [];
  return [
    ...(await adjustmentForms(desk, viewer, { year, area })),
    emergencyForm(viewer, year, schemes),
    ...(schemes.includes('resident') ? [await releaseForm(desk, viewer, { year, area })] : []),
  ];
}

type Of = { year: number; area: string };

const form = (viewer: Viewer, what: string, year: number, fields: Html, button: Text): Html =>
  signedForm(viewer, { what, year }, { fields, buttons: submitButton(button) });
const DOCUMENT = documentField(text('文号', 'Document number'));

/** Those that were imported and not submitted. */
async function adjustmentForms(desk: OwnDesk, viewer: Viewer, { year, area }: Of): Promise<Html[]> {
  const plans = (await adjustmentPlans(desk.database, year)).filter((plan) => plan.area === area);
  const forms: Html[] = [];
  for (const { scheme, version, date } of plans) {
    if ((await adjustmentRequest(desk.database, { year, area, scheme }, version)) !== undefined) continue;
    const fields = markup`${hiddenField('scheme', scheme)}${hiddenField('version', version)}`;
    const words = text(
      `${SCHEME_NAMES[scheme]}预算调整第 ${version} 版（${date}）`,
      `Adjusted budget, version ${version} (${date}), ${SCHEME_NAMES[scheme]}`,
    );
    const figures = await adjustedHtml(desk.database, { year, area, scheme }, { version, date });
    forms.push(markup`<h3>${words}</h3>${figures}${form(viewer, 'adjust', year, fields, text('报送', 'Submit'))}`);
  }
  if (forms.length === 0) return [];
  const lead = text(
    '已导入而未报送的年度内预算调整，须含全部科目：没有列出的科目为 0。报送后审核随即进行，再由四级依次审批，自次月起生效。',
    'Imported and not submitted. It has every item: one that is not listed is 0. Its checks run at once, four offices approve, and it is in force from the next month.',
  );
  return [sectionHtml(text('报送预算调整', 'Submit an adjusted budget'), markup`${forms}`, { lead })];
}

function emergencyForm(viewer: Viewer, year: number, schemes: readonly Scheme[]): Html {
  const fields = markup`<label>${text('险种', 'Scheme')}<select name="scheme" required>${schemes.map((scheme) => option(scheme, SCHEME_NAMES[scheme]))}</select></label>
<label>${text('申请金额（元）', 'Amount, yuan')}<input name="amount" inputmode="decimal" required maxlength="24" autocomplete="off"></label>
<label>${text('原因', 'Cause')}<select name="cause" required>${EMERGENCY_CAUSES.map((cause) => option(cause, CAUSE_NAMES[cause]))}</select></label>
${DOCUMENT}`;
  const lead = text(
    '年度内因政策调整、突发重大疫情、医疗救治出现支付困难的，向调剂金申请预拨；自治区三家依次审批，批准即拨付，年终从分担额中扣除。',
    'An advance of the adjustment fund within the year; three offices of the region approve it, and it is part of the fund’s share at settlement.',
  );
  const html = form(viewer, 'emergency', year, fields, text('申请', 'Ask'));
  return sectionHtml(text('紧急调剂申请', 'Ask for an advance'), html, { lead });
}

async function releaseForm(desk: OwnDesk, viewer: Viewer, { year, area }: Of): Promise<Html> {
  const rows = await quarantinedRows(desk.database, year, area, null, MOST_ROWS);
  const title = text('待核对缴费的核实受理', 'Release a payment from quarantine');
  if (rows.length === 0) {
    return sectionHtml(title, markup``, { lead: text('没有待核对的缴费。', 'No payment is in quarantine.') });
  }
  const list = tableHtml(
    [
      { head: text('文件', 'File'), kind: 'text' },
      { head: text('行号', 'Line'), kind: 'figure' },
      { head: text('票号', 'Receipt'), kind: 'text' },
      { head: text('缴费日期', 'Paid on'), kind: 'text' },
      { head: text('金额', 'Amount'), kind: 'figure' },
      { head: text('待核对原因', 'Reason'), kind: 'text' },
    ],
    rows.map(({ file, line, receipt, paid_on, amount, reason }) => [
      shownText(file),
      String(line),
      shownText(receipt),
      paid_on,
      amount === null ? null : { amount },
      QUARANTINE_REASON_NAMES[reason],
    ]),
  );
  const fields = markup`<label>${text('文件', 'File')}<input name="file" required maxlength="200" autocomplete="off"></label>
<label>${text('行号', 'Line')}<input name="line" inputmode="numeric" required maxlength="9" autocomplete="off"></label>
${reasonField(WHY_WITHOUT_IDS)}`;
  const lead = text(
    `待核对的缴费${rows.length === MOST_ROWS ? `（前 ${MOST_ROWS} 笔）` : ''}如下；核实后认为应当受理的，说明理由提出，由财政局审批。`,
    'Payments in quarantine. What should be accepted all the same is asked for with a reason; the finance bureau approves it.',
  );
  return sectionHtml(title, markup`${list}${form(viewer, 'release', year, fields, text('提出', 'Ask'))}`, { lead });
}

async function extensionForm(desk: OwnDesk, viewer: Viewer, year: number): Promise<Html> {
  const areas = (await areasOfYear(desk.database, year)).filter(({ schemes }) => schemes.includes('resident'));
  const fields = markup`<label>${text('统筹区', 'Area')}<select name="area" required>${areas.map(({ area, name }) => option(area, `${area} ${shownText(name)}`))}</select></label>
<label>${text('延至', 'Until')}<input name="until" type="date" required></label>
${DOCUMENT}`;
  const lead = text(
    '最晚至年度二月末；过期缴费按新的期限重新判定。',
    'At most to the end of February; late payments are judged again.',
  );
  const html = form(viewer, 'extend', year, fields, text('延长', 'Extend'));
  return sectionHtml(text('延长征缴期', 'Extend a collection window'), html, { lead });
}
