/** What the desk's own script sends. */
import type { Request } from './desk';
import { Refused } from './json';

export async function fieldsOf(request: Request): Promise<Record<string, unknown>> {
  const body: unknown = await request.req.json().catch(() => null);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refused('请求不完整，请刷新页面再试 (reload the page and try again)');
  }
  return body as Record<string, unknown>;
}

/** A field of a form; empty where it was left empty. */
export function textOf(fields: Record<string, unknown>, name: string): string {
  const value = fields[name] ?? '';
  if (typeof value !== 'string' || value.includes('\0'))
    throw new Refused('请求不完整，请刷新页面再试 (reload the page and try again)');
  return value;
}
