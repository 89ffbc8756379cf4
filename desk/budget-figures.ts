/** A budget as it is decided on: item by item beside the accounts, the estimate and the version before, and what the checks said. */
import { adjustmentRequestOf } from '../db/adjustments';
import { rowsHash, unsubmittedVersions } from '../db/budgets';
import {
  type ComparedItem,
  checksOfVersion,
  comparedBudget,
  versionBefore,
  versionChecked,
  versionOfChain,
} from '../db/compared-budget';
import type { Queryable } from '../db/connect';
import type { AreaSchemeYear } from '../db/levies';
import type { WaitingTask } from '../db/tasks';
import { approvalKindOf } from '../rules/decisions';
import { isTotal } from '../rules/budget-checks';
import { decimal, sum, yuanText } from '../rules/money';
import { shownText } from '../rules/text';
import {
  BUDGET_CHECKS,
  type CheckName,
  ITEMS,
  type Item,
  PARTS,
  type Part,
  isIncome,
  isItem,
} from '../rules/vocabulary';
import { type Html, type Text, markup, same, text } from '../web/text';
import { whyLink } from './links';
import { type Cell, type Column, tableHtml } from './table';
import { cellWords, itemText, partText, resultText } from './words';

export interface BudgetShown {
  of: AreaSchemeYear;
  version: number | null; // null: nothing was imported yet, or the budget is directed
  /** What stands over its amounts; null where there are none yet. */
  name: Text | null;
  /** Of the rows of that version: who submits it signs them. */
  rowsHash: string;
  before: number | null;
  date: string | null; // of an adjustment within the year
  /** The version whose checks are shown: of one that is still to be submitted, the one before it. */
  judged: number | null;
  /** The versions that can be submitted. */
  left: number[];
  items: ComparedItem[];
}

/** The budget that a task is about, null where it is about something else; `wanted` is the version that the area looks at. */
export async function budgetShown(db: Queryable, task: WaitingTask, wanted?: string): Promise<BudgetShown | null> {
  const { fund_year: year, of_area: area, of_scheme: scheme, chain, kind } = task;
  if (area === null || scheme === null || (kind !== 'submit' && kind !== 'approve')) return null;
  const of = { year, area, scheme };
  if (approvalKindOf(chain) === 'directed_budget') return directedShown(db, of, task);
  if (approvalKindOf(chain) !== 'budget') return null;
  const adjusted = await adjustmentRequestOf(db, chain);
  const checked =
    adjusted?.version ?? (kind === 'approve' ? await versionOfChain(db, chain) : await versionChecked(db, of));
  const left = kind === 'submit' ? await unsubmittedVersions(db, of) : [];
  const version = left.find((known) => String(known) === wanted) ?? left.at(-1) ?? checked;
  const before = version === null ? null : await versionBefore(db, of, version);
  const date = adjusted?.date ?? null;
  const items = await comparedBudget(db, of, { version: version ?? 0, before, date });
  const seen = version === null ? undefined : await rowsHash(db, of, version);
  return { of, version, name: nameOf(version), rowsHash: seen ?? '', before, date, judged: checked, left, items };
}

const nameOf = (version: number | null): Text | null =>
  version === null ? null : text(`第 ${version} 版`, `Version ${version}`);

/** 以收定支: its amounts stand with the task; no version holds them before they are approved. */
async function directedShown(db: Queryable, of: AreaSchemeYear, { figures }: WaitingTask): Promise<BudgetShown> {
  const { items: amounts } = figures as { items: { part: Part; item: string; amount: string }[] };
  const known = await comparedBudget(db, of, { version: 0, before: null, date: null });
  const items = amounts.map(({ part, item, amount }): ComparedItem => {
    const compared = known.find((row) => row.part === part && row.item === item);
    return {
      part,
      item,
      amount,
      before: null,
      reason: '',
      accounts: compared?.accounts ?? null,
      estimate: compared?.estimate ?? null,
    };
  });
  const nothing = { version: null, rowsHash: '', before: null, date: null, judged: null, left: [] };
  return { of, ...nothing, name: text('以收定支', 'Directed'), items };
}

/** The items of an adjusted budget beside those in force on its day. */
export async function adjustedHtml(
  db: Queryable,
  of: AreaSchemeYear,
  { version, date }: { version: number; date: string },
): Promise<Html> {
  const items = await comparedBudget(db, of, { version, before: null, date });
  return budgetHtml({ of, name: nameOf(version), before: null, date, items });
}

/** Whether the year ends below 0 in the pooled fund: such a budget does not pass its checks. */
export function isDeficit({ items }: BudgetShown): boolean {
  const { totals } = sidesOf(items.filter(({ part, item }) => part === 'pooled' && isItem(item)));
  return decimal(totals.income.amount ?? '0').lt(totals.expenditure.amount ?? '0');
}

const less = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? null : yuanText(decimal(a).minus(decimal(b)));

/** One table for each part that has an amount, income above expenditure. */
export function budgetHtml({ of, name, before, date, items }: Versions & Pick<BudgetShown, 'of' | 'items'>): Html {
  const tables = PARTS.map((part) => ({ part, used: items.filter((row) => row.part === part && isUsed(row)) }));
  return markup`${tables.flatMap(({ part, used }) =>
    used.length === 0 ? [] : partHtml(of, { name, before, date }, part, used),
  )}`;
}

type Versions = Pick<BudgetShown, 'name' | 'before' | 'date'>;
/** A column of the table, and what stands in it. */
type ShownColumn = Column & { cell: (row: ComparedItem) => Cell };

function partHtml(of: AreaSchemeYear, versions: Versions, part: Part, items: ComparedItem[]): Html {
  const columns = columnsOf(of, versions, part);
  const cells = (row: ComparedItem): Cell[] => columns.map(({ cell }) => cell(row));
  const inOrder = [...items].sort((a, b) => ITEMS.indexOf(a.item as Item) - ITEMS.indexOf(b.item as Item));
  const { income, expenditure, totals } = sidesOf(inOrder);
  return tableHtml(columns, [...income, totals.income, ...expenditure, totals.expenditure].map(cells), {
    caption: partText(part),
    totals: [cells(surplusOf(totals.income, totals.expenditure))],
  });
}

/** The items of income and of expenditure, with the total of each. */
function sidesOf(items: readonly ComparedItem[]) {
  const income = items.filter(({ item }) => isItem(item) && isIncome(item));
  const expenditure = items.filter(({ item }) => !(isItem(item) && isIncome(item)));
  const totals = { income: totalOf('total_income', income), expenditure: totalOf('total_expenditure', expenditure) };
  return { income, expenditure, totals };
}

const itemName = ({ item }: ComparedItem): Cell =>
  isTotal(item) ? markup`<strong>${itemText(item)}</strong>` : itemText(item);
/** Whether a row says anything: most items of a personal account are always 0. */
const isUsed = (row: ComparedItem): boolean =>
  AMOUNTS.some((column) => row[column] !== null && !decimal(row[column]).isZero());

/** What is decided on stands first, where a phone shows it. */
function columnsOf(of: AreaSchemeYear, { name, before, date }: Versions, part: Part): ShownColumn[] {
  const figures = (head: Text, cell: ShownColumn['cell']): ShownColumn => ({ head, kind: 'figure', cell });
  const estimated = ({ item, estimate }: ComparedItem): Cell =>
    estimate === null || !isItem(item)
      ? plain(estimate)
      : {
          amount: estimate,
          explain: whyLink(of.year, 'estimate.estimate', { area: of.area, scheme: of.scheme, part, item }),
        };
  const isCompared = hasBefore({ before, date });
  const compared = isCompared
    ? [
        figures(text('变动', 'Change'), (row) => changeHtml(less(row.amount, row.before))),
        figures(beforeText({ before, date }), (row) => plain(row.before)),
      ]
    : [];
  const decided = name === null ? [] : [figures(name, ({ amount }) => plain(amount)), ...compared];
  const reasons = {
    head: text('说明', 'Reason'),
    kind: 'text',
    cell: ({ reason }) => shownText(reason),
  } satisfies ShownColumn;
  return [
    { head: text('科目', 'Item'), kind: 'text', cell: itemName },
    ...decided,
    figures(text('系统测算', 'Estimate'), estimated),
    figures(text('最近决算', 'Last accounts'), ({ accounts }) => plain(accounts)),
    ...(name === null ? [] : [reasons]),
  ];
}

const hasBefore = ({ before, date }: Pick<Versions, 'before' | 'date'>): boolean => before !== null || date !== null;
const beforeText = ({ before, date }: Pick<Versions, 'before' | 'date'>): Text =>
  date === null ? text(`第 ${before ?? ''} 版`, `Version ${before ?? ''}`) : text('调整前生效预算', 'In force before');
const plain = (amount: string | null): Cell => (amount === null ? null : { amount });

/** What was put up or down, by colour and by sign. */
function changeHtml(change: string | null): Cell {
  if (change === null || decimal(change).isZero()) return null;
  const isUp = !change.startsWith('-');
  return markup`<span class="${isUp ? 'up' : 'down'}">${isUp ? '+' : ''}${cellWords('amount', change)}</span>`;
}

const AMOUNTS = ['accounts', 'estimate', 'before', 'amount'] as const;

/** The sums of a column; one without any amount has none. */
function totalOf(item: string, rows: readonly ComparedItem[]): ComparedItem {
  const sums = AMOUNTS.map((column) => {
    const amounts = rows.flatMap((row) => row[column] ?? []);
    return [column, amounts.length === 0 ? null : yuanText(sum(amounts.map(decimal)))];
  });
  return { part: 'pooled', item, reason: '', ...Object.fromEntries(sums) } as ComparedItem;
}
function surplusOf(income: ComparedItem, expenditure: ComparedItem): ComparedItem {
  const cells = AMOUNTS.map((column) => [column, less(income[column], expenditure[column])]);
  return { part: 'pooled', item: 'surplus', reason: '', ...Object.fromEntries(cells) } as ComparedItem;
}

/** 预算审核 of the version, what failed first. */
export async function checksHtml(
  db: Queryable,
  { of, judged: version }: Pick<BudgetShown, 'of' | 'judged'>,
): Promise<Html | null> {
  if (version === null) return null;
  const stored = await checksOfVersion(db, of, version);
  if (stored.length === 0) return null;
  const order = ['fail', 'warn', 'pass'];
  const rows = [...stored].sort((a, b) => order.indexOf(a.result) - order.indexOf(b.result));
  return tableHtml(
    [
      { head: text('审核项', 'Check'), kind: 'text' },
      { head: text('结果', 'Result'), kind: 'text' },
      { head: text('审核数', 'Figure'), kind: 'figure' },
    ],
    rows.map(({ check, result, figure }) => [
      checkText(check, result),
      markup`<span class="result ${result}">${resultText(result)}</span>`,
      figure === ''
        ? null
        : {
            amount: figure,
            explain: whyLink(of.year, 'budget_checks.figure', { area: of.area, scheme: of.scheme, version, check }),
          },
    ]),
  );
}

function checkText(check: string, result: string): Text {
  const { zh, failed } = BUDGET_CHECKS[check as CheckName];
  return result === 'fail' ? text(`${zh}：${failed}`, `${zh}：${failed}`) : same(zh);
}
