/** 自治区汇总预算表: the budgets of all areas on 1 January summed by item, without what areas and region pay each other. */
import type { Queryable } from '../../db/connect';
import { executedItems } from '../../db/history';
import { surplusesOnFirstDay } from '../../db/opening';
import { cycleFacts, resultRows } from '../../db/results';
import { decimal, sum, yuanText } from '../../rules/money';
import {
  ITEM_NAMES,
  ITEMS,
  LEVEL_ITEMS,
  type Part,
  REGION,
  SCHEMES,
  SCHEME_NAMES,
  partsOf,
} from '../../rules/vocabulary';
import { type Amounts, type AreaWorkbook, FORM_NAMES, budgetedClosing, noticesOf } from './area-forms';
import { formOf, measureOf } from './form';
import type { SheetOf } from './workbook';

/** One workbook with a sheet for each scheme; none before the region has summed the budgets. */
export async function regionWorkbooks(db: Queryable, year: number): Promise<AreaWorkbook[]> {
  const cycle = await cycleFacts(db, year);
  const budgets = (await resultRows(db, 'region_budget.csv', year)) as unknown as (Amounts[number] & {
    scheme: string;
    item: string;
  })[];
  if (cycle === undefined || budgets.length === 0) return [];
  const notices = await noticesOf(db, cycle);
  const openings = (await surplusesOnFirstDay(db, year)).filter(({ entity }) => entity !== REGION);
  const executed = await executedItems(db, year, year - 1);
  const region = { area: REGION, name: '自治区' };

  const sheets = SCHEMES.flatMap((scheme): SheetOf[] => {
    const own = budgets.filter((row) => row.scheme === scheme);
    if (own.length === 0) return [];
    const budget = own.map(({ part, item, amount }) => ({ part, account: ITEM_NAMES[item as 'premium'], amount }));
    const before = partsOf(scheme).flatMap((part) =>
      ITEMS.filter((item) => !LEVEL_ITEMS.includes(item)).map((item) => ({
        part,
        account: ITEM_NAMES[item],
        amount: yuanText(
          sum(
            executed
              .filter((row) => row.scheme === scheme && row.part === part && row.item === item)
              .map((row) => decimal(row.amount)),
          ),
        ),
      })),
    );
    const opening = (part: Part) =>
      sum(openings.filter((row) => row.scheme === scheme && row.part === part).map(({ amount }) => amount));
    const form = formOf({
      scheme,
      title: `${year}年${FORM_NAMES[scheme]}自治区汇总预算表`,
      notices: notices(
        region,
        '各统筹区年初预算之和，上下级往来已抵销；上年结余为各统筹区 1 月 1 日余额之和，不含调剂金',
      ),
      measures: [
        measureOf(`${year}年预算数`, budget, { opening, closing: budgetedClosing(budget, opening) }),
        measureOf(`${year - 1}年执行数`, before, { opening: () => null, closing: opening }),
      ],
      compared: ['增减额', '增减％'],
    });
    return [{ name: SCHEME_NAMES[scheme], form, kind: 'change' }];
  });
  return [{ file: 'region-budget.xlsx', sheets }];
}
