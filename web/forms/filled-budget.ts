/**
 * Reads a filled-in 预算填报表 cell by cell. An amount is what the spreadsheet shows, to the fen: a spreadsheet writes a number as a binary
 * fraction in decimal digits (2.3 as 2.2999999999999998), of which the first fifteen are those that were typed.
 */
import { strFromU8, unzipSync, zipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import type { AreaSchemeYear } from '../../db/levies';
import { decimal, typedYuan, yuanText } from '../../rules/money';
import { EXPECTED_TEXT, isRemark, shownText } from '../../rules/text';
import { ITEM_NAMES, PART_NAMES, type Part, SCHEMES } from '../../rules/vocabulary';
import { HEADS, MARK, codeOf, formItems } from './budget-form';

interface FilledLine {
  part: Part;
  item: string;
  amount: string; // yuan, to the fen
  reason: string;
}
export type FilledBudget = { of: AreaSchemeYear; lines: FilledLine[] } | { faults: string[] };

/** A number as the sheet has it. */
class SheetNumber {
  constructor(readonly digits: string) {}
}
type CellRead = string | boolean | SheetNumber | Date | null;
type Row = readonly CellRead[];

/** What a form may unpack to, as its archive says: one is some tens of kilobytes. */
const MOST_UNPACKED = 20_000_000; // bytes

export async function filledBudget(bytes: Buffer): Promise<FilledBudget> {
  const rows = await rowsOf(bytes);
  if (rows === null) return { faults: [NO_FORM] };
  const of = budgetMarked(rows);
  if (of === null) return { faults: [NO_FORM] };
  const head = rows.findIndex((row) => row.includes(HEADS.code));
  const column = (name: keyof typeof HEADS): number => (rows[head] ?? []).indexOf(HEADS[name]);
  const missing = (['amount', 'reason', 'code'] as const).filter((name) => column(name) === -1);
  if (missing.length > 0)
    return { faults: missing.map((name) => `没有“${HEADS[name]}”一列：请用原表填写 (no such column)`) };
  const sheet = new FilledSheet(rows, head + 1, {
    ...{ amount: column('amount'), reason: column('reason'), code: column('code') },
  });
  const lines = sheet.linesOf(formItems(of.scheme));
  return sheet.faults.length > 0 ? { faults: sheet.faults } : { of, lines };
}

const NO_FORM =
  '不是预算填报表：请在办事台“文件”页下载本年度的填报表，填好后存为 XLSX (not a budget form: download it, fill it in, save it as XLSX)';

/** The first sheet; null where the file is no workbook, or one that no form would be. */
async function rowsOf(bytes: Buffer): Promise<Row[] | null> {
  try {
    let unpacked = 0;
    unzipSync(bytes, { filter: ({ originalSize }) => ((unpacked += originalSize), false) });
    if (unpacked > MOST_UNPACKED) return null;
    // No entry becomes longer than it says, and the library gets these entries: it would believe an archive that lies.
    const entries = unzipSync(bytes);
    if (Object.values(entries).some(hasFarCell)) return null;
    const options = { parseNumber: (digits: string) => new SheetNumber(digits) };
    return (await readSheet<SheetNumber>(Buffer.from(zipSync(entries)), 1, options)) as unknown as Row[];
  } catch {
    return null; // whatever is wrong with bytes that are no workbook
  }
}

/** The library lays a sheet out in memory as far as its last cell: none may be beyond ZZ9999. */
const hasFarCell = (entry: Uint8Array): boolean =>
  [...strFromU8(entry).matchAll(/\sr\s*=\s*(["'])(.*?)\1/gs)].some(
    ([, , place = '']) => !/^[A-Za-z]{0,2}\d{0,4}$/.test(place),
  );

function budgetMarked(rows: readonly Row[]): AreaSchemeYear | null {
  const cells = rows.flat().filter((cell): cell is string => typeof cell === 'string');
  for (const cell of cells) {
    const [, year, area, word] = new RegExp(`^${MARK}(\\d{4})/([0-9A-Za-z]{1,20})/([a-z]+)(?![a-z])`).exec(cell) ?? [];
    const scheme = SCHEMES.find((known) => known === word);
    if (scheme !== undefined && area !== undefined) return { year: Number.parseInt(year ?? '', 10), area, scheme };
  }
  return null;
}

/** The rows below the heads, each known by its code. */
class FilledSheet {
  readonly faults: string[] = [];

  constructor(
    private readonly rows: readonly Row[],
    private readonly first: number,
    private readonly at: Record<'amount' | 'reason' | 'code', number>,
  ) {}

  linesOf(items: readonly { part: Part; item: keyof typeof ITEM_NAMES }[]): FilledLine[] {
    const known = new Map(items.map(({ part, item }) => [codeOf(part, item), { part, item }]));
    const places = this.#places(known);
    return [...known].flatMap(([code, { part, item }]) => {
      const row = places.get(code);
      if (row === undefined) {
        this.faults.push(
          `缺少科目 ${PART_NAMES[part]} ${ITEM_NAMES[item]}（${code}）一行：请用原表填写 (its row is missing)`,
        );
        return [];
      }
      const [amount, reason] = [this.#amount(row), this.#reason(row)];
      return amount === null || reason === null ? [] : [{ part, item, amount, reason }];
    });
  }

  /** Where each code stands. */
  #places(known: ReadonlyMap<string, unknown>): Map<string, number> {
    const places = new Map<string, number>();
    for (let row = this.first; row < this.rows.length; row += 1) {
      const code = this.#cell(row, 'code');
      const before = typeof code === 'string' ? places.get(code) : undefined;
      if (typeof code !== 'string' || !known.has(code)) this.#refuseStray(row);
      else if (before !== undefined) {
        this.#refuse(row, 'code', `${code} 与第 ${before + 1} 行重复：每个科目只填一行 (the item stands twice)`);
      } else places.set(code, row);
    }
    return places;
  }

  /** A row of no item, such as a heading or a sum of one's own, is left alone unless its code was spoilt. */
  #refuseStray(row: number): void {
    const code = this.#cell(row, 'code');
    if (code === null) return;
    this.#refuse(row, 'code', `“${shown(code)}”不是本险种的科目代码：请用原表填写 (no item of this scheme)`);
  }

  #amount(row: number): string | null {
    const cell = this.#cell(row, 'amount');
    const amount = cell === null ? null : yuanIn(cell);
    if (amount !== null) return amount;
    const found = cell === null ? '空白，或公式没有结果' : `“${shown(cell)}”`;
    this.#refuse(row, 'amount', `${found}；应为金额，元，至多两位小数，没有的填 0 (an amount in yuan)`);
    return null;
  }

  #reason(row: number): string | null {
    const cell = this.#cell(row, 'reason');
    const reason = cell === null ? '' : shown(cell, (words) => words.trim());
    if (isRemark(reason)) return reason;
    this.#refuse(row, 'reason', `应为${EXPECTED_TEXT.remark}`);
    return null;
  }

  #cell = (row: number, column: 'amount' | 'reason' | 'code'): CellRead => this.rows[row]?.[this.at[column]] ?? null;

  #refuse(row: number, column: 'amount' | 'reason' | 'code', why: string): void {
    this.faults.push(`${letters(this.at[column])}${row + 1}：${why}`);
  }
}

function yuanIn(cell: NonNullable<CellRead>): string | null {
  if (typeof cell === 'string') return typedYuan(cell.trim());
  if (!(cell instanceof SheetNumber) || !/^-?\d+(\.\d+)?(E[+-]?\d+)?$/i.test(cell.digits)) return null;
  const typed = decimal(cell.digits).toSignificantDigits(15);
  return typed.decimalPlaces() <= 2 && typed.abs().lt('1e16') ? yuanText(typed) : null;
}

function shown(cell: NonNullable<CellRead>, words: (text: string) => string = shownText): string {
  if (cell instanceof SheetNumber) return cell.digits;
  return words(cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell));
}

/** 0 is A, 26 is AA. */
const letters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : `${letters(Math.floor(column / 26) - 1)}${letters(column % 26)}`;
