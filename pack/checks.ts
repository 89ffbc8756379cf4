/** Checks of one row against the areas and the vocabulary: each names the column that is wrong. */
import {
  type Item,
  type Part,
  type Scheme,
  LEVEL_ITEMS,
  PART_NAMES,
  REGION,
  RESERVE,
  SCHEME_NAMES,
  isItem,
  itemsOf,
  partsOf,
} from '../rules/vocabulary';
import { dateIn, daysAfter, monthEnd } from '../rules/calendar-day';
import { both } from './fault';
import type { CellFault, Known } from './table';

interface Cells {
  area?: string | null;
  scheme?: Scheme;
  part?: Part;
  item?: string;
  date?: string;
  unit?: string;
}
type CellsCheck = (row: Cells, known: Known) => CellFault | null;

const CORRECT = both('改正该行，或在 areas.csv 中补充', 'correct the row, or add to areas.csv');
const REMOVE = both('改正或删除该行', 'correct or remove the row');

/** The area is known, and the own one where an area's office brings the file; an empty cell names none, where the column allows it. */
export const knownArea: CellsCheck = ({ area }, { schemesOf, ownArea }) => {
  if (area !== undefined && ownArea !== undefined && area !== ownArea) return ofAnotherArea(ownArea);
  if (area === undefined || area === null || schemesOf === null || schemesOf.has(area)) return null;
  return { column: 'area', expected: both('areas.csv 中的统筹区', 'an area of areas.csv'), remedy: CORRECT };
};

const ofAnotherArea = (own: string): CellFault => ({
  column: 'area',
  expected: both(`本统筹区 ${own}`, `your own area, ${own}`),
  remedy: both('删去该行，由该统筹区或自治区导入', 'remove the row: its own area or the region brings it'),
});

/** The area has the scheme. */
export const schemeOfArea: CellsCheck = ({ area, scheme }, { schemesOf }) => {
  const schemes = typeof area === 'string' ? schemesOf?.get(area) : undefined;
  if (!schemes || scheme === undefined || schemes.includes(scheme)) return null;
  const expected = both(`统筹区 ${area} 的险种：${schemes.join('、')}`, `a scheme of area ${area}`);
  return { column: 'scheme', expected, remedy: CORRECT };
};

const areaWith =
  (scheme: Scheme): CellsCheck =>
  ({ area }, { schemesOf }) => {
    const schemes = typeof area === 'string' ? schemesOf?.get(area) : undefined;
    if (!schemes || schemes.includes(scheme)) return null;
    const expected = both(`有${SCHEME_NAMES[scheme]}的统筹区`, `an area with the ${scheme} scheme`);
    return { column: 'area', expected, remedy: CORRECT };
  };
/** Collection and subsidy exist only for areas with the resident scheme (READINGS 8). */
export const residentArea = areaWith('resident');
/** Contribution bases and classes exist for employees only. */
export const employeeArea = areaWith('employee');

/** 个人账户 exists for employees only. */
export const partOfScheme: CellsCheck = ({ scheme, part }) => {
  if (scheme === undefined || part === undefined || partsOf(scheme).includes(part)) return null;
  const parts = partsOf(scheme);
  const zh = parts.map((part) => `${part}（${PART_NAMES[part]}）`).join('、');
  return { column: 'part', expected: both(`${SCHEME_NAMES[scheme]}的 ${zh}`, `a part of ${scheme}`), remedy: REMOVE };
};

const itemOf = (items: (scheme: Scheme) => readonly Item[]): CellsCheck =>
  function itemOfScheme({ scheme, item }) {
    if (item === undefined || scheme === undefined) return null;
    const known = items(scheme);
    if (isItem(item) && known.includes(item)) return null;
    const expected = both(`${SCHEME_NAMES[scheme]}的科目：${known.join('、')}`, `an item of ${scheme}`);
    return { column: 'item', expected, remedy: REMOVE };
  };
/** 科目 of the scheme: `major_illness` is the residents' alone (READINGS 25). */
export const itemOfScheme = itemOf(itemsOf);
/** Level items (上下级往来) are booked by the system alone. */
export const itemThatIsNotLevel = itemOf((scheme) => itemsOf(scheme).filter((item) => !LEVEL_ITEMS.includes(item)));

/** The fund is an area's, or the adjustment fund of a scheme that some area has (READINGS 63). */
export const knownFund: CellsCheck = ({ area, scheme, part }, known) => {
  if (known.ownArea !== undefined && area !== undefined && area !== known.ownArea) return ofAnotherArea(known.ownArea);
  if (area !== REGION) {
    const fault = knownArea({ ...(area === undefined ? {} : { area }) }, known);
    if (fault === null) return null;
    return { ...fault, expected: both('areas.csv 中的统筹区，或 region（调剂金）', 'an area of areas.csv, or region') };
  }
  if (part !== undefined && part !== 'pooled')
    return { column: 'part', expected: both('pooled：调剂金只有统筹基金', 'pooled for the region'), remedy: REMOVE };
  const schemes = known.schemesOf === null ? null : [...known.schemesOf.values()];
  if (scheme === undefined || schemes === null || schemes.some((of) => of === null || of.includes(scheme))) return null;
  return { column: 'scheme', expected: both('某一统筹区有的险种', 'a scheme that some area has'), remedy: REMOVE };
};

/** A day of the fund year, or the last day before it. */
export const dayOfBooks: CellsCheck = ({ date }, { year }) => {
  if (date === undefined || year === null) return null;
  const first = daysAfter(dateIn(year, '01-01'), -1);
  if (date >= first && date <= dateIn(year, '12-31')) return null;
  const expected = both(`${first} 至 ${year}-12-31 之间的日期`, `a date from ${first} to ${year}-12-31`);
  return { column: 'date', expected, remedy: both('改正日期，或核对 --year', 'correct the date, or check --year') };
};

/** The last day of a month. */
export const endOfMonth: CellsCheck = ({ date }) => {
  if (date === undefined) return null;
  const [year = '', month = ''] = date.split('-');
  if (date === monthEnd(Number.parseInt(year, 10), Number.parseInt(month, 10))) return null;
  const expected = both('月末日期，如 06-30', 'the last day of a month');
  return { column: 'date', expected, remedy: both('按月末余额填报', 'report the balance at the end of the month') };
};

/** The row of the reserve takes the code of no unit (READINGS 66). */
export const unitNotReserve: CellsCheck = ({ unit }) =>
  unit === RESERVE
    ? {
        column: 'unit',
        expected: both(
          `${RESERVE} 以外的单位代码：该行用于预留`,
          `another code than ${RESERVE}, the row of the reserve`,
        ),
        remedy: both('另编单位代码', 'give the unit another code'),
      }
    : null;
