/**
 * The schema as it stands, line by line in schema.txt: whoever changes it sees what the change comes to.
 * `REWRITE=1 npm test -- test/db/schema.test.ts` writes the file again.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDatabase } from '../database';
import { schemaOf } from './schema';

const GOLDEN = join(__dirname, 'schema.txt');

test('migrations, views and functions produce the schema of schema.txt', async () => {
  const database = await testDatabase();
  const schema = await schemaOf(database.as('owner')).finally(() => database.drop());
  if (process.env.REWRITE) writeFileSync(GOLDEN, schema);
  expect(schema.split('\n')).toEqual(readFileSync(GOLDEN, 'utf8').split('\n'));
});
