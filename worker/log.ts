/**
 * The worker's log: one JSON object a line, on standard output, for journald or a file. It names workflows, acts, codes and
 * constraints, and never the values of a row: those may be a resident's.
 */
import { hostname } from 'node:os';
import { DatabaseError } from 'pg';
import { type Logger, pino } from 'pino';
import type { Logger as TemporalLogger, LogLevel, LogMetadata } from '@temporalio/common';
import { Refused } from '../servers/refused';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof LEVELS)[number];

/** SQLSTATE 22, data exception: its message quotes the value. */
const QUOTES_ITS_VALUE = /^22/;

const levelNamed = (word: string | undefined): Level | undefined =>
  LEVELS.find((level) => level === word?.trim().toLowerCase());

/**
 * FUND_LOG_LEVEL is ours: a word that is not a level is refused. LOG_LEVEL belongs to other programs too, whose levels may have
 * other names: such a word changes nothing here.
 */
export function logLevel(env: Readonly<Record<string, string | undefined>> = process.env): Level {
  const ours = env.FUND_LOG_LEVEL;
  if (!ours) return levelNamed(env.LOG_LEVEL) ?? 'info';
  const level = levelNamed(ours);
  if (level === undefined) {
    throw new Refused(`FUND_LOG_LEVEL must be one of ${LEVELS.join(', ')}, not “${ours}”.`);
  }
  return level;
}

export function workerLog(level = logLevel(), to?: pino.DestinationStream): Logger {
  const options = {
    level,
    base: { pid: process.pid, host: hostname() },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: loggable, error: loggable },
  };
  return to === undefined ? pino(options) : pino(options, to);
}

interface LoggedError {
  type: string;
  message: string;
  stack?: string;
  code?: string | number;
  constraint?: string;
  cause?: LoggedError | string;
}

/** What may be logged about an error, field by field: pg's `detail` and `where` quote rows and are left out. */
function loggable(error: unknown): LoggedError | string {
  if (!(error instanceof Error)) return String(error);
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  const quotes = error instanceof DatabaseError && QUOTES_ITS_VALUE.test(error.code ?? '');
  const stack = error.stack?.split('\n').filter((line) => line.startsWith('    at '));
  return {
    type: error.name,
    message: quotes ? 'a value does not fit its column (left out here)' : error.message,
    ...(stack === undefined ? {} : { stack: stack.join('\n') }),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(error.cause === undefined ? {} : { cause: loggable(error.cause) }),
  };
}

/** The same log for Temporal's SDK. */
export function forTemporal(log: Logger): TemporalLogger {
  const write = (level: Level) => (message: string, meta?: LogMetadata) => log[level](plain(meta), message);
  return {
    log: (level: LogLevel, message, meta) => write(level.toLowerCase() as Level)(message, meta),
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}

/** JSON has no bigint. */
const plain = (meta: LogMetadata = {}): object =>
  Object.fromEntries(
    Object.entries(meta).map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : (value as unknown)]),
  );
