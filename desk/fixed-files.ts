/** The style, the script and the library of passkeys. All of it comes from the desk itself. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformSync } from '@swc/core';
import type { Hono } from 'hono';
import type { Env } from './desk';

const HERE = __dirname;
const read = (file: string): string => readFileSync(join(HERE, file), 'utf8');

const script = (): string =>
  transformSync(read('in-page/desk.ts'), { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }).code;
/** As it is published for browsers; it names itself SimpleWebAuthnBrowser. */
const passkeys = (): string =>
  readFileSync(
    join(dirname(require.resolve('@simplewebauthn/browser')), '..', 'dist', 'bundle', 'index.umd.min.js'),
    'utf8',
  );
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#1f5f7f" d="M2 1h12v14H2zM4 4v2h8V4zm0 4v1h8V8zm0 3v1h5v-1z"/></svg>';

const FILES: [path: string, type: string, content: () => string][] = [
  ['/desk.css', 'text/css; charset=utf-8', () => `${read('../web/base.css')}${read('desk.css')}`],
  ['/desk.js', 'text/javascript; charset=utf-8', script],
  ['/passkeys.js', 'text/javascript; charset=utf-8', passkeys],
  ['/desk.svg', 'image/svg+xml', () => ICON],
];

/** Read once, when the desk begins: each is the same for everybody. */
export function fixedFiles(app: Hono<Env>): void {
  for (const [path, type, content] of FILES) {
    const body = content();
    app.get(path, (request) => request.body(body, 200, { 'Content-Type': type, 'Cache-Control': 'max-age=300' }));
  }
}
