/** 办理记录 as a table: one row for each act. */
import type { TrailLine } from '../db/trail';
import { beijingTime } from '../rules/beijing-time';
import { hasLetterOrDigit, shownText } from '../rules/text';
import { subjectText, whoText } from '../scripts/words/trail-text';
import { type Html, markup, text } from '../web/text';
import { taskLink } from './links';
import { tableHtml } from './table';
import { actName } from './words';

export function trailHtml(lines: readonly TrailLine[]): Html {
  if (lines.length === 0) return markup`<p class="note">${text('没有记录。', 'Nothing was recorded.')}</p>`;
  return tableHtml(
    [
      { head: text('时间', 'When'), kind: 'text' },
      { head: text('办理人', 'Who'), kind: 'text' },
      { head: text('办理', 'Act'), kind: 'text' },
      { head: text('事项', 'On what'), kind: 'text' },
      { head: text('文号', 'Document'), kind: 'text' },
      { head: text('原因', 'Reason'), kind: 'text' },
      { head: text('所依数字', 'Figures'), kind: 'text' },
      { head: text('签名', 'Signature'), kind: 'text' },
    ],
    lines.map((line) => [
      markup`<time>${beijingTime(line.at)}</time>`,
      whoText(line),
      markup`<span class="act">${actName(line.act)}</span>${line.voided === null ? '' : markup`<br>${text(`已作废，所依数字已变：${shownText(line.voided)}`, `void, its figures have changed: ${shownText(line.voided)}`)}`}`,
      line.task === null ? subjectText(line) : markup`<a href="${taskLink(line.task)}">${subjectText(line)}</a>`,
      said(line.document),
      said(line.reason),
      // Enough of a hash or a number to find it again.
      line.figures_hash === null ? null : markup`<code>${line.figures_hash.slice(0, 12)}</code>`,
      line.proof === null ? null : markup`<code>${line.proof.slice(0, 12)}</code>`,
    ]),
  );
}

const said = (words: string | null): string | null =>
  words === null || !hasLetterOrDigit(words) ? null : shownText(words);
