/** Writes the budget forms, filled in or to be, final accounts, clearing tables and agreement sheets of a year as XLSX, beside the result files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { budgetsToFill } from '../../db/budgets';
import type { Queryable } from '../../db/connect';
import { adjustedWorkbooks } from '../../web/forms/adjusted-forms';
import { agreementWorkbooks } from '../../web/forms/agreement-forms';
import { areaWorkbooks } from '../../web/forms/area-forms';
import { budgetForm } from '../../web/forms/budget-form';
import { clearingWorkbooks } from '../../web/forms/clearing-forms';
import { regionWorkbooks } from '../../web/forms/region-forms';
import { tableWorkbookOf, workbookOf } from '../../web/forms/workbook';
import { writing } from '../client/out-folder';

/**
 * Writes `xlsx/<area>-budget.xlsx`, `-adjusted-budget.xlsx`, `-final-accounts.xlsx`, `-clearing.xlsx`, `-agreement.xlsx` and
 * `xlsx/region-budget.xlsx` below a folder, and `xlsx/<area>-<scheme>-<year>-budget-form.xlsx` of each budget that is to be filled in.
 * Returns their names there.
 */
export const writeForms = (db: Queryable, year: number, folder: string): Promise<string[]> =>
  writing(folder, () => writeFiles(db, year, folder));

async function writeFiles(db: Queryable, year: number, folder: string): Promise<string[]> {
  const workbooks = [
    ...(await areaWorkbooks(db, year)),
    ...(await adjustedWorkbooks(db, year)),
    ...(await agreementWorkbooks(db, year)),
    ...(await regionWorkbooks(db, year)),
  ];
  if (workbooks.length > 0) mkdirSync(join(folder, 'xlsx'), { recursive: true });
  const names: string[] = [];
  for (const { file, sheets } of workbooks) {
    const name = `xlsx/${file}`;
    writeFileSync(join(folder, name), await workbookOf(sheets));
    names.push(name);
  }
  for (const { file, sheets } of await clearingWorkbooks(db, year)) {
    const name = `xlsx/${file}`;
    writeFileSync(join(folder, name), await tableWorkbookOf(sheets));
    names.push(name);
  }
  for (const fund of await budgetsToFill(db, year)) {
    const form = await budgetForm(db, { year, ...fund });
    if (form === null) continue;
    const name = `xlsx/${form.file}`;
    mkdirSync(join(folder, 'xlsx'), { recursive: true });
    writeFileSync(join(folder, name), form.bytes);
    names.push(name);
  }
  return names;
}
