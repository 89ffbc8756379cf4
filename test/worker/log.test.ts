/** The log says what happened to which act, and nothing about a resident. */
import type { DatabaseError } from 'pg';
import { execute } from '../../db/rows';
import { type Level, forTemporal, workerLog } from '../../worker/log';
import { type TestDatabase, testDatabase } from '../database';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const RESIDENT = '15010119660606123X';

function lines(level?: Level): { log: ReturnType<typeof workerLog>; logged: () => Record<string, unknown>[] } {
  const written: string[] = [];
  const log = workerLog(level, { write: (line: string) => void written.push(line) });
  return { log, logged: () => written.map((line) => JSON.parse(line) as Record<string, unknown>) };
}
const failure = (sql: string): Promise<DatabaseError> =>
  execute(database.as('owner'), sql).then(
    () => Promise.reject(new Error('it should have failed')),
    (error: unknown) => error as DatabaseError,
  );

test('one line of JSON with level, time, process and host', () => {
  const { log, logged } = lines();
  forTemporal(log).info('Worker state changed', { state: 'RUNNING', at: 5n });
  expect(logged()).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      pid: process.pid,
      host: expect.any(String) as string,
      state: 'RUNNING',
      at: '5',
      msg: 'Worker state changed',
    },
  ]);
});

test('the level is the lowest that is recorded', () => {
  const { log, logged } = lines('warn');
  const temporal = forTemporal(log);
  temporal.info('no');
  temporal.log('WARN', 'yes');
  temporal.error('yes, too');
  expect(logged().map(({ msg }) => msg)).toEqual(['yes', 'yes, too']);
});

test.each([
  [
    'a broken constraint',
    `do $$ begin
     create temp table roll (person text primary key);
     insert into roll values ('${RESIDENT}'), ('${RESIDENT}'); end $$`,
    '23505',
  ],
  ['a value that does not fit', `select '${RESIDENT}'::date`, '22007'],
])('%s is logged with its code, without the row', async (_, sql, code) => {
  const error = await failure(sql);
  expect(`${error.message} ${error.detail}`).toContain(RESIDENT);
  const { log, logged } = lines();
  forTemporal(log).warn('Activity failed', { workflowId: 'fund-year-2028', error: new Error('act', { cause: error }) });
  expect(JSON.stringify(logged())).not.toContain(RESIDENT);
  expect(logged()[0]).toMatchObject({
    workflowId: 'fund-year-2028',
    error: { type: 'Error', message: 'act', cause: { code, stack: expect.stringContaining('    at ') as string } },
  });
});
