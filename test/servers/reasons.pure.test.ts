/** Reasons of the machine: what a program says of its failure, and the form of an address, before anybody waits. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { errorText } from '../../servers/refused';
import { externalTemporal } from '../../servers/temporal-address';
import { environmentFor, temporalAccess } from '../../servers/temporal-access';
import { passwordOf } from '../../servers/postgres-cluster';

const failing = (script: string): Promise<unknown> =>
  promisify(execFile)('/bin/sh', ['-c', script]).catch((error: unknown) => error);

test('a failed program’s own words are quoted, not how it was called', async () => {
  const initdb = await failing(
    'echo "initdb: error: could not create file: No space left on device" >&2; echo "initdb: removing contents" >&2; exit 1',
  );
  expect(errorText(initdb)).toBe('initdb: error: could not create file: No space left on device');
  const panic = await failing(
    'echo "FATAL:  could not write to file \\"pg_wal/1\\": No space left on device" >&2; echo "PANIC:  cannot abort transaction 1" >&2; exit 1',
  );
  expect(errorText(panic)).toBe('FATAL:  could not write to file "pg_wal/1": No space left on device');
  expect(errorText(await failing('echo one >&2; echo two >&2; exit 1'))).toBe('two');
  expect(errorText(await failing('exit 1'))).toMatch(/Command failed/);
});

test('for a name with two addresses, neither of which answers, both reasons are given', () => {
  const refusals = ['::1', '127.0.0.1'].map((address) => new Error(`connect ECONNREFUSED ${address}:5432`));
  expect(errorText(new AggregateError(refusals))).toBe(
    'connect ECONNREFUSED ::1:5432; connect ECONNREFUSED 127.0.0.1:5432',
  );
});

test.each(['127.0.0.1:7233', 'localhost:7233', 'temporal.example', '[::1]:7233', 'a_b.example:1'])(
  'TEMPORAL_ADDRESS may be %s, with blanks or line ends around it',
  (address) => {
    for (const given of [address, ` ${address}`, `${address}\n`, `${address}\r\n`]) {
      const env = { TEMPORAL_ADDRESS: given, TEMPORAL_API_KEY: 'key' };
      expect(externalTemporal(env)).toBe(address);
      expect(temporalAccess(address, env)).toMatchObject({ apiKey: 'key' });
      expect(environmentFor(address, env)).toBe(env);
    }
  },
);

test.each([undefined, ''])('TEMPORAL_ADDRESS as %j is the embedded server', (given) => {
  expect(externalTemporal({ TEMPORAL_ADDRESS: given })).toBeUndefined();
});

// prettier-ignore
test.each([
  ['http://127.0.0.1:7233',         /"http:/],
  ['https://temporal.example',      /"https:/],
  ['grpc://a:1',                    /host:port/],
  ['dns:///a:1',                    /host:port/],
  ['127.0.0.1 :7233',               /without blanks/],
  ['127.0.0.1\n:7233',              /\\n:7233"/],
  ['   ',                           /It is blank/],
  ['\n',                            /It is blank/],
  ['127.0.0.1:',                    /host:port/],
  [':7233',                         /host:port/],
  ['127.0.0.1:70000',               /70000/],
  ['127.0.0.1:0',                   /host:port/],
  ['::1:7233',                      /host:port/],
  ['127.0.0.1:7233/',               /host:port/],
  ['127.0.0.1:7233,127.0.0.1:7234', /host:port/],
])('TEMPORAL_ADDRESS is refused as %j', (given, words) => {
  expect(() => externalTemporal({ TEMPORAL_ADDRESS: given })).toThrow(words);
  expect(() => externalTemporal({ TEMPORAL_ADDRESS: given })).toThrow(/must be host:port, for example/);
});

test('what may be a password in TEMPORAL_ADDRESS is not shown', () => {
  expect(() => externalTemporal({ TEMPORAL_ADDRESS: 'http://me:secret@a:1' })).toThrow(/^(?!.*secret).*host:port/);
});

test('a password that cannot be read is not called missing', () => {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  expect(() => passwordOf(home)).toThrow(/is missing: put .* back/);
  mkdirSync(join(home, 'postgres.password'));
  expect(() => passwordOf(home)).toThrow(/cannot be read \(.*EISDIR.*the user who owns that file/);
  rmSync(home, { recursive: true });
});
