/** The figures that a person decides on, as they were stored with the task: lists as tables, the others as terms. */
import type { WaitingTask } from '../db/tasks';
import { approvalKindOf } from '../rules/decisions';
import { waysText } from '../rules/returned-version';
import { shownText } from '../rules/text';
import { BUDGET_CHECKS, type CheckName } from '../rules/vocabulary';
import { FINDINGS } from '../rules/findings';
import { own } from '../rules/own';
import type { WayOut } from '../rules/way-out';
import { spaced } from '../scripts/words/value-text';
import { type Html, type Text, markup, same, text } from '../web/text';
import { whyLink } from './links';
import { type Cell, type Column, tableHtml } from './table';
import { cellWords, figureText, inOrder, isNumber, itemText } from './words';

type Row = Record<string, unknown>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** What a task without figures was opened with. */
const NONE = markup`<p class="note">${text('本事项没有附数字。', 'No figures were kept with this task.')}</p>`;

/** A task with the figures that it was opened with. */
type Figured = Pick<WaitingTask, 'figures' | 'chain' | 'fund_year' | 'of_scheme'>;

export function figuresHtml(task: Figured, names: ReadonlyMap<string, string>, but: readonly string[] = []): Html {
  if (!isRow(task.figures)) return NONE;
  const entries = Object.entries(task.figures).filter(
    ([name, value]) => !isEmpty(value) && ![...OF_THE_PROGRAM, ...but].includes(name),
  );
  const worded = entries.map(([name, value]): [string, unknown] =>
    name === 'ways' ? [name, waysText(value as WayOut[])] : [name, value],
  );
  const lists = worded.filter(([, value]) => isListOfRows(value)) as [string, Row[]][];
  const terms = worded.filter(([, value]) => !isListOfRows(value));
  return markup`${termsHtml(terms, names)}${lists.map(([name, rows]) => listHtml(task, name, rows, names))}`;
}
/** Names of other tasks: what was returned stands below, with who did it. */
const OF_THE_PROGRAM = ['returned', '退回事项'];

const isListOfRows = (value: unknown): boolean => Array.isArray(value) && isRow(value[0]);

function termsHtml(terms: readonly [string, unknown][], names: ReadonlyMap<string, string>): Html {
  if (terms.length === 0) return markup``;
  const rows = terms.map(
    ([name, value]) => markup`<div><dt>${figureText(name)}</dt><dd>${termHtml(name, value, names)}</dd></div>`,
  );
  return markup`<dl class="terms">${rows}</dl>`;
}

/** A long list stands line by line: the sentences on deviations, the targets. */
function termHtml(name: string, value: unknown, names: ReadonlyMap<string, string>): Html {
  if (isRow(value)) return termsHtml(Object.entries(value), names);
  if (!Array.isArray(value)) return markup`${named(name, value, names)}`;
  const lines = value.map((each: unknown) => markup`<li>${spaced(named(name, each, names))}</li>`);
  // The remedies stand in the order in which they are to be tried.
  return name === 'remedies' ? markup`<ol>${lines}</ol>` : markup`<ul>${lines}</ul>`;
}

/** A code with the name of what it stands for. */
function named(name: string, value: unknown, names: ReadonlyMap<string, string>): string {
  const place = typeof value === 'string' ? names.get(value) : undefined;
  return place === undefined ? cellWords(name, value) : `${String(value)} ${shownText(place)}`;
}

/** Which columns come first. */
const FIRST = ['area', 'scheme', 'part', 'item', 'unit', 'name', 'kind', 'code', 'check'];
/** What every row repeats, or what only the program needs. */
const LEFT_OUT = ['fund_year', 'because'];

function listHtml(task: Figured, name: string, rows: readonly Row[], names: ReadonlyMap<string, string>): Html {
  const all = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
    (column) => !LEFT_OUT.includes(column) && rows.some((row) => !isEmpty(row[column])),
  );
  const shown = [
    ...FIRST.filter((column) => all.includes(column)),
    ...inOrder(all.filter((column) => !FIRST.includes(column))),
  ];
  const columns = shown.map((column): Column => ({
    head: figureText(column),
    kind: rows.every((row) => isEmpty(row[column]) || isNumber(column, String(row[column]))) ? 'figure' : 'text',
  }));
  const cells = rows.map((row) => shown.map((column) => cellOf(task, column, row, names)));
  return tableHtml(columns, cells, { caption: listText(task, name) });
}

const LISTS: Record<string, Text> = {
  rows: text('明细', 'lines'),
  levies: text('上解清算', 'levies'),
  units: text('医药机构清算', 'units'),
  differences: text('差异', 'differences'),
  items: text('科目', 'items'),
  checks: text('审核', 'checks'),
};
const listText = ({ chain }: Figured, name: string): Text =>
  name === 'rows' && approvalKindOf(chain) === 'settlement'
    ? text('缺口分担', 'sharing of gaps')
    : (own(LISTS, name) ?? figureText(name));

/** Figures of a settlement that are explained by their own name. */
const SHARING = [
  ...['income', 'expenditure', 'levy', 'gap', 'own_surplus', 'residual', 'managerial', 'general'],
  ...['alpha', 'entitled', 'fund_share', 'area_share'],
];
const LEVY = ['base', 'rate', 'uncapped', 'levy', 'true_up', 'prepaid'];

function cellOf(task: Figured, column: string, row: Row, names: ReadonlyMap<string, string>): Cell {
  const value = row[column];
  if (isEmpty(value)) return null;
  if (column === 'item') return itemText(String(value));
  if (column === 'check') return same(BUDGET_CHECKS[String(value) as CheckName].zh);
  if (column === 'code') return same(own<{ zh: string }>(FINDINGS, String(value))?.zh ?? String(value));
  if (!isNumber(column, String(value))) return spaced(named(column, value, names));
  return { amount: String(value), explain: whyOf(task, column, row) };
}

function whyOf(
  { fund_year: year, chain, of_scheme: scheme }: Figured,
  column: string,
  { area }: Row,
): string | undefined {
  if (approvalKindOf(chain) !== 'settlement' || scheme === null || typeof area !== 'string') return undefined;
  const isOfLevies = !SHARING.includes(column) || column === 'true_up';
  if (isOfLevies && !LEVY.includes(column)) return undefined;
  return whyLink(year, `${isOfLevies ? 'levy' : 'sharing'}.${column}`, { area, scheme });
}
