/** The act on a task: one form for each decision that is open to the person, bound to the figures on the page. */
import type { WaitingTask } from '../db/tasks';
import { type Decision, decisionsOn, needsDocument } from '../rules/decisions';
import { type Html, type Text, markup, text } from '../web/text';
import type { BudgetShown } from './budget-figures';
import { documentField, signedForm } from './form-parts';
import { budgetFormFile, budgetLink, filesLink, taskLink } from './links';
import type { Viewer } from './viewer';
import { decisionText } from './words';

export function actForms(task: WaitingTask, viewer: Viewer, budget: BudgetShown | null): Html {
  const hasNothing = task.kind === 'submit' && budget?.left.length === 0;
  const forms = hasNothing
    ? NOTHING_TO_SUBMIT
    : decisionsOn(task).map((decision) => formHtml(task, decision, viewer, budget));
  const before = preparing(task, hasNothing);
  return task.kind === 'import' ? markup`${before}${ONLY_IF_NONE}${forms}` : markup`${forms}${before}`;
}

/** What comes before the act: a new version of a budget, or files. `isNext`: nothing else can be done. */
function preparing({ kind, task, fund_year: year, of_area, of_scheme }: WaitingTask, isNext: boolean): Html {
  const files = filesLink({ year });
  if (kind === 'import') return markup`<p><a class="button" href="${files}">${BRING}</a></p>`;
  if (kind !== 'submit' || of_area === null || of_scheme === null) return markup``;
  const form = budgetFormFile({ year, area: of_area, scheme: of_scheme });
  return markup`<p><a class="button${isNext ? '' : ' quiet'}" href="${budgetLink(task)}">${COMPILE}</a> <a class="button quiet" href="${form}" download>${FILL_IN}</a> <a href="${files}">${HAND_BACK}</a></p>`;
}

const COMPILE = text('在这里编制新的一版', 'Fill in a new version here');
const FILL_IN = text('下载填报表（XLSX）', 'Download a form (XLSX)');
const HAND_BACK = text('填好后在“文件”页交回', 'Hand it back filled in');
const BRING = text('在“文件”页导入', 'Bring the files');
const ONLY_IF_NONE = markup`<p class="note">${text(
  '导入后本事项自行办结。确实没有数据可报的，才办理零报送。',
  'Once they are imported the task is done. Only where there is nothing to report, say so here.',
)}</p>`;
const NOTHING_TO_SUBMIT = markup`<p class="notice">${text(
  '还没有可报送的版本：先编制新的一版，或在“文件”页交回填报表、导入文件。',
  'Nothing to submit yet: fill in a new version, here or in a form, or import one.',
)}</p>`;

/** The versions that can be submitted, to look at each before it is. */
export function versionsHtml(task: WaitingTask, { left, version }: BudgetShown): Html {
  if (left.length < 2) return markup``;
  const links = left.map(
    (known) =>
      markup`<li><a href="${taskLink(task.task)}&version=${known}"${known === version ? markup` aria-current="true"` : ''}>${text(`第 ${known} 版`, `Version ${known}`)}</a></li>`,
  );
  return markup`<p class="meta">${text('可报送的版本：', 'Versions that can be submitted:')}</p><ul class="tabs">${links}</ul>`;
}

function formHtml(task: WaitingTask, decision: Decision, viewer: Viewer, budget: BudgetShown | null): Html {
  const { version = null, rowsHash = '' } = budget ?? {};
  const name = buttonText(task, decision, version);
  const about = { task: task.task, figuresHash: task.figures_hash };
  return signedForm(viewer, decision === 'submit' ? { ...about, version: version ?? '', rows: rowsHash } : about, {
    fields: decision === 'submit' ? markup`` : fieldsHtml(task, decision),
    buttons: markup`<button type="submit" name="decision" value="${decision}"${decision === 'return' || task.kind === 'import' ? markup` class="quiet"` : ''}>${name}</button>`,
  });
}

function buttonText({ kind }: WaitingTask, decision: Decision, version: number | null): Text {
  if (decision === 'submit') return text(`报送第 ${version ?? ''} 版`, `Submit version ${version ?? ''}`);
  return kind === 'import' ? ZERO_REPORT : decisionText(decision);
}
const ZERO_REPORT = text('零报送：没有数据可报', 'Nothing to report');

function fieldsHtml(task: WaitingTask, decision: Exclude<Decision, 'submit'>): Html {
  switch (decision) {
    case 'approve':
      return needsDocument(task) ? documentField(text('批准文号', 'Document number of the approval')) : markup``;
    case 'record':
      return documentField(text('文号', 'Document number'));
    case 'return':
      return markup`<label>${text('退回原因', 'Why it is returned')}<textarea name="note" rows="3" required maxlength="2000"></textarea></label>`;
    case 'accept':
      return markup`<label>${text('说明（可不填）', 'Remark (optional)')}<textarea name="note" rows="2" maxlength="2000"></textarea></label>`;
  }
}
