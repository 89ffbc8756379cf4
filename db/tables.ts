/**
 * The tables and views of the database, as the query builder and `insertRows` know them: renaming a column, or giving it another
 * type, is a compile error. test/db/tables.test.ts compares them with the database's catalogue.
 *
 * The types are those of the values that come out (db/connect.ts): `integer` is a number, `boolean` and `jsonb` are themselves, and
 * everything else is text, above all money and dates.
 */
import type { Knex } from 'knex';
import type { CollectionTables } from './tables/collection';
import type { FigureTables } from './tables/figures';
import type { InputTables } from './tables/inputs';
import type { MonitoringTables } from './tables/monitoring';
import type { SigningTables } from './tables/signing';
import type { YearTables } from './tables/year';

interface FundTables extends InputTables, YearTables, CollectionTables, FigureTables, MonitoringTables, SigningTables {}

declare module 'knex/types/tables' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the way in which knex is given its tables
  interface Tables extends FundTables {}
}

export type TableName = keyof FundTables;
/** A row as it is read. */
export type Row<Name extends TableName> = Knex.ResolveTableType<FundTables[Name]>;
/** A row as it is inserted. */
export type NewRow<Name extends TableName> = Knex.ResolveTableType<FundTables[Name], 'insert'>;
