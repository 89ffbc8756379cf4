/** 编制预算: an area fills in a new version of its budget, item by item, beside what it is judged against. It is imported as a file is. */
import { stringify } from 'csv-stringify/sync';
import { type ComparedItem } from '../../db/compared-budget';
import { versionsOf } from '../../db/budgets';
import type { WaitingTask } from '../../db/tasks';
import { isIncome, itemsOf, partsOf } from '../../rules/vocabulary';
import { withThousands } from '../../rules/thousands';
import { importTexts } from '../../scripts/client/texts';
import { type Html, markup, text } from '../../web/text';
import { type BudgetShown, budgetShown } from '../budget-figures';
import { NotHere, type OwnDesk, type Request, viewerOf } from '../desk';
import type { Page } from '../frame';
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
  const { task, budget } = await asked(desk, viewerOf(request), request.req.query('name') ?? '');
  return formPage(task, budget, linesOf(budget), []);
}

/** The new version, imported; or the form again, with what is wrong and all that was typed. */
export async function saveBudget(desk: OwnDesk, request: Request): Promise<Page | { to: string }> {
  const viewer = viewerOf(request);
  const form = await request.req.parseBody();
  const field = (name: string): string => (typeof form[name] === 'string' ? form[name].trim() : '');
  const { task, budget } = await asked(desk, viewer, field('name'));
  const lines = linesOf(budget).map(({ part, item }) => ({
    ...{ part, item },
    amount: field(`amount.${part}.${item}`),
    reason: field(`reason.${part}.${item}`),
  }));
  const wrong = lines.flatMap(faultOf);
  if (wrong.length > 0) return formPage(task, budget, lines, wrong);
  const { year, area, scheme } = budget.of;
  const version =
    Math.max(0, ...(await versionsOf(desk.database, year, scheme, area)).map((known) => known.version)) + 1;
  const files = { 'budget_submissions.csv': fileOf(budget, version, viewer.operator, lines) };
  const report = await importTexts(desk.acting, { year, operator: viewer.operator, files });
  if ('faults' in report)
    return formPage(
      task,
      budget,
      lines,
      report.faults.map((fault) => fault.text),
    );
  return { to: `${taskLink(task.task)}&version=${version}` };
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

const plain = (amount: string): string => amount.replace(/[,，]/g, '');

function faultOf({ part, item, amount }: Line): string[] {
  if (/^(-?\d{1,16}(\.\d{1,2})?)?$/.test(plain(amount))) return [];
  return [`${partText(part).zh} ${itemText(item).zh}：“${amount}”应为金额，元，至多两位小数 (an amount in yuan)`];
}

/** An item that is left empty is 0. */
const fileOf = (
  { of: { year, area, scheme } }: BudgetShown,
  version: number,
  operator: string,
  lines: readonly Line[],
): string =>
  stringify(
    lines
      .filter(({ amount }) => amount !== '')
      .map(({ part, item, amount, reason }) => ({
        ...{ area, scheme, year, version, part, item },
        ...{ amount: plain(amount), reason, submitted_by: operator },
      })),
    {
      header: true,
      columns: ['area', 'scheme', 'year', 'version', 'part', 'item', 'amount', 'reason', 'submitted_by'],
    },
  );

function formPage(task: WaitingTask, budget: BudgetShown, lines: readonly Line[], faults: readonly string[]): Page {
  const parts = partsOf(budget.of.scheme).map((part) =>
    partHtml(
      budget,
      lines.filter((line) => line.part === part),
    ),
  );
  const body = markup`<p class="lead">${text('填好后保存为新的一版，再报送。留空的科目为 0；偏离系统测算的，写明说明。', 'Saved as a new version, which is then submitted. An item left empty is 0; say why where one is far from the estimate.')}</p>
${faults.length === 0 ? '' : markup`<div class="notice" role="alert"><p>${text('没有保存：', 'Nothing was saved:')}</p><ul>${faults.map((fault) => markup`<li>${fault}</li>`)}</ul></div>`}
<form method="post" action="/budget"><input type="hidden" name="name" value="${task.task}">
${parts}
<button type="submit">${text('保存为新的一版', 'Save as a new version')}</button> <a href="${taskLink(task.task)}">${text('不保存，回到事项', 'Back without saving')}</a>
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
