/** Writing the result files of CONTRACT 3: fixed columns, sorted by their key columns, the same bytes every time. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { archiveOf } from '../../db/archive';
import type { Queryable } from '../../db/connect';
import { type ResultFile, type ResultRow, cycleFacts, resultRows } from '../../db/results';
import { writing } from './out-folder';

/** The columns of each file, and those by which its rows are sorted. */
export const FILES: Record<ResultFile, { columns: string; sortedBy: string }> = {
  'collection.csv': {
    columns:
      'area,registered,paid,due,collected,aid,progress,low_income_rate,accepted_rows,quarantined_rows,quarantined_amount,tax_rows,tax_amount,difference',
    sortedBy: 'area',
  },
  'quarantine.csv': { columns: 'file,line,receipt,reason', sortedBy: 'file,line' },
  'subsidy.csv': { columns: 'area,banner,level,due,arrived,missing,settlement', sortedBy: 'area,banner,level' },
  'budget_checks.csv': { columns: 'area,scheme,version,check,result,figure', sortedBy: 'area,scheme,version,check' },
  'budgets.csv': { columns: 'area,scheme,part,item,amount,origin,version', sortedBy: 'area,scheme,part,item' },
  'risk.csv': { columns: 'area,scheme,month,accumulated_surplus,months_payable,level', sortedBy: 'area,scheme,month' },
  'levy.csv': { columns: 'scheme,area,estimate_base,prepaid,base,rate,uncapped,levy,true_up', sortedBy: 'scheme,area' },
  'sharing.csv': {
    columns:
      'scheme,area,income,expenditure,levy,gap,own_surplus,residual,managerial,general,alpha,entitled,fund_share,area_share,cause',
    sortedBy: 'scheme,area',
  },
  'journal.csv': {
    columns: 'entry,date,fund_year,entity,scheme,part,account,debit,credit,key,basis',
    sortedBy: 'date,entity,scheme,part,key,account',
  },
  'balances.csv': { columns: 'entity,scheme,part,account,balance,at_year_end', sortedBy: 'entity,scheme,part,account' },
  'evaluation.csv': { columns: 'area,scheme,indicator,value,score', sortedBy: 'area,scheme,indicator' },
  'findings.csv': { columns: 'code,area,scheme,month,figure,text', sortedBy: 'code,area,scheme,month,figure,text' },
  'estimate.csv': { columns: 'area,scheme,part,item,trend,factors,estimate', sortedBy: 'area,scheme,part,item' },
  'rates.csv': { columns: 'area,employer_rate,grounds,next_rate', sortedBy: 'area' },
  'region_budget.csv': { columns: 'scheme,part,item,amount', sortedBy: 'scheme,part,item' },
  'adjusted_budgets.csv': {
    columns: 'area,scheme,version,part,item,amount,from',
    sortedBy: 'area,scheme,version,part,item',
  },
  'execution.csv': {
    columns: 'area,scheme,quarter,part,item,budget,budget_in_force,actual,ratio',
    sortedBy: 'area,scheme,quarter,part,item',
  },
  'premium_sources.csv': { columns: 'area,source,amount', sortedBy: 'area,source' },
  'enrolment.csv': { columns: 'area,class,count,persons', sortedBy: 'area,class,count' },
  'monitoring.csv': {
    columns: 'area,month,class,persons,flagged,flagged_to_date,answered,recognised,help,overdue',
    sortedBy: 'area,month,class',
  },
  'performance.csv': { columns: 'area,scheme,indicator,target,value,reached', sortedBy: 'area,scheme,indicator' },
  'total_budget.csv': {
    columns: 'area,scheme,unit,kind,weight,budget,incurred,paid,retained,entitled,fund_share,payable,clearing',
    sortedBy: 'area,scheme,unit',
  },
  'final_accounts.csv': { columns: 'area,scheme,part,line,budget,amount', sortedBy: 'area,scheme,part,line' },
  'agreement.csv': {
    columns: 'area,scheme,part,account,date,books,bank,difference',
    sortedBy: 'area,scheme,part,account,date',
  },
};

export const RESULT_FILES = Object.keys(FILES) as ResultFile[];

/** Text order is by Unicode code point, never a locale's (READINGS 2): UTF-8 bytes have that order. */
const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const NUMBERED = ['version', 'month', 'quarter', 'line', 'count'];
/** The lines of final accounts have names, those of files numbers; a finding may have no month. */
const isNumber = (key: string, cell: string | number): boolean => NUMBERED.includes(key) && /^\d*$/.test(String(cell));

function compareRows(keys: readonly string[]): (a: ResultRow, b: ResultRow) => number {
  return (a, b) => {
    for (const key of keys) {
      const [x, y] = [a[key] ?? '', b[key] ?? ''];
      const order = isNumber(key, x) && isNumber(key, y) ? Number(x) - Number(y) : byCodePoint(String(x), String(y));
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** Numbers entries in the order of the file: the order of commits differs from run to run. */
function numberEntries(rows: ResultRow[]): void {
  let entry = 0;
  let last = '';
  for (const row of rows) {
    const identity = [row.date, row.entity, row.scheme, row.part, row.key].join('\n');
    if (identity !== last) entry += 1;
    last = identity;
    row.entry = entry;
  }
}

/** The rows of one file as they are written: sorted, and journal entries numbered. */
export async function sortedRows(db: Queryable, file: ResultFile, year: number): Promise<ResultRow[]> {
  const rows = (await resultRows(db, file, year)).sort(compareRows(FILES[file].sortedBy.split(',')));
  if (file === 'journal.csv') numberEntries(rows);
  return rows;
}

/** Writes every result file of a fund year into a folder, creating it when needed. Returns the names of the files. */
export const writeResults = (db: Queryable, year: number, folder: string): Promise<string[]> =>
  writing(folder, () => writeFiles(db, year, folder));

async function writeFiles(db: Queryable, year: number, folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  // Its rows are the payments themselves. An empty file would say that none is quarantined.
  const isArchived = (await archiveOf(db, year)) !== undefined;
  const files = RESULT_FILES.filter((file) => file !== 'quarantine.csv' || !isArchived);
  for (const file of files) {
    const columns = FILES[file].columns.split(',');
    const rows = await sortedRows(db, file, year);
    writeFileSync(join(folder, file), stringify(rows, { header: true, columns }));
  }
  writeFileSync(join(folder, 'cycle.json'), `${JSON.stringify(await cycleFacts(db, year), null, 1)}\n`);
  return [...files, 'cycle.json'];
}
