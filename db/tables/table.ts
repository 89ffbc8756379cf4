/** How the type of a table is made from its columns. */
import type { Knex } from 'knex';
import type { Because } from '../../rules/rule';

/** Why each figure of a row is what it is, by column. */
export type Reasons = Record<string, Because | undefined>;

type Nullable<Row> = { [Column in keyof Row]-?: null extends Row[Column] ? Column : never }[keyof Row];
type Insert<Row, Optional extends keyof Row> = Omit<Row, Optional> & Partial<Pick<Row, Optional>>;

/** A table: columns that may be empty, or have a default, can be left out of a new row. */
export type Table<Row, Default extends keyof Row = never> = Knex.CompositeTableType<
  Row,
  Insert<Row, Nullable<Row> | Default>,
  Partial<Row>
>;

/** A view: nothing is written to it. */
export type View<Row> = Knex.CompositeTableType<Row, never, never>;
