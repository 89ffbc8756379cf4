/** Files for a live year, as the tests of its acts write them, and their import. */
import type { FundActivities } from '../../activities';
import { type Extension, extendCollection, extensionToSign } from '../../activities/collection/extension';
import { importPack } from '../../activities/import';
import { correctionsToSign } from '../../activities/imports/to-sign';
import type { Correction } from '../../db/corrections';
import type { ImportReceipt } from '../../db/import-reports';
import { importedBefore } from '../../db/import-rows';
import { PackRefused } from '../../db/load-pack';
import { type OpenTask, waitingLink } from '../../db/tasks';
import { readPack } from '../../pack';
import { adjustmentId } from '../../rules/keys';
import type { TestDatabase } from '../database';
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

/** Imports files into a live year, whose operators are then appointed, a correction signed by whoever makes it; those that are refused throw `PackRefused`. */
export async function importInto(
  { pool, signers }: TestDatabase,
  year: number,
  files: Record<string, string>,
  correction: Correction | null = null,
): Promise<ImportReceipt> {
  try {
    const read = await readPack(writePack(files), year, await importedBefore(pool, year));
    if ('faults' in read) throw new PackRefused(read.faults);
    const proof = correction && (await signers.sign(correctionsToSign(read.pack, correction)));
    const receipt = await importPack(pool, read.pack, correction && proof && { ...correction, proof });
    await signers.appoint(year);
    return receipt;
  } finally {
    removePacks();
  }
}

/** The region extends a window, signed. */
export async function extendIn(
  { pool, signers }: TestDatabase,
  extension: Extension,
): Promise<{ closedBefore: string }> {
  return extendCollection(pool, { ...extension, proof: await signers.sign(extensionToSign(extension)) });
}

/** The region's government records the document without which nothing is paid, signed. */
export async function recordMethod(
  { pool, signers }: TestDatabase,
  fund: FundActivities,
  year: number,
  operator: string,
): Promise<void> {
  const workflowId = adjustmentId(year, 'employee');
  const { chain } = await fund.requestMethod({ year, workflowId, dueOn: `${year}-01-10`, scheme: null });
  const { task, figures_hash: figuresHash } = (await waitingLink(pool, chain)) as OpenTask;
  const act = { task, operator, decision: 'record', figuresHash, document: '内政办发〔2028〕1号' } as const;
  await fund.decide({ year, act: { ...(await signers.signed(year, act)), businessDate: `${year}-01-02` } });
}
