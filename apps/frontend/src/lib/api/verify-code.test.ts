import { describe, expect, it } from 'vitest';
import { codeInPath, verifyCode } from './verify-code.ts';

const document = {
  code: '7KQM-4R2T-XH9C-PW3E',
  kind: 'prescription',
  title: 'Receita',
  status: 'valid',
  issuedAt: '2026-11-26T17:05:00.000Z',
  revokedAt: null,
  doctor: { name: 'Dra. Teste', crm: '123456/SP' },
  clinic: 'Clínica',
  patientInitials: 'J. S.',
  pdfSha256: 'a'.repeat(64),
  hash: 'b'.repeat(64),
  addenda: 0,
};
const asked: string[] = [];
const answering =
  (status: number, body: unknown): typeof fetch =>
  async (url) => {
    asked.push(String(url));
    return Response.json(body, { status });
  };
const check = (code: string, doFetch: typeof fetch) =>
  verifyCode('http://gateway.test', code, doFetch);

describe('a printed code', () => {
  it('in a path may be written with a malformed escape', () => {
    expect(codeInPath('7KQM%204R2T')).toBe('7KQM 4R2T');
    expect(codeInPath('%E0%A4%A')).toBe('%E0%A4%A');
  });

  it('that is known gives the document', async () => {
    const found = await check(document.code, answering(200, document));
    expect(found).toEqual({ kind: 'known', document });
  });

  it('is sent as one segment of the path, whatever it holds', async () => {
    await check('../../me?x=1', answering(404, {}));
    expect(asked.at(-1)).toBe('http://gateway.test/api/verify/..%2F..%2Fme%3Fx%3D1');
  });

  it.each([
    [404, 'unknown'],
    [400, 'unknown'],
    [429, 'limited'],
    [503, 'unreachable'],
  ])('answered with %i is %s', async (status, kind) => {
    expect(await check('x', answering(status, {}))).toEqual({ kind });
  });

  it('says nothing about the document when the gateway is away or answers something else', async () => {
    const away: typeof fetch = () => Promise.reject(new TypeError('fetch failed'));
    expect(await check('x', away)).toEqual({ kind: 'unreachable' });
    expect(await check('x', answering(200, { status: 'valid' }))).toEqual({ kind: 'unreachable' });
  });
});
