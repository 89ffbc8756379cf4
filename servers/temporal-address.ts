/**
 * TEMPORAL_ADDRESS: a Temporal server that is run by others; TEMPORAL_NAMESPACE there. Its form is checked before anybody waits
 * for an answer.
 */
import { Refused } from './refused';

const FORM = /^(?:\[[0-9a-f:.]+\]|[^\s\p{C}:/?#@[\]]+)(?::(\d{1,5}))?$/iu;

/**
 * The address that the environment gives; undefined when it gives none and the embedded server is meant. Blanks and line ends
 * around it are dropped: environment files often leave some.
 */
export function externalTemporal(env: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const given = env.TEMPORAL_ADDRESS;
  if (!given) return undefined;
  const address = given.trim();
  const [fits, port = '7233'] = FORM.exec(address) ?? [];
  const at = Number.parseInt(port, 10);
  if (fits !== undefined && at > 0 && at <= 65_535) return address;
  // What stands before an @ may be a password.
  const shown = address === '' ? 'blank' : JSON.stringify(address.replace(/^.*@/s, '…@'));
  throw new Refused(
    `TEMPORAL_ADDRESS must be host:port, for example 127.0.0.1:7233, without http:// and without blanks. It is ${shown}. ` +
      'Correct it, or unset it to use the embedded server.',
  );
}

export const temporalNamespace = (): string => process.env.TEMPORAL_NAMESPACE || 'default';
