/** Files for a live year, as the tests of its acts write them, and their import. */
import { importPack } from '../../activities/import';
import type { Database } from '../../db/connect';
import type { Correction } from '../../db/corrections';
import { importedBefore } from '../../db/import-rows';
import { PackRefused } from '../../db/load-pack';
import { readPack } from '../../pack';
import { removePacks, writePack } from '../pack/builder';

export const lines = (header: string, ...rows: string[]): string => `${[header, ...rows].join('\n')}\n`;

/** Both offices of each area, `sec-AREA` and `fin-AREA`, and the three of the region. */
export const operatorsOf = (...areas: string[]): string =>
  lines(
    'operator,name,role,area',
    ...areas.flatMap((area) => [`sec-${area},甲,area_security,${area}`, `fin-${area},乙,area_finance,${area}`]),
    'r-sec,丙,region_security,',
    'r-fin,丁,region_finance,',
    'r-gov,戊,region_government,',
  );

/** Each row: receipt, person, area, amount, day, kind, receipt of the payment that is refunded. */
export const paymentsOf = (year: number, ...rows: string[]): string =>
  lines(
    'receipt,person,area,coverage_year,amount,paid_at,kind,original_receipt',
    ...rows.map((row) => {
      const [receipt, person, area, amount, day, kind, original] = row.split(' ');
      return [receipt, person, area, year, amount, `${day}T09:00:00+08:00`, kind, original ?? ''].join(',');
    }),
  );

/** Imports files into a live year; those that are refused throw `PackRefused`. */
export async function importInto(
  pool: Database,
  year: number,
  files: Record<string, string>,
  correction: Correction | null = null,
): Promise<void> {
  try {
    const read = await readPack(writePack(files), year, await importedBefore(pool, year));
    if ('faults' in read) throw new PackRefused(read.faults);
    await importPack(pool, read.pack, correction);
  } finally {
    removePacks();
  }
}
