/** A certificate authority for tests: certificates for a server name and for a client. Needs openssl. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificate {
  crt: string; // files
  key: string;
}

export class Authority {
  readonly crt: string;
  readonly #key: string;

  constructor(
    private readonly folder: string,
    private readonly name: string,
  ) {
    this.crt = join(folder, `${name}.crt`);
    this.#key = join(folder, `${name}.key`);
    openssl(
      ...['req', '-x509', ...NEW_KEY, '-days', '2', '-subj', `/CN=${name}`],
      ...['-keyout', this.#key, '-out', this.crt],
    );
  }

  /** A certificate for a server with the name `host`, or for a client of that name. */
  issue(host: string): Certificate {
    const [crt, key, request, extensions] = ['crt', 'key', 'csr', 'ext'].map((ending) =>
      join(this.folder, `${this.name}-${host}.${ending}`),
    ) as [string, string, string, string];
    writeFileSync(extensions, `subjectAltName=DNS:${host}\nbasicConstraints=CA:FALSE\n`);
    openssl('req', ...NEW_KEY, '-subj', `/CN=${host}`, '-keyout', key, '-out', request);
    openssl(
      ...['x509', '-req', '-in', request, '-days', '2', '-out', crt, '-extfile', extensions],
      ...['-CA', this.crt, '-CAkey', this.#key, '-CAcreateserial'],
    );
    return { crt, key };
  }

  /** The same as PEM texts, for a server that the test itself runs. */
  pems(host: string): { cert: string; key: string; ca: string } {
    const { crt, key } = this.issue(host);
    return { cert: readFileSync(crt, 'utf8'), key: readFileSync(key, 'utf8'), ca: readFileSync(this.crt, 'utf8') };
  }
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const openssl = (...args: string[]): Buffer => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
