/**
 * The tables and views of the database, as the query builder and `insertRows` know them: a column that is renamed, or given
 * another type, fails in the compiler. test/db/tables.test.ts holds them against the database's catalogue.
 *
 * Types are those in which values come out (db/connect.ts): `integer` is a number, `boolean` and `jsonb` what they are, and
 * everything else, money and dates above all, is text.
 */
import type { Knex } from 'knex';
import type { CollectionTables } from './tables/collection';
import type { FigureTables } from './tables/figures';
import type { InputTables } from './tables/inputs';
import type { YearTables } from './tables/year';

export interface FundTables extends InputTables, YearTables, CollectionTables, FigureTables {}

declare module 'knex/types/tables' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the way in which knex is given its tables
  interface Tables extends FundTables {}
}

export type TableName = keyof FundTables;
/** A row as it is read. */
export type Row<Name extends TableName> = Knex.ResolveTableType<FundTables[Name]>;
/** A row as it is inserted. */
export type NewRow<Name extends TableName> = Knex.ResolveTableType<FundTables[Name], 'insert'>;
