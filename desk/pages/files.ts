/** 文件: bring files, see what is wrong with them or what they would change, then import exactly these; and forms to fill in. */
import { areasOfYear } from '../../db/areas';
import type { ImportReceipt, StatedFault } from '../../db/import-reports';
import { bringsFiles } from '../../rules/file-offices';
import { shownText } from '../../rules/text';
import { ITEMS, PARTS, SCHEMES, SCHEME_NAMES } from '../../rules/vocabulary';
import { type Delivery, MOST_MEGABYTES } from '../../scripts/client/deliveries';
import { templatesFor } from '../../scripts/client/templates';
import { type Html, markup, text } from '../../web/text';
import { type OwnDesk, NotHere, type Request, viewerOf, yearOf } from '../desk';
import { reasonField, signedForm, submitButton } from '../form-parts';
import type { Page } from '../frame';
import { budgetFormFile, filesLink, templateFile, trailLink } from '../links';
import { sectionHtml, yearTabs } from '../page-parts';
import { tableHtml } from '../table';
import type { Office, Viewer } from '../viewer';
import { itemText, partText } from '../words';

/** How often a page looks how far an import is. */
const LOOKS_EVERY = 2; // seconds

export async function filesPage(desk: OwnDesk, request: Request): Promise<Page> {
  const viewer = viewerOf(request);
  const year = yearOf(request);
  const office = viewer.officeIn(year);
  if (office === undefined) throw new NotHere();
  const own = desk.deliveries.of(viewer.operator);
  const delivery = own?.by.year === year && own.state.is !== 'arriving' ? own : undefined;
  if (delivery?.isUnderWay) request.header('Refresh', String(LOOKS_EVERY));
  const body = markup`${yearTabs(viewer.years, year, (other) => filesLink({ year: other }))}
${delivery === undefined ? '' : deliveryHtml(viewer, delivery)}
${delivery?.isUnderWay ? '' : bringHtml(viewer, office)}
${await formsHtml(desk, office)}
${templatesHtml(office)}`;
  return { title: text('文件', 'Files'), body };
}

/** The form that brings them; its script sends one after the other. */
function bringHtml(viewer: Viewer, { year, role, isOpen }: Office): Html {
  if (!isOpen || !bringsFiles(role)) {
    return markup`<p class="lead">${
      isOpen
        ? text('您的岗位在这个年度不导入文件。', 'Your office brings no files in this year.')
        : text('这个年度已关账或作废，不再导入文件。', 'This year is over: it takes no more files.')
    }</p>`;
  }
  const lead = text(
    `先核对，不导入：所有问题一次列出。核对通过，看过新增多少、未变多少，再导入。可以同时选多个 CSV 文件和预算填报表（XLSX），也可以拖入；每个至多 ${MOST_MEGABYTES} MB。`,
    `They are checked first, and nothing is imported: every fault is listed at once. Then you see what they add, and import them. Several CSV files and budget forms (XLSX) at a time, ${MOST_MEGABYTES} MB each.`,
  );
  const form = markup`<form class="act" data-files>
<input type="hidden" name="year" value="${year}">
<input type="hidden" name="operator" value="${viewer.operator}">
<label class="drop">${text('选择文件，或拖到这里', 'Choose files, or drop them here')}<input type="file" name="files" multiple required accept=".csv,.json,.xlsx"></label>
<button type="submit">${text('核对', 'Check')}</button>
<p role="status"></p>
<p role="alert"></p>
</form>`;
  return sectionHtml(text('导入文件', 'Bring files'), form, { lead });
}

function deliveryHtml(viewer: Viewer, delivery: Delivery): Html {
  const { state } = delivery;
  switch (state.is) {
    case 'arriving':
      return markup``;
    case 'checking':
    case 'importing':
      return underWayHtml(delivery, state);
    case 'refused':
      return sectionHtml(
        text(`未导入：${state.faults.length} 处问题`, `Nothing was imported: ${state.faults.length} faults`),
        markup`${faultsHtml(state.faults)}${delivery.isCorrectable ? correctionForm(viewer, delivery) : ''}`,
        { lead: delivery.isCorrectable ? DIFFER : AMEND },
      );
    case 'checked':
      return sectionHtml(
        text('核对通过，尚未导入', 'In order, and not imported yet'),
        markup`${takenHtml(delivery, state.receipt)}${importForm(viewer, delivery)}`,
      );
    case 'imported':
      return markup`<p class="notice good" role="status">${text('已导入。', 'Imported.')} <a href="${trailLink({ year: delivery.by.year })}">${text('办理记录', 'The trail')}</a></p>${takenHtml(delivery, state.receipt)}`;
    case 'lost':
      return markup`<p class="notice" role="alert">${shownText(state.why)}</p>`;
  }
}

const AMEND = text(
  '什么都没有导入。请按下列各处改正文件，再核对一次。',
  'Amend the files as listed, and check them again.',
);
const DIFFER = text(
  '什么都没有导入。这些行与已导入的不同，其他没有问题。文件错了，改正文件再核对；确需更正已导入的数，写明理由更正。',
  'These rows differ from what is stored; nothing else is wrong. Amend the files, or correct what is stored and say why.',
);

function underWayHtml({ id, state }: Delivery, { progress }: { progress: string }): Html {
  const title = state.is === 'checking' ? text('正在核对', 'Being checked') : text('正在导入', 'Being imported');
  return sectionHtml(
    title,
    markup`<p role="status">${progress}</p>
<form class="act" data-post="/files/give-up"><input type="hidden" name="delivery" value="${id}"><button type="submit" class="quiet">${text('放弃', 'Give up')}</button><p role="alert"></p></form>`,
  );
}

const faultsHtml = (faults: readonly StatedFault[]): Html =>
  markup`<ol class="faults">${faults.map(({ text: words }) => markup`<li>${words}</li>`)}</ol>`;

/** What the files add, file by file. */
function takenHtml({ files, budgets }: Delivery, { files: taken, notes = [] }: ImportReceipt): Html {
  const rows = [...files].map(([file, sha256]) => {
    const counts = taken[file];
    const count = (of: 'added' | 'corrected' | 'unchanged'): string => String(counts?.[of] ?? 0);
    return [
      file,
      count('added'),
      count('corrected'),
      count('unchanged'),
      markup`<code>${(sha256 ?? '').slice(0, 12)}</code>`,
    ];
  });
  const forms = budgets.map(
    ({ form, scheme, version }) =>
      markup`<li>${shownText(form)}：${text(`${SCHEME_NAMES[scheme]}预算第 ${version} 版`, `version ${version} of the budget, ${SCHEME_NAMES[scheme]}`)}</li>`,
  );
  return markup`${tableHtml(
    [
      { head: text('文件', 'File'), kind: 'text' },
      { head: text('新增', 'Added'), kind: 'figure' },
      { head: text('更正', 'Corrected'), kind: 'figure' },
      { head: text('未变', 'Unchanged'), kind: 'figure' },
      { head: text('SHA-256', 'SHA-256'), kind: 'text' },
    ],
    rows,
  )}
${forms.length + notes.length === 0 ? '' : markup`<ul>${forms}${notes.map((note) => markup`<li>${note}</li>`)}</ul>`}`;
}

const importForm = (viewer: Viewer, delivery: Delivery): Html =>
  deliveryForm(viewer, delivery, 'import', { fields: markup``, buttons: submitButton(text('导入', 'Import')) });

const correctionForm = (viewer: Viewer, delivery: Delivery): Html =>
  deliveryForm(viewer, delivery, 'correction', {
    fields: reasonField(text('更正理由（不写个人证件号）', 'Why, without any person’s id')),
    buttons: submitButton(text('更正', 'Correct')),
  });

const deliveryForm = (
  viewer: Viewer,
  { id: delivery }: Delivery,
  as: 'import' | 'correction',
  content: { fields: Html; buttons: Html },
): Html => signedForm(viewer, { what: 'import', as, delivery }, content);

/** Forms of budgets, one for each area and scheme that the person sees. */
async function formsHtml(desk: OwnDesk, { year, area }: Office): Promise<Html> {
  const areas = (await areasOfYear(desk.database, year)).filter((known) => area === null || known.area === area);
  const links = areas.map(
    (known) =>
      markup`<li>${known.area} ${shownText(known.name)}${known.schemes.map((scheme) => markup` <a href="${budgetFormFile({ year, area: known.area, scheme })}" download>${SCHEME_NAMES[scheme]}</a>`)}</li>`,
  );
  const lead = text(
    '预算填报表（XLSX）：每个科目旁边是最近决算数和系统测算数，填好后在上面交回，成为新的一版预算。',
    'Budget forms (XLSX): each item beside the last accounts and the estimate. Handed back above, it is a new version.',
  );
  return sectionHtml(text('预算填报表', 'Budget forms'), markup`<ul class="forms">${links}</ul>`, { lead });
}

function templatesHtml({ year, role }: Office): Html {
  const templates = templatesFor(role);
  if (templates.length === 0) return markup``;
  const rows = templates.map(({ file, required, optional }) => [
    markup`<a href="${templateFile({ year, file })}" download>${file}</a>`,
    markup`<code>${[...required, ...optional].join(', ')}</code>`,
  ]);
  const lead = text(
    '空白 CSV 文件，首行是列名。用表格软件填写，另存为“CSV UTF-8（逗号分隔）”。',
    'Empty CSV files with their header. Fill them in, and save them as CSV in UTF-8, with commas.',
  );
  return sectionHtml(
    text('模板', 'Templates'),
    markup`${tableHtml(
      [
        { head: text('文件', 'File'), kind: 'text' },
        { head: text('列', 'Columns'), kind: 'text' },
      ],
      rows,
    )}${CODES}`,
    { lead },
  );
}

/** The words that the columns of the files take, for whoever fills them in. */
const CODES = markup`<details><summary>${text('代码：险种、账户、科目', 'Codes of schemes, accounts and items')}</summary>${tableHtml(
  [
    { head: text('列', 'Column'), kind: 'text' },
    { head: text('代码', 'Code'), kind: 'text' },
    { head: text('含义', 'Meaning'), kind: 'text' },
  ],
  [
    ...SCHEMES.map((scheme) => ['scheme', markup`<code>${scheme}</code>`, SCHEME_NAMES[scheme]]),
    ...PARTS.map((part) => ['part', markup`<code>${part}</code>`, partText(part)]),
    ...ITEMS.map((item) => ['item', markup`<code>${item}</code>`, itemText(item)]),
  ],
)}</details>`;
