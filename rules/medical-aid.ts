/**
 * What a registered resident owes: the standard of the coverage year less medical aid (医疗救助资助参保).
 *
 * Law: B(8) “按规定落实医疗救助分类资助参保政策”; B(1) individual standard. RULES 4: each aid is rounded half up, the
 * aids of one group add up, at most the standard. Units: yuan a head. Example: 400 with 70 % → aid 280, due 120.
 */
import { type Decimal, roundToFen, smaller, sum } from './money';
import { rule } from './rule';
import type { AidKind } from './vocabulary';

export interface AidRow {
  kind: AidKind;
  value: Decimal | null; // percent: 0–1; fixed: yuan; full: none
}

/** One row of the aid table in yuan a head. */
export function aidAmount({ kind, value }: AidRow, standard: Decimal): Decimal {
  if (kind === 'full' || value === null) return standard;
  return roundToFen(kind === 'percent' ? value.times(standard) : value);
}

/** Rows that name the area replace all default rows of the group. */
export function applicableAid<Row extends { area: string | null }>(rows: readonly Row[], area: string): Row[] {
  const ofArea = rows.filter((row) => row.area === area);
  return ofArea.length > 0 ? ofArea : rows.filter((row) => row.area === null);
}

/** Aid a head, at most the standard. */
export const aidPerHead = rule(
  { article: 'B(八)“医疗救助分类资助参保”', formula: 'min(standard, sum(aids))' },
  ({ standard, aids }: { standard: Decimal; aids: Decimal[] }) => smaller(standard, sum(aids)),
);

/** The same from the rows of the aid table: a share of the standard, a fixed amount, or all of it. */
export const aidOfRows = rule(
  {
    article: aidPerHead.article,
    formula:
      'min(standard, sum(map(kind, aid, each(k, a) =' +
      ' equalText(k, "percent") ? round(a * standard) : equalText(k, "fixed") ? round(a) : standard)))',
  },
  ({ standard, kind, aid }: { standard: Decimal; kind: AidKind[]; aid: (Decimal | null)[] }) =>
    aidPerHead({ standard, aids: kind.map((one, i) => aidAmount({ kind: one, value: aid[i] ?? null }, standard)) }),
);

const OF_WHICH =
  'RULES 4“the rows of a (area, group) count medical_aid first, then fiscal”：资助先计医疗救助，后计财政代缴';
/** 医疗救助资助 a head: its rows come first, so that only the standard limits them. */
export const medicalAidPerHead = rule(
  { article: `${aidPerHead.article}；${OF_WHICH}`, formula: aidOfRows.formula },
  (given: Parameters<typeof aidOfRows>[0]) => aidOfRows(given),
);
/** 财政代缴 a head: what is left of the aid, so that whatever exceeds the standard is cut from it. */
export const fiscalAidPerHead = rule(
  { article: `${aidPerHead.article}；${OF_WHICH}`, formula: 'aid - medical_aid' },
  ({ aid, medical_aid }: { aid: Decimal; medical_aid: Decimal }) => aid.minus(medical_aid),
);
/** What one source has paid of the aid: persons paid, by group, times its part of the aid a head. */
export const aidOfSource = rule(
  { article: OF_WHICH, formula: 'sum(persons .* aid)' },
  ({ persons, aid }: { persons: Decimal[]; aid: Decimal[] }) =>
    sum(persons.map((count, i) => count.times(aid[i] as Decimal))),
);

/** Due a head (个人应缴). */
export const duePerHead = rule(
  { article: 'B(一)“居民个人缴费”', formula: 'standard - aid' },
  ({ standard, aid }: { standard: Decimal; aid: Decimal }) => standard.minus(aid),
);
