import { type DestinationStream, type Logger, pino } from 'pino';
import { standardOutput } from './standard-output.ts';

export type { Logger };

/** Names whose values never reach a log, wherever they stand. */
const secretNames = [
  'authorization',
  'Authorization',
  'cookie',
  'token',
  'accessToken',
  'access_token',
  'refresh_token',
  'password',
  'convite',
  'secret',
  'cpf',
  'sec-websocket-protocol',
];
const redactPaths = secretNames.flatMap((name) => {
  const key = /^[A-Za-z_]+$/.test(name) ? name : undefined;
  return key ? [key, `*.${key}`, `*.*.${key}`] : [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`];
});

export interface LoggerOptions {
  service: string;
  level: string;
  destination?: DestinationStream;
}

/** Structured log, one JSON a line, without secrets. */
export function createLogger(options: LoggerOptions): Logger {
  const settings = {
    base: { service: options.service },
    level: options.level,
    serializers: { err: errorWithoutData, error: errorWithoutData },
    redact: { paths: redactPaths, censor: '[redacted]' },
    timestamp: isoTime,
  };
  return pino(settings, options.destination ?? standardOutput());
}

let lastMs = 0;
let lastTime = '';

/** pino's own ISO time; many lines are of the same millisecond. */
function isoTime(): string {
  const now = Date.now();
  if (now !== lastMs) {
    lastMs = now;
    lastTime = `,"time":"${new Date(now).toISOString()}"`;
  }
  return lastTime;
}

/** Fields of a PostgreSQL error that repeat the row: a transcript, a patient's card. */
const rowFields = new Set(['detail', 'where', 'internalQuery', 'query', 'parameters']);

/** An error as pino writes it, without the data that made it. */
function errorWithoutData(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return withoutRows(pino.stdSerializers.err(error));
}

function withoutRows(written: object): object {
  return Object.fromEntries(
    Object.entries(written)
      .filter(([name]) => !rowFields.has(name))
      .map(([name, value]) => [
        name,
        value !== null && typeof value === 'object' && !Array.isArray(value)
          ? withoutRows(value)
          : value,
      ]),
  );
}

const secretQuery =
  /([?&](?:convite|token|code|state|access_token|refresh_token|sig|signature)=)[^&#\s]*/gi;

/** A URL as a log may hold it: the values of secret query parameters are gone. */
export function scrubUrl(url: string): string {
  return url.replace(secretQuery, '$1[redacted]');
}
