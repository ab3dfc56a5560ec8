import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';

function aLog() {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, logger: createLogger({ service: 'test', level: 'debug', destination }) };
}

describe('the log', () => {
  it('keeps what names a database error and none of the row that it repeats', () => {
    const { lines, logger } = aLog();
    const refused = Object.assign(new Error('new row violates check constraint'), {
      code: '23514',
      table: 'transcriptions',
      detail: 'Failing row contains (a paciente tem dor no peito).',
    });
    logger.error({ err: refused }, 'not stored');
    logger.error({ err: new Error('outer', { cause: refused }) }, 'not stored');
    logger.error({ error: refused }, 'not stored');
    const written = lines.join('');
    expect(written).toContain('23514');
    expect(written).toContain('transcriptions');
    expect(written).not.toContain('dor no peito');
  });
});
