/** Why a server did not start, and how one is reached. */
import { complaint } from '../../servers/detached';
import { hashed } from '../../db/migrate';
import { errorText } from '../../servers/refused';
import { clientAccess } from '../../servers/temporal-access';

test.each([
  [
    'the message and not the stack below it',
    'HookWebpackError: Module not found\n    at makeWebpackError (/x/HookWebpackError.js:48:9)\n    at /x/HookWebpackError.js:99:2\n',
    'HookWebpackError: Module not found',
  ],
  ['the last of several', 'error: one\nFATAL:  two\nLOG:  shut down\n', 'FATAL:  two'],
  ['the message in JSON', '{"level":50,"msg":"no bundle","err":{"message":"it is broken"}}', 'no bundle: it is broken'],
  ['nothing where there is no error', 'Temporal Server:  127.0.0.1:7233\nTemporal Metrics: http://127.0.0.1:9\n', null],
  [
    'the name of the cause as well',
    '{"msg":"no bundle","err":{"type":"Error","message":"broken"}}',
    'no bundle: broken',
  ],
  [
    'the reason of the system, not what follows from it',
    'FATAL:  could not write to file: No space left on device\nPANIC:  cannot abort transaction 1\n',
    'FATAL:  could not write to file: No space left on device',
  ],
  [
    'the reason at the end of Temporal’s way to it',
    'Error: failed starting server: could not build arguments for function "go.temporal.io/server/temporal".ServerLifetimeHooks (/x/fx.go:943): failed to build config.Persistence: received non-nil error from function "go.temporal.io/server/temporal".ApplyClusterMetadataConfigProvider (/x/fx.go:646): error while fetching cluster metadata: SQL logic error: no such table: cluster_metadata_info (1)\n',
    'error while fetching cluster metadata: SQL logic error: no such table: cluster_metadata_info (1)',
  ],
  [
    'what our worker says when it refuses to work',
    'Refused: The database cannot be used (terminating connection due to administrator command). Check DATABASE_URL.\n',
    'The database cannot be used (terminating connection due to administrator command). Check DATABASE_URL.',
  ],
  ['nothing in an empty log', '', null],
])('of a log counts: %s', (_what, log, counts) => {
  expect(complaint(log)).toBe(counts);
});

test('a reason that ends with a full stop gets no second one', () => {
  expect(errorText(new Error('Never edit one.'))).toBe('Never edit one');
  expect(errorText(new Error('It failed.', { cause: new Error('No space.') }))).toBe('It failed: No space');
});

test('the embedded Temporal is never looked for behind a proxy; an external one is left to the environment', () => {
  const direct = { channelArgs: { 'grpc.enable_http_proxy': 0 } };
  expect(clientAccess('127.0.0.1:7233', {})).toMatchObject(direct);
  expect(clientAccess('127.0.0.1:7233', { TEMPORAL_ADDRESS: 'temporal.example.org:7233' })).toMatchObject(direct);
  const external = { TEMPORAL_ADDRESS: 'temporal.example.org:7233' };
  expect(clientAccess('temporal.example.org:7233', external)).not.toHaveProperty('channelArgs');
});

test('a migration has one hash, whether its lines end with LF or CRLF, and the hash with CRLF is known', () => {
  const [lf, crlf] = ['select 1;\nselect 2;\n', 'select 1;\r\nselect 2;\r\n'].map(hashed);
  expect(crlf).toEqual(lf);
  expect(lf?.sql).toBe('select 1;\nselect 2;\n');
  expect(lf?.sha256WithCrlf).not.toBe(lf?.sha256);
});
