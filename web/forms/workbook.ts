/** Forms as an XLSX workbook, one sheet each; amounts are numbers where a spreadsheet holds them exactly. */
import writeWorkbook, { type Cell, type Row, type Sheet } from 'write-excel-file/node';
import { type Decimal, yuanText } from '../../rules/money';
import { fitting, widthOf } from '../../rules/text';
import { type Form, type Line, comparisonOf } from './form';
import { sameBytes } from './zip-times';

export interface SheetOf {
  name: string;
  form: Form;
  /** How the last two columns compare the measures; `none` without them. */
  kind: 'change' | 'execution' | 'agreement' | 'none';
}

/**
 * The cell of an amount. Spreadsheets keep numbers as doubles with 15 significant digits, so an amount of up to 15 digits
 * is read back exactly. A longer one is written as text.
 */
export function amountCell(amount: string): Cell {
  const digits = amount.replace(/[-.]/g, '').replace(/^0+/, '');
  if (digits.length > 15) return { value: amount, type: String, align: 'right' };
  return { value: Number(amount), type: Number, format: '#,##0.00' };
}

/** In points. Chinese characters fill their line: at the default height they touch the border above. */
const ROW_HEIGHT = 20;
export const LINE = {
  borderStyle: 'thin',
  borderColor: '#9aa5b1',
  alignVertical: 'center',
  height: ROW_HEIGHT,
} as const;
export const HEAD = {
  fontWeight: 'bold',
  align: 'center',
  backgroundColor: '#eef2f5',
  wrap: true,
  ...LINE,
} as const;
/** A spreadsheet reads `_x000D_` as the character of that code, unless its first character is written as a code itself. */
export const inCell = (text: string): string =>
  fitting(text.replace(/_(?=x[\dA-F]{4}_)/gi, '_x005F_'), 'spreadsheetCell');
const NOT_APPLICABLE: Cell = { value: '×', align: 'center', textColor: '#808080', ...LINE };
const bold = (line: Line): object => (line.weight === 'item' ? {} : { fontWeight: 'bold' });

function lineRow(line: Line, width: number, kind: SheetOf['kind']): Row {
  const name: Cell = { value: inCell(line.name), indent: line.weight === 'item' ? 1 : 0, ...bold(line), ...LINE };
  if (line.weight === 'heading') {
    return [{ ...name, columnSpan: width, backgroundColor: '#eef2f5' }, ...Array<null>(width - 1).fill(null)];
  }
  const amount = (value: Decimal | null): Cell =>
    value === null ? NOT_APPLICABLE : { ...(amountCell(yuanText(value)) as object), ...bold(line), ...LINE };
  if (kind === 'none') return [name, ...line.amounts.map(amount)];
  const [difference, percent] = comparisonOf(line, kind);
  const ratio: Cell =
    percent === null ? NOT_APPLICABLE : { ...(amountCell(percent) as object), ...bold(line), ...LINE };
  return [name, ...line.amounts.map(amount), amount(difference), ratio];
}

/** Two rows of headings, merged into one for a scheme without parts. */
function headings({ columns, compared }: Form): Row[] {
  // Measures of one scheme have as many columns each.
  const perGroup = columns.filter(({ group }) => group === columns[0]?.group).length;
  const tall = (value: string): Cell => ({ value: inCell(value), rowSpan: 2, ...HEAD });
  const groups: Row = columns.map(({ group }, i) => {
    if (i % perGroup !== 0) return null;
    return perGroup === 1 ? tall(group) : { value: inCell(group), columnSpan: perGroup, ...HEAD };
  });
  const parts: Row = columns.map(({ part }) => (part === '' ? null : { value: part, ...HEAD }));
  return [
    [tall('项目'), ...groups, ...compared.map(tall)],
    [null, ...parts, ...compared.map(() => null)],
  ];
}

/** The title and the notices of a sheet, each across all its columns. */
export function headOf({ title, notices }: Pick<Form, 'title' | 'notices'>, widths: readonly number[]): Row[] {
  const across = (value: string, style: object): Row => [
    { value: inCell(value), columnSpan: widths.length, ...style },
    ...Array<null>(widths.length - 1).fill(null),
  ];
  const width = widths.reduce((sum, column) => sum + column, 0);
  return [
    across(title, { fontSize: 16, fontWeight: 'bold', align: 'center', height: 30 }),
    ...notices.map((notice) =>
      across(notice, { wrap: true, alignVertical: 'center', height: ROW_HEIGHT * Math.ceil(widthOf(notice) / width) }),
    ),
  ];
}

function sheetOf({ name, form, kind }: SheetOf): Sheet<never> {
  const widths = [34, ...form.columns.map(() => 21), ...(form.compared.length === 0 ? [] : [21, 11])];
  return {
    sheet: name,
    orientation: 'landscape',
    showGridLines: false,
    columns: widths.map((width) => ({ width })),
    data: [...headOf(form, widths), ...headings(form), ...form.lines.map((line) => lineRow(line, widths.length, kind))],
  };
}

/** A sheet of a plain table: a name or two, then amounts; null is printed as ×. */
export interface TableSheet {
  name: string;
  title: string;
  notices: readonly string[];
  heads: readonly { text: string; width: number }[];
  rows: readonly { words: readonly string[]; amounts: readonly (string | null)[]; isSum: boolean }[];
}

function tableSheetOf({ name, heads, rows, ...head }: TableSheet): Sheet<never> {
  const cellsOf = ({ words, amounts, isSum }: TableSheet['rows'][number]): Row => {
    const style = { ...(isSum ? { fontWeight: 'bold' as const } : {}), ...LINE };
    return [
      ...words.map((word): Cell => ({ value: inCell(word), ...style })),
      ...amounts.map((amount): Cell =>
        amount === null ? NOT_APPLICABLE : { ...(amountCell(amount) as object), ...style },
      ),
    ];
  };
  return {
    sheet: name,
    orientation: 'landscape',
    showGridLines: false,
    columns: heads.map(({ width }) => ({ width })),
    data: [
      ...headOf(
        head,
        heads.map(({ width }) => width),
      ),
      heads.map(({ text }): Cell => ({ value: inCell(text), ...HEAD })),
      ...rows.map(cellsOf),
    ],
  };
}

type Features = NonNullable<NonNullable<Parameters<typeof writeWorkbook>[1]>['features']>;

/** On paper every sheet is as wide as its table. The library has no option for this. */
const fittedToWidth: Features[number] = {
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (xml) => xml.replace('<sheetViews', '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews'),
        transformElementAttributes: (tag, attributes) =>
          tag === 'pageSetup' ? { ...attributes, fitToWidth: 1, fitToHeight: 0 } : attributes,
      },
    },
  },
};

const bytesOf = async (sheets: Sheet<never>[]): Promise<Buffer> => {
  const features = [fittedToWidth];
  return sameBytes(await writeWorkbook(sheets, { fontFamily: 'SimSun', fontSize: 11, features }).toBuffer());
};

/** The bytes of a workbook; the same forms give the same bytes. */
export const workbookOf = (sheets: readonly SheetOf[]): Promise<Buffer> => bytesOf(sheets.map(sheetOf));
export const tableWorkbookOf = (sheets: readonly TableSheet[]): Promise<Buffer> => bytesOf(sheets.map(tableSheetOf));
