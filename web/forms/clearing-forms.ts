/**
 * 清算表 of every area whose units are cleared: each unit's budget, what it spent, what it keeps, what the fund bears, and what is
 * still to be paid.
 */
import type { Queryable } from '../../db/connect';
import { type NamedArea, areasOfYear } from '../../db/areas';
import { overriddenParameters } from '../../db/parameters';
import { type ResultRow, resultRows } from '../../db/results';
import { type NamedUnit, namedUnits } from '../../db/total-budgets';
import { decimal, sum, yuanText } from '../../rules/money';
import { RESERVE, SCHEME_NAMES, type Scheme, UNIT_KIND_NAMES, type UnitKind } from '../../rules/vocabulary';
import type { TableSheet } from './workbook';

interface ClearingWorkbook {
  file: string; // 150400-clearing.xlsx
  sheets: TableSheet[];
}

const AMOUNTS = {
  budget: '总额预算',
  incurred: '全年费用',
  retained: '结余留用',
  fund_share: '基金分担超支',
  payable: '应付',
  paid: '年内已拨',
  clearing: '清算款',
} as const;
type Amount = keyof typeof AMOUNTS;
const COLUMNS = Object.keys(AMOUNTS) as Amount[];
const HEADS = [
  { text: '单位', width: 30 },
  { text: '类别', width: 20 },
  ...COLUMNS.map((column) => ({ text: AMOUNTS[column], width: 18 })),
];

/** A table for each area and scheme whose clearing is in force. */
export async function clearingWorkbooks(db: Queryable, year: number): Promise<ClearingWorkbook[]> {
  const rows = await resultRows(db, 'total_budget.csv', year);
  const units = await namedUnits(db, year);
  const overridden = (await overriddenParameters(db, year)).filter(({ name }) => name.startsWith('payment.'));
  const notices = overridden.map(({ name, source }) => `数据包设定的参数：${name}（${source}）`);
  const sheetOf = (area: NamedArea, scheme: Scheme): TableSheet[] => {
    const ofFund = rows.filter((row) => row.area === area.area && row.scheme === scheme);
    const isCleared = ofFund.some(({ clearing }) => clearing !== null);
    if (!isCleared) return [];
    const heading = `统筹区：${area.area} ${area.name}　　年度：${year}　　单位：元`;
    return [
      {
        name: SCHEME_NAMES[scheme],
        title: `${year}年${SCHEME_NAMES[scheme]}医药机构总额预算清算表`,
        notices: [heading, ...notices],
        heads: HEADS,
        rows: linesOf(ofFund, units),
      },
    ];
  };
  return (await areasOfYear(db, year)).flatMap((area) => {
    const sheets = area.schemes.flatMap((scheme) => sheetOf(area, scheme));
    return sheets.length === 0 ? [] : [{ file: `${area.area}-clearing.xlsx`, sheets }];
  });
}

/** The units in the order of their codes, then what was held back, and the sums over both. */
function linesOf(rows: readonly ResultRow[], units: readonly NamedUnit[]): TableSheet['rows'] {
  const nameOf = ({ area, scheme, unit }: ResultRow): string => {
    const named = units.find(
      (candidate) => candidate.area === area && candidate.scheme === scheme && candidate.unit === unit,
    );
    return [unit, named?.name_zh].filter(Boolean).join(' ');
  };
  const amount = (row: ResultRow, column: Amount): string | null => {
    const cell = row[column];
    return cell === null || cell === undefined ? null : String(cell);
  };
  const ofUnits = rows.filter(({ unit }) => unit !== RESERVE).sort((a, b) => byCode(String(a.unit), String(b.unit)));
  const reserve = rows.filter(({ unit }) => unit === RESERVE);
  // The fund's share in the row of the reserve is the sum over the units, so it counts once.
  const total = (column: Amount): string =>
    yuanText(
      sum([...ofUnits, ...(column === 'budget' ? reserve : [])].map((row) => decimal(amount(row, column) ?? '0'))),
    );
  return [
    ...ofUnits.map((row) => ({
      words: [nameOf(row), UNIT_KIND_NAMES[row.kind as UnitKind]],
      amounts: COLUMNS.map((column) => amount(row, column)),
      isSum: false,
    })),
    ...reserve.map((row) => ({
      words: ['预留', ''],
      amounts: COLUMNS.map((column) => (column === 'budget' ? amount(row, column) : null)),
      isSum: false,
    })),
    { words: ['合计', ''], amounts: COLUMNS.map(total), isSum: true },
  ];
}

const byCode = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
