/** Where a request comes from, for the limits on tries. */
import type { IncomingMessage } from 'node:http';
import type { Request } from './desk';

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

/**
 * The address at the other end. A proxy beside the desk (docs/operations.md) tells whom it asks for; the last address in its header is
 * the one that it saw itself, whatever the browser wrote before it.
 */
export function addressOf(request: Request): string {
  const served = request.env as { incoming?: IncomingMessage } | undefined;
  const other = served?.incoming?.socket.remoteAddress ?? '';
  if (!LOOPBACK.test(other)) return other;
  const forwarded = request.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim();
  return forwarded === undefined || forwarded === '' ? other : forwarded;
}
