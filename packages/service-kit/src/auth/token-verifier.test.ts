import { generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { signServiceToken } from './service-token.ts';
import { type AcceptedIssuer, createTokenVerifier } from './token-verifier.ts';

const sub = '0b6d5a1e-7a52-4b4e-8a6b-3f5c4dc6a001';
const secret = new TextEncoder().encode('x'.repeat(40));

async function world() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const people: AcceptedIssuer = {
    issuer: 'https://id.test/auth/v1',
    audience: 'authenticated',
    algorithms: ['ES256'],
    key: async () => publicKey,
  };
  const service: AcceptedIssuer = {
    issuer: 'service:realtime',
    audience: 'service:ai',
    algorithms: ['HS256'],
    key: secret,
  };
  const sign = (claims: Record<string, unknown> = {}, expires = '5m') =>
    new SignJWT({ role: 'authenticated', ...claims })
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuer('https://id.test/auth/v1')
      .setAudience('authenticated')
      .setSubject(sub)
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(privateKey);
  return { verifier: createTokenVerifier([people, service]), sign };
}

describe('token verifier', () => {
  it('gives the member behind a valid token', async () => {
    const { verifier, sign } = await world();
    await expect(verifier.verify(await sign())).resolves.toMatchObject({ kind: 'member', sub });
  });

  it('tells an expired token from a bad one', async () => {
    const { verifier, sign } = await world();
    await expect(verifier.verify(await sign({}, '-1m'))).rejects.toMatchObject({
      code: 'token_expired',
    });
    await expect(verifier.verify('not.a.token')).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it("never lets the token's alg choose the key: a service's secret signs no person in", async () => {
    const { verifier } = await world();
    const forged = await new SignJWT({ role: 'authenticated' })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('https://id.test/auth/v1')
      .setAudience('authenticated')
      .setSubject(sub)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(secret);
    await expect(verifier.verify(forged)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('refuses unsigned tokens, unknown issuers and foreign roles', async () => {
    const { verifier, sign } = await world();
    const [, payload] = (await sign()).split('.');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    await expect(verifier.verify(none)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(verifier.verify(await sign({ role: 'service_role' }))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it('accepts our own services for the audience that they were signed for only', async () => {
    const { verifier } = await world();
    const good = await signServiceToken({ secret: 'x'.repeat(40), from: 'realtime', to: 'ai' });
    await expect(verifier.verify(good)).resolves.toMatchObject({
      kind: 'service',
      name: 'realtime',
    });
    const elsewhere = await signServiceToken({
      secret: 'x'.repeat(40),
      from: 'realtime',
      to: 'gateway',
    });
    await expect(verifier.verify(elsewhere)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});
