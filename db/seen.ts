/**
 * Reading for one person: as `fund_viewer`, in one transaction that names what he may see. The database shows nothing else of the tables
 * that hold areas, whatever is asked (db/functions/viewers.sql).
 */
import { type Database, type Transaction, inTransaction } from './connect';
import { execute } from './rows';

export interface Seen {
  /** The years of which he sees everything. */
  years: readonly number[];
  /** Single areas of other years. */
  areas: readonly { year: number; area: string }[];
}

export const readingFor = <T>(
  database: Database,
  { years, areas }: Seen,
  read: (trx: Transaction) => Promise<T>,
): Promise<T> =>
  inTransaction(database, async (trx) => {
    await execute(
      trx,
      `select set_config('fund.seen_years', :years, true), set_config('fund.seen_areas', :areas, true)`,
      { years: years.join(','), areas: areas.map(({ year, area }) => `${year}/${area}`).join(',') },
    );
    return read(trx);
  });
