/** db/tables.ts held against the catalogue of a migrated database. */
import { join } from 'node:path';
import * as ts from 'typescript';
import { select } from '../../db/rows';
import { testDatabase, type TestDatabase } from '../database';

/**
 * One column as `table.column: type`; `| null` and `= default` where it may be empty or left out. Not asked of JSON, which has
 * a null of its own.
 */
type Column = string;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const columnText = (name: string, type: string, isNullable: boolean, isOptional: boolean): Column =>
  type === 'json' ? `${name}: json` : `${name}: ${type}${isNullable ? ' | null' : ''}${isOptional ? ' = default' : ''}`;

/** Left out by whoever inserts, without a default that the catalogue knows. */
const SET_BY_TRIGGER = ['collection_extension.closed_before'];

/** What the catalogue says. Whether a column of a view may be empty is not known to it. */
async function catalogue(): Promise<Column[]> {
  const rows = await select<{
    name: string;
    type: string;
    is_view: boolean;
    is_nullable: boolean;
    has_default: boolean;
  }>(
    database.as('owner'),
    `select c.relname || '.' || a.attname as name, c.relkind = 'v' as is_view, not a.attnotnull as is_nullable,
       a.atthasdef or a.attidentity <> '' as has_default,
       case format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null)
         when 'integer' then 'number' when 'boolean' then 'boolean' when 'jsonb' then 'json' else 'text' end as type
     from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
     where c.relnamespace = 'fund'::regnamespace and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped`,
  );
  return rows.map((row) =>
    columnText(
      row.name,
      row.type,
      row.is_nullable && !row.is_view,
      (row.is_nullable || row.has_default || SET_BY_TRIGGER.includes(row.name)) && !row.is_view,
    ),
  );
}

/** What db/tables.ts says, read by the compiler that checks it. */
function declared(): Column[] {
  const file = join(__dirname, '../../db/tables.ts');
  const program = ts.createProgram([file], { strict: true, skipLibCheck: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file) as ts.SourceFile;
  const fund = source.statements.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === 'FundTables');
  const typeOf = (symbol: ts.Symbol): ts.Type => checker.getTypeOfSymbol(symbol);
  const part = (table: ts.Symbol, name: string): ts.Type => typeOf(typeOf(table).getProperty(name) as ts.Symbol);
  return checker
    .getTypeAtLocation(fund as ts.Statement)
    .getProperties()
    .flatMap((table) => {
      const insert = part(table, 'insert');
      const isView = (insert.flags & ts.TypeFlags.Never) !== 0;
      return part(table, 'base')
        .getProperties()
        .map((column) => {
          const parts = partsOf(typeOf(column));
          const isNullable = parts.includes('null');
          const given = insert.getProperty(column.name);
          const isOptional = given !== undefined && (given.flags & ts.SymbolFlags.Optional) !== 0;
          const kinds = new Set(parts.filter((part) => part !== 'null'));
          const type = kinds.size === 1 ? String([...kinds][0]) : 'json'; // any value is JSON
          return columnText(`${table.name}.${column.name}`, type, isNullable && !isView, isOptional);
        });
    });
}

const KINDS: [flag: ts.TypeFlags, kind: string][] = [
  [ts.TypeFlags.Null, 'null'],
  [ts.TypeFlags.BooleanLike, 'boolean'],
  [ts.TypeFlags.NumberLike, 'number'],
  [ts.TypeFlags.StringLike, 'text'],
  [ts.TypeFlags.Object | ts.TypeFlags.NonPrimitive | ts.TypeFlags.Unknown, 'json'],
];
const partsOf = (type: ts.Type): string[] =>
  (type.isUnion() ? type.types : [type]).map(
    (type) => KINDS.find(([flag]) => (type.flags & flag) !== 0)?.[1] ?? 'nothing',
  );

test('db/tables.ts says what the database has: every table and view, its columns, their types', async () => {
  const inDatabase = await catalogue();
  expect(inDatabase.length).toBeGreaterThan(300);
  expect(declared().sort()).toEqual(inDatabase.sort());
});
