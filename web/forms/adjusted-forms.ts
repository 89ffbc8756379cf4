/** 预算调整表 of every area that has adjusted a budget: what is in force at the end of the year beside the budget of 1 January. */
import { adjustedBudgets, budgetOn } from '../../db/adjustments';
import type { Queryable } from '../../db/connect';
import { areasOfYear } from '../../db/areas';
import { surplusesOnFirstDay } from '../../db/opening';
import { cycleFacts, resultRows } from '../../db/results';
import { yuanText, zero } from '../../rules/money';
import { ITEM_NAMES, type Item, type Part, SCHEME_NAMES, type Scheme } from '../../rules/vocabulary';
import { type Amounts, type AreaWorkbook, FORM_NAMES, budgetedClosing, noticesOf } from './area-forms';
import { formOf, measureOf } from './form';
import type { SheetOf } from './workbook';

/** One workbook for each such area, with a sheet for each scheme that is adjusted. */
export async function adjustedWorkbooks(db: Queryable, year: number): Promise<AreaWorkbook[]> {
  const cycle = await cycleFacts(db, year);
  if (cycle === undefined) return [];
  const notices = await noticesOf(db, cycle);
  const openings = await surplusesOnFirstDay(db, year);
  const budgets = (await resultRows(db, 'budgets.csv', year)) as unknown as (Row & { area: string; scheme: Scheme })[];
  const adjusted = await adjustedBudgets(db, year);
  const workbooks: AreaWorkbook[] = [];
  for (const area of await areasOfYear(db, year)) {
    const sheets: SheetOf[] = [];
    for (const scheme of area.schemes) {
      const versions = adjusted.filter((version) => version.area === area.area && version.scheme === scheme);
      if (versions.length === 0) continue;
      const { adjustment, items } = await budgetOn(db, { year, scheme, area: area.area }, `${year}-12-31`);
      const opening = (part: Part) =>
        openings.find((opened) => opened.entity === area.area && opened.scheme === scheme && opened.part === part)
          ?.amount ?? zero;
      const measured = (name: string, amounts: Amounts) =>
        measureOf(name, amounts, { opening, closing: budgetedClosing(amounts, opening) });
      const before = budgets.filter((row) => row.area === area.area && row.scheme === scheme);
      const history = versions.map(({ version, from }) => `第 ${version} 版自 ${from} 起`).join('，');
      const form = formOf({
        scheme,
        title: `${year}年${FORM_NAMES[scheme]}预算调整表`,
        notices: notices(area, `历次调整：${history}；表列年末生效的第 ${adjustment ?? 0} 版`),
        measures: [
          measured(
            '调整后预算数',
            items.map((row) => ofAccount({ ...row, amount: yuanText(row.amount) })),
          ),
          measured('年初预算数', before.map(ofAccount)),
        ],
        compared: ['增减额', '增减％'],
      });
      sheets.push({ name: SCHEME_NAMES[scheme], form, kind: 'change' });
    }
    if (sheets.length > 0) workbooks.push({ file: `${area.area}-adjusted-budget.xlsx`, sheets });
  }
  return workbooks;
}

interface Row {
  part: string;
  item: Item;
  amount: string;
}
const ofAccount = ({ part, item, amount }: Row): Amounts[number] => ({ part, account: ITEM_NAMES[item], amount });
