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
  it('is one JSON object a line, whatever stands in it, with its time in UTC', () => {
    const { lines, logger } = aLog();
    const forged = 'x\r\n{"level":60,"msg":"forged"}\u2028\u001b[31m';
    logger.info({ path: forged }, `seen ${forged}`);
    logger.error({ err: new Error(forged) }, 'failed');
    const written = lines.join('').split('\n').filter(Boolean);
    expect(written).toHaveLength(2);
    for (const line of written) {
      const { service, time } = JSON.parse(line) as { service: string; time: string };
      expect(service).toBe('test');
      expect(new Date(time).toISOString()).toBe(time);
      expect(line.includes('\r') || line.includes('\u001b[31m')).toBe(false);
    }
  });

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
