/** Retrying calls to a server that is down for a while. Acts are idempotent, so repeating a call does no harm. */
import { setTimeout as pause } from 'node:timers/promises';
import { isGrpcServiceError } from '@temporalio/client';
import { DatabaseError } from 'pg';

const LIMIT_SECONDS = 120;

/** gRPC: unavailable, deadline exceeded, cancelled, aborted, resource exhausted, unknown transport trouble. */
const TRANSIENT_GRPC = [1, 2, 4, 8, 10, 14];
/** The workflow was just continuing as new and had not taken the call yet (gRPC: failed precondition); its next run takes it. */
const NOT_TAKEN = /unexpected workflow task failure/i;
/** SQLSTATE classes of a database that is down or busy. */
const TRANSIENT_SQL = ['08', '53', '57', '58', '40'];

function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isGrpcServiceError(error)) return TRANSIENT_GRPC.includes(error.code) || NOT_TAKEN.test(error.message);
  if (error instanceof DatabaseError) return TRANSIENT_SQL.some((sqlClass) => error.code?.startsWith(sqlClass));
  if ('code' in error && /^E(CONN|PIPE|TIMEDOUT)/.test(String(error.code))) return true;
  if (
    /Connection terminated|not queryable|timeout expired|Timeout acquiring a connection|RPC_TIMEOUT|Update.*(timed out|not admitted)/i.test(
      `${error.name} ${error.message}`,
    )
  )
    return true;
  return error.cause instanceof Error && isTransient(error.cause);
}

/** Retries `call` while it fails for a passing reason, for two minutes at most. */
export async function patiently<Result>(call: () => Promise<Result>): Promise<Result> {
  const giveUpAt = Date.now() + LIMIT_SECONDS * 1000;
  for (let wait = 100; ; wait = Math.min(wait * 2, 2000)) {
    try {
      return await call();
    } catch (error) {
      if (!isTransient(error) || Date.now() > giveUpAt) throw error;
      await pause(wait);
    }
  }
}
