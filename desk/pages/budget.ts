/** 编制预算: an area fills in a new version of its budget, item by item, beside what it is judged against. It is imported as a file is. */
import type { ComparedItem } from '../../db/compared-budget';
import type { WaitingTask } from '../../db/tasks';
import { typedYuan } from '../../rules/money';
import { shownText } from '../../rules/text';
import { withThousands } from '../../rules/thousands';
import { isIncome, itemsOf, partsOf } from '../../rules/vocabulary';
import { saveVersion } from '../../scripts/client/budget-version';
import { type Html, markup, text } from '../../web/text';
import { fieldsOf, refuseOther, textOf } from '../body';
import { type BudgetShown, budgetShown } from '../budget-figures';
import { NotHere, type OwnDesk, type Request, viewerOf } from '../desk';
import type { Page } from '../frame';
import { Refused } from '../json';
import { taskLink } from '../links';
import { type Cell, tableHtml } from '../table';
import type { Viewer } from '../viewer';
import { itemText, partText } from '../words';
import { isOwn, placeOf, tasksSeen } from './tasks';

interface Line {
  part: ComparedItem['part'];
  item: string;
  amount: string;
  reason: string;
}

export async function budgetPage(desk: OwnDesk, request: Request): Promise<Page> {
  const viewer = viewerOf(request);
  const { task, budget } = await asked(desk, viewer, request.req.query('name') ?? '');
  return formPage(viewer, task, budget, linesOf(budget));
}

/** Imports what was typed as a new version. Refused, nothing is stored, and the page keeps all that was typed. */
export async function saveBudget(desk: OwnDesk, request: Request): Promise<{ to: string }> {
  const viewer = viewerOf(request);
  const fields = await fieldsOf(request);
  refuseOther(viewer, fields);
  const { task, budget } = await asked(desk, viewer, textOf(fields, 'name'));
  const lines = linesOf(budget).map(({ part, item }) => ({
    ...{ part, item },
    amount: textOf(fields, `amount.${part}.${item}`).trim(),
    reason: textOf(fields, `reason.${part}.${item}`).trim(),
  }));
  refuse(lines.flatMap(faultOf));
  const read = lines.map((line) => ({ ...line, amount: typedYuan(line.amount) }));
  const saved = await saveVersion(desk.acting, budget.of, viewer.operator, read);
  if ('faults' in saved) throw refusalOf(saved.faults);
  return { to: `${taskLink(task.task)}&version=${saved.version}` };
}

const refusalOf = (faults: readonly string[]): Refused =>
  new Refused(['没有保存 (nothing was saved)：', ...faults].join('\n'));
function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw refusalOf(faults);
}

/** A task to submit a budget, which is the person's own. */
async function asked(desk: OwnDesk, viewer: Viewer, name: string): Promise<{ task: WaitingTask; budget: BudgetShown }> {
  const task = (await tasksSeen(desk, viewer)).find((known) => known.task === name);
  if (task?.kind !== 'submit' || !isOwn(task, viewer)) throw new NotHere();
  const budget = await budgetShown(desk.database, task);
  if (budget === null) throw new NotHere();
  return { task, budget };
}

/** Every item of the scheme, filled in with the version before or, before the first, with the estimate. */
function linesOf({ of: { scheme }, version, items }: BudgetShown): Line[] {
  const column = version === null ? 'estimate' : 'amount';
  return partsOf(scheme).flatMap((part) =>
    itemsOf(scheme).map((item) => {
      const known = items.find((row) => row.part === part && row.item === item);
      return { part, item, amount: known?.[column] ?? '', reason: version === null ? '' : (known?.reason ?? '') };
    }),
  );
}

/** An item that is left empty is 0. */
function faultOf({ part, item, amount }: Line): string[] {
  if (amount === '' || typedYuan(amount) !== null) return [];
  return [
    `${partText(part).zh} ${itemText(item).zh}：“${shownText(amount)}”应为金额，元，至多两位小数 (an amount in yuan)`,
  ];
}

function formPage({ operator }: Viewer, task: WaitingTask, budget: BudgetShown, lines: readonly Line[]): Page {
  const parts = partsOf(budget.of.scheme).map((part) =>
    partHtml(
      budget,
      lines.filter((line) => line.part === part),
    ),
  );
  const body = markup`<p class="lead">${text('填好后保存为新的一版，再报送。留空的科目为 0；偏离系统测算的，写明说明。', 'Saved as a new version, which is then submitted. An item left empty is 0; say why where one is far from the estimate.')}</p>
<form data-post="/budget"><input type="hidden" name="operator" value="${operator}"><input type="hidden" name="name" value="${task.task}">
${parts}
<button type="submit">${text('保存为新的一版', 'Save as a new version')}</button> <a href="${taskLink(task.task)}">${text('不保存，回到事项', 'Back without saving')}</a>
<p role="alert"></p>
</form>`;
  return {
    title: text(`${placeOf(task)}编制预算`, `${placeOf(task)}budget`),
    body,
  };
}

function partHtml({ items }: BudgetShown, lines: readonly Line[]): Html {
  const rows = [...lines.filter(isOfIncome), ...lines.filter((line) => !isOfIncome(line))].map((line): Cell[] => {
    const { part, item, amount, reason } = line;
    const known = items.find((row) => row.part === part && row.item === item);
    const name = itemText(item);
    return [
      name,
      known?.accounts == null ? null : { amount: known.accounts },
      known?.estimate == null ? null : { amount: known.estimate },
      markup`<input class="amount" name="amount.${part}.${item}" value="${withThousands(amount)}" inputmode="decimal" maxlength="24" aria-label="${name.zh}" autocomplete="off">`,
      markup`<input name="reason.${part}.${item}" value="${reason}" maxlength="2000" aria-label="${name.zh} 说明" autocomplete="off">`,
    ];
  });
  return tableHtml(
    [
      { head: text('科目', 'Item'), kind: 'text' },
      { head: text('最近决算', 'Last accounts'), kind: 'figure' },
      { head: text('系统测算', 'Estimate'), kind: 'figure' },
      { head: text('金额（元）', 'Amount, yuan'), kind: 'figure' },
      { head: text('说明', 'Reason'), kind: 'text' },
    ],
    rows,
    { caption: partText(lines[0]?.part ?? 'pooled') },
  );
}
const isOfIncome = ({ item }: Line): boolean => isIncome(item as Parameters<typeof isIncome>[0]);
