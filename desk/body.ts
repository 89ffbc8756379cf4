/** What the desk's own script sends. */
import type { Request } from './desk';
import { Refused } from './json';
import type { Viewer } from './viewer';

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

/** The page was made for one person, and another may have logged in at this browser since. */
export function refuseOther(viewer: Viewer, fields: Record<string, unknown>): void {
  const operator = textOf(fields, 'operator');
  if (operator === viewer.operator) return;
  throw new Refused(
    `本页是 ${operator} 打开的，现在登录的是 ${viewer.operator}：请刷新页面再办理 (somebody else is logged in now: reload the page)`,
  );
}
