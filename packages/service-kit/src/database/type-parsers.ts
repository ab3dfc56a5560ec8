import pg from 'pg';

const INT8 = 20;
const DATE = 1082;

function toSafeInteger(value: string): number {
  const parsed = Number(value);
  if (!Number.isSafeInteger(parsed)) {
    throw new RangeError('bigint column holds a value beyond 2^53');
  }
  return parsed;
}

/**
 * How column values become JavaScript: bigint as a safe number, calendar dates as 'AAAA-MM-DD'
 * (pg would make an instant of them, a day off in half of the time zones), numeric as decimal
 * string, timestamptz as Date.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === INT8) return toSafeInteger;
      if (oid === DATE) return (value: string) => value;
    }
    return pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;
