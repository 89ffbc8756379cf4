/** 模板: the header of every CSV file that the contract knows, for people who fill in their first one. */
import { PAYMENT_COLUMNS } from './payment-row';
import { PERSON_FILES, personTable } from './person-tables';
import { type Columns, type Table, columnNames } from './table';
import { ROLL, SMALL_TABLES } from './tables';

export interface Template {
  file: string;
  required: string[];
  /** A file may lack them. */
  optional: string[];
}

const templateOf = (table: Pick<Table<Columns>, 'file' | 'columns'>): Template => ({
  file: table.file,
  ...columnNames(table),
});

export const TEMPLATES: readonly Template[] = [
  ...Object.values(SMALL_TABLES).map(templateOf),
  templateOf(ROLL),
  { file: 'resident_payments.csv', required: [...PAYMENT_COLUMNS], optional: [] },
  ...PERSON_FILES.map((file) => templateOf(personTable(file))),
];
