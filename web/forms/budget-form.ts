/**
 * 预算填报表: a budget of one area and scheme to fill in, each item beside the last accounts and the estimate. Its rows are known by a
 * code and its columns by their heads, so that a row that was moved is read as well (`filled-budget.ts`).
 */
import writeWorkbook, { type Cell, type Row } from 'write-excel-file/node';
import { areasOfYear } from '../../db/areas';
import { lastVersion } from '../../db/budgets';
import { comparedBudget, type ComparedItem } from '../../db/compared-budget';
import type { Queryable } from '../../db/connect';
import type { AreaSchemeYear } from '../../db/levies';
import { cycleFacts } from '../../db/results';
import { decimal } from '../../rules/money';
import {
  EXPENDITURE_ITEMS,
  INCOME_ITEMS,
  ITEM_NAMES,
  type Item,
  PART_NAMES,
  type Part,
  type Scheme,
  itemsOf,
  partsOf,
} from '../../rules/vocabulary';
import { FORM_NAMES, noticesOf } from './area-forms';
import { HEAD, LINE, amountCell, headOf, inCell } from './workbook';
import { sameBytes } from './zip-times';

/** The heads of its columns. */
export const HEADS = {
  item: '项目',
  accounts: '最近决算数',
  estimate: '系统测算数',
  amount: '本年预算数',
  reason: '说明',
  code: '科目代码',
} as const;
const WIDTHS = [30, 21, 21, 21, 40, 28];

/** What a row is about. */
export const codeOf = (part: Part, item: string): string => `${part}.${item}`;
/** Which budget a form is of. */
const markOf = ({ year, area, scheme }: AreaSchemeYear): string => `${MARK}${year}/${area}/${scheme}`;
export const MARK = '填报表编号：';

/** Every item of a scheme as the form lists them: part by part, income above expenditure. */
export const formItems = (scheme: Scheme): { part: Part; item: Item }[] =>
  partsOf(scheme).flatMap((part) =>
    [INCOME_ITEMS, EXPENDITURE_ITEMS].flatMap((side) =>
      itemsOf(scheme)
        .filter((item) => Object.hasOwn(side, item))
        .map((item) => ({ part, item })),
    ),
  );

/** The workbook, filled in with the last version that there is; null where the year has no such area and scheme. */
export async function budgetForm(db: Queryable, of: AreaSchemeYear): Promise<{ file: string; bytes: Buffer } | null> {
  const { year, area, scheme } = of;
  const named = (await areasOfYear(db, year)).find((known) => known.area === area && known.schemes.includes(scheme));
  if (named === undefined) return null;
  const version = await lastVersion(db, of);
  const items = await comparedBudget(db, of, { version, before: null, date: null });
  const cycle = await cycleFacts(db, year);
  const notices = cycle === undefined ? [] : (await noticesOf(db, cycle))(named, HOW_TO_FILL(version));
  const bytes = await formBytes(of, { notices, items });
  return { file: `${area}-${scheme}-${year}-budget-form.xlsx`, bytes };
}

const HOW_TO_FILL = (version: number): string =>
  `填“${HEADS.amount}”一栏，每个科目都填，没有的填 0；偏离测算的写明说明。${version === 0 ? '' : `已填入第 ${version} 版。`}填好后在办事台“文件”页交回。`;

export async function formBytes(
  of: AreaSchemeYear,
  { notices, items }: { notices: readonly string[]; items: readonly ComparedItem[] },
): Promise<Buffer> {
  const { year, scheme } = of;
  const mark = `${markOf(of)}　（请勿改动编号和科目代码）`;
  const data = [
    ...headOf({ title: `${year}年${FORM_NAMES[scheme]}预算填报表`, notices: [...notices, mark] }, WIDTHS),
    Object.values(HEADS).map((head): Cell => ({ value: head, ...HEAD })),
    ...partsOf(scheme).flatMap((part) => partRows(scheme, part, items)),
  ];
  const sheet = {
    ...{ sheet: '预算填报表', orientation: 'landscape' as const, showGridLines: false },
    ...{ columns: WIDTHS.map((width) => ({ width })), data },
  };
  return sameBytes(await writeWorkbook([sheet], { fontFamily: 'SimSun', fontSize: 11 }).toBuffer());
}

function partRows(scheme: Scheme, part: Part, items: readonly ComparedItem[]): Row[] {
  const heading: Row =
    partsOf(scheme).length === 1
      ? []
      : [{ value: PART_NAMES[part], ...LINE, fontWeight: 'bold', backgroundColor: '#eef2f5' }];
  const rows = formItems(scheme)
    .filter((row) => row.part === part)
    .map(({ item }) =>
      itemRow(
        part,
        item,
        items.find((row) => row.part === part && row.item === item),
      ),
    );
  return heading.length === 0 ? rows : [heading, ...rows];
}

function itemRow(part: Part, item: Item, known: ComparedItem | undefined): Row {
  const shown = (amount: string | null | undefined): Cell =>
    amount == null ? { value: '', ...LINE } : { ...(amountCell(amount) as object), ...LINE };
  const isNever = [known?.accounts, known?.estimate].every((amount) => amount == null || decimal(amount).isZero());
  const amount = known?.amount ?? (isNever ? '0' : null);
  const toFill = { ...LINE, backgroundColor: '#fffbe8' };
  return [
    { value: ITEM_NAMES[item], indent: 1, ...LINE },
    shown(known?.accounts),
    shown(known?.estimate),
    amount === null
      ? { type: Number, format: '#,##0.00', ...toFill }
      : { ...(amountCell(amount) as object), ...toFill },
    { value: inCell(known?.reason ?? ''), wrap: true, ...toFill },
    { value: codeOf(part, item), ...LINE, textColor: '#808080' },
  ];
}
