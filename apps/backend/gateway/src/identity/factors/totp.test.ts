import { describe, expect, it } from 'vitest';
import { matchingStep, newTotpSecret, qrSvg, totpUri } from './totp.ts';

// RFC 6238, appendix B, SHA-1: the last six of the eight digits.
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('codes of an authenticator app', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('at second %i the code is %s, as RFC 6238 has it', (second, code) => {
    expect(matchingStep(rfcSecret, code, second * 1000)).toBe(Math.floor(second / 30));
  });

  it('count one step before and after, and are told by their own step', () => {
    const step = Math.floor(59 / 30);
    for (const away of [-1, 0, 1]) {
      expect(matchingStep(rfcSecret, '287082', (59 - away * 30) * 1000)).toBe(step);
    }
    expect(matchingStep(rfcSecret, '287082', (59 + 60) * 1000)).toBeNull();
    expect(matchingStep(rfcSecret, '287082', (59 + 90) * 1000)).toBeNull();
  });

  it.each(['', '28708', '2870821', '28708a', ' 287082', '２８７０８２'])('%j is none', (code) => {
    expect(matchingStep(rfcSecret, code, 59_000)).toBeNull();
  });

  it('come from a key of 160 bits that no other has', () => {
    const keys = new Set(Array.from({ length: 50 }, newTotpSecret));
    expect(keys.size).toBe(50);
    for (const key of keys) expect(key).toMatch(/^[A-Z2-7]{32}$/);
  });

  it('are handed over by an address that names issuer and account, drawn without a colour that breaks a data URL', () => {
    const uri = totpUri({
      secret: rfcSecret,
      issuer: 'Clínica São José',
      account: 'dra@clinica.test',
    });
    const read = new URL(uri);
    expect(read.protocol).toBe('otpauth:');
    expect(decodeURIComponent(read.pathname)).toContain('Clínica São José:dra@clinica.test');
    expect(Object.fromEntries(read.searchParams)).toMatchObject({
      secret: rfcSecret,
      issuer: 'Clínica São José',
      digits: '6',
      period: '30',
    });
    const svg = qrSvg(uri);
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toContain('#');
  });
});
