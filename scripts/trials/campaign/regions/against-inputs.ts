/** Compares results with the rows of the pack. */
import { type FundMoney, fenOf } from './exact';
import type { Files, FinishedYear } from './run-year';
import { placeFaults } from './money-places';
import { lawOf } from './random-settings';
import type { Region } from './random-region';

/** The rows of a file of a random region, which quotes no cell. */
export function cellsOf(files: Files, name: string): Record<string, string>[] {
  const [header = '', ...lines] = (files[name] ?? '').trimEnd().split('\n');
  const columns = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']));
  });
}

export function moneyOf(files: Files): FundMoney {
  const rows = cellsOf(files, 'adjustment_fund.csv');
  return (scheme) => {
    const row = rows.find((fundRow) => fundRow.scheme === scheme);
    return { opening: fenOf(row?.opening_balance ?? '0.00'), interest: fenOf(row?.interest ?? '0.00') };
  };
}

/**
 * What does not fit the pack: the subsidy of an area over its four levels must be standard × heads, every payment row must be
 * accepted or in quarantine, and the money must lie where the pack says that it does.
 */
export function inputFaults({ files, settings, year }: Region, { results }: FinishedYear): string[] {
  const faults: string[] = [];
  const standard = fenOf(Number(lawOf(settings, year).text(`subsidy.standard.${year}`)).toFixed(2));
  const banners = cellsOf(files, 'banners.csv');
  const insured = cellsOf(files, 'insured.csv').filter(({ scheme }) => scheme === 'resident');
  const areas = cellsOf(files, 'areas.csv').filter(({ schemes }) => schemes?.includes('resident'));
  for (const { area } of areas) {
    const own = banners.filter((banner) => banner.area === area).map((banner) => BigInt(banner.insured_resident || 0));
    const counted = BigInt(insured.find((row) => row.area === area)?.insured || 0);
    const heads = own.length > 0 ? own.reduce((total, count) => total + count) : counted;
    const due = results['subsidy.csv']
      .filter((row) => row.area === area)
      .reduce((all, row) => all + fenOf(row.due), 0n);
    if (due !== standard * heads) faults.push(`subsidy ${area}: Σ ${due} ≠ ${standard} × ${heads} 分 (fen)`);
  }
  const rows = cellsOf(files, 'resident_payments.csv').filter(({ area }) => area !== '').length;
  const byPerson = new Set(
    ['resident_roll.csv', 'resident_payments.csv'].flatMap((name) => cellsOf(files, name).map(({ area }) => area)),
  );
  const counted = results['collection.csv']
    .filter(({ area }) => byPerson.has(String(area)))
    .reduce((all, row) => all + Number(row.accepted_rows) + Number(row.quarantined_rows), 0);
  if (counted !== rows) faults.push(`collection: ${counted} ≠ ${rows} 笔 (rows)`);
  const finished = {
    journal: results['journal.csv'],
    agreement: results['agreement.csv'],
    findings: results['findings.csv'],
  };
  const given = { positions: cellsOf(files, 'positions.csv'), bank: cellsOf(files, 'bank.csv') };
  faults.push(...placeFaults(finished, given, year, fenOf));
  return faults;
}
