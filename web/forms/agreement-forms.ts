/** 账实核对表 of every area and of the adjustment funds: each line of bank or treasury beside the books. */
import type { Queryable } from '../../db/connect';
import { areasOfYear } from '../../db/areas';
import { type ResultRow, cycleFacts, resultRows } from '../../db/results';
import { decimal } from '../../rules/money';
import { PARTS, PART_NAMES, REGION, SCHEMES, SCHEME_NAMES } from '../../rules/vocabulary';
import { type AreaWorkbook, noticesOf } from './area-forms';
import type { Form, Line } from './form';

const cell = (row: ResultRow, column: string): string => String(row[column]);

/** Accounts in the order of their names, and each by its dates. */
const byAccount = (a: ResultRow, b: ResultRow): number => {
  const [x, y] = [a, b].map((row) => Buffer.from(`${cell(row, 'account')} ${cell(row, 'date')}`));
  return Buffer.compare(x as Buffer, y as Buffer);
};

function agreementForm(title: string, notices: readonly string[], rows: readonly ResultRow[]): Form {
  const parts = PARTS.filter((part) => rows.some((row) => row.part === part));
  const lines = parts.flatMap((part): Line[] => [
    { name: PART_NAMES[part], weight: 'heading', amounts: [] },
    ...rows
      .filter((row) => row.part === part)
      .sort(byAccount)
      .map((row): Line => ({
        name: `${cell(row, 'account')} ${cell(row, 'date')}`,
        weight: 'item',
        amounts: [decimal(cell(row, 'books')), decimal(cell(row, 'bank'))],
      })),
  ]);
  const columns = ['账面数', '银行、国库数'].map((group) => ({ group, part: '' }));
  return { title, notices, columns, compared: ['差额', '—'], lines };
}

/** A workbook for each area on which bank or treasury have reported anything, and likewise one for the region. */
export async function agreementWorkbooks(db: Queryable, year: number): Promise<AreaWorkbook[]> {
  const cycle = await cycleFacts(db, year);
  if (cycle === undefined) return [];
  const rows = await resultRows(db, 'agreement.csv', year);
  const notices = await noticesOf(db, cycle);
  const books = [...(await areasOfYear(db, year)), { area: REGION, name: '自治区调剂金' }];
  return books.flatMap((of) => {
    const sheets = SCHEMES.flatMap((scheme) => {
      const own = rows.filter((row) => row.area === of.area && row.scheme === scheme);
      if (own.length === 0) return [];
      const title = `${year}年${SCHEME_NAMES[scheme]}基金账实核对表`;
      const form = agreementForm(title, notices(of, '差额为银行、国库数减账面数'), own);
      return [{ name: SCHEME_NAMES[scheme], form, kind: 'agreement' as const }];
    });
    return sheets.length === 0 ? [] : [{ file: `${of.area}-agreement.xlsx`, sheets }];
  });
}
