/** Which failures a command retries, and which it reports at once. */
import { DatabaseError } from 'pg';
import { patiently } from '../../scripts/client/patiently';

const sql = (code: string): Error => Object.assign(new DatabaseError(code, 0, 'error'), { code });
const GRPC = { UNAVAILABLE: 14, DEADLINE_EXCEEDED: 4, NOT_FOUND: 5, FAILED_PRECONDITION: 9 };
const grpc = (name: keyof typeof GRPC, words = ''): Error =>
  Object.assign(new Error(`${name}: ${words}`), { code: GRPC[name], details: '', metadata: {} });
const net = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code });

/** Fails once in this way and then succeeds, counting its calls. */
async function calls(failure: Error): Promise<number> {
  let count = 0;
  await patiently(() => (++count === 1 ? Promise.reject(failure) : Promise.resolve())).catch(() => undefined);
  return count;
}

test.each<[string, Error]>([
  ['nothing listens on the port', net('ECONNREFUSED')],
  ['the connection is cut', net('ECONNRESET')],
  ['the connection is cut in a query', new Error('Connection terminated unexpectedly')],
  ['the connection was cut before', new Error('Client has encountered a connection error and is not queryable')],
  ['the database shuts down', sql('57P01')],
  ['the database is starting up', sql('57P03')],
  ['two acts met (deadlock)', sql('40P01')],
  ['Temporal is away', grpc('UNAVAILABLE')],
  ['Temporal does not answer in time', grpc('DEADLINE_EXCEEDED')],
  [
    'a workflow continues as new, and has not taken the Update',
    grpc('FAILED_PRECONDITION', 'Unable to perform workflow execution update due to unexpected workflow task failure.'),
  ],
  ['an Update fails because of it', Object.assign(new Error('Update failed'), { cause: grpc('UNAVAILABLE') })],
])('retried: %s', async (_, failure) => {
  expect(await calls(failure)).toBe(2);
});

test.each<[string, Error]>([
  ['a broken constraint', sql('23514')],
  ['a wrong statement', sql('42703')],
  ['a workflow that is not there', grpc('NOT_FOUND')],
  ['another precondition that does not hold', grpc('FAILED_PRECONDITION', 'Namespace is not active')],
  ['a mistake of ours', new TypeError('x is not a function')],
])('reported at once: %s', async (_, failure) => {
  expect(await calls(failure)).toBe(1);
});
