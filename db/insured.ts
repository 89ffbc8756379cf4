/** Head counts (参保人数) of 30 June. */
import { type Decimal, decimal } from '../rules/money';
import type { Scheme } from '../rules/vocabulary';
import type { AreaSchemeYear } from './levies';
import type { Queryable } from './connect';
import { select } from './rows';

export interface InsuredRow {
  insured: Decimal | null;
  in_service: Decimal | null;
  retired: Decimal | null;
  aged_60_plus: Decimal | null;
  target_insured: Decimal | null;
  low_income_registered: Decimal | null;
  low_income_paid: Decimal | null;
}

const NOBODY: InsuredRow = {
  insured: null,
  in_service: null,
  retired: null,
  aged_60_plus: null,
  target_insured: null,
  low_income_registered: null,
  low_income_paid: null,
};

/** Head counts of 30 June, of every area or of one; an empty cell or a missing row is a missing value. */
export async function insuredRows(
  db: Queryable,
  fundYear: number,
  scheme: Scheme,
  area: string | null = null,
): Promise<(area: string) => InsuredRow> {
  const rows = await select<{ area: string } & Record<keyof InsuredRow, string | null>>(
    db,
    'select * from fund.insured where fund_year = :fundYear and scheme = :scheme and (:area::text is null or area = :area)',
    { fundYear, scheme, area },
  );
  const count = (text: string | null): Decimal | null => (text === null ? null : decimal(text));
  const byArea = new Map(
    rows.map((row) => [
      row.area,
      Object.fromEntries(
        Object.keys(NOBODY).map((name) => [name, count(row[name as keyof InsuredRow])]),
      ) as unknown as InsuredRow,
    ]),
  );
  return (area) => byArea.get(area) ?? NOBODY;
}

/** 参保任务数: how many an area is to insure; null where the cell is empty or the row missing. */
export async function targetInsured(db: Queryable, { year, scheme, area }: AreaSchemeYear): Promise<Decimal | null> {
  const row = await db('insured').where({ fund_year: year, area, scheme }).first('target_insured');
  return row?.target_insured == null ? null : decimal(row.target_insured);
}
