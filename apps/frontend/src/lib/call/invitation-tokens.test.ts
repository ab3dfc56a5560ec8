import { describe, expect, it, vi } from 'vitest';
import { InvitationTokens } from './invitation-tokens.ts';

const nowMs = Date.UTC(2026, 10, 23, 12);

function aToken(id: number, lifeMs: number): string {
  const claims = { exp: (nowMs + lifeMs) / 1000, sub: `p${id}` };
  return `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;
}

function someTokens(lifeMs: number) {
  let count = 0;
  const exchange = vi.fn(async () => {
    count += 1;
    return { accessToken: aToken(count, lifeMs), consultation: {} as never };
  });
  return { exchange, tokens: new InvitationTokens(exchange, () => nowMs) };
}

describe('InvitationTokens', () => {
  it('exchanges once for callers that come together, and keeps the token while it lives', async () => {
    const { exchange, tokens } = someTokens(15 * 60_000);
    const [a, b] = await Promise.all([tokens.get({ renew: false }), tokens.get({ renew: false })]);
    expect(a).toBe(b);
    expect(await tokens.get({ renew: false })).toBe(a);
    expect(exchange).toHaveBeenCalledTimes(1);
  });

  it('exchanges again before the end of its life, and when asked', async () => {
    const dying = someTokens(30_000);
    await dying.tokens.get({ renew: false });
    await dying.tokens.get({ renew: false });
    expect(dying.exchange).toHaveBeenCalledTimes(2);
    const living = someTokens(15 * 60_000);
    const first = await living.tokens.get({ renew: false });
    expect(await living.tokens.get({ renew: true })).not.toBe(first);
  });

  it('asks again after a failure', async () => {
    const exchange = vi
      .fn()
      .mockRejectedValueOnce(new Error('down'))
      .mockResolvedValue({ accessToken: aToken(1, 900_000), consultation: {} });
    const tokens = new InvitationTokens(exchange, () => nowMs);
    await expect(tokens.open()).rejects.toThrow('down');
    await expect(tokens.get({ renew: false })).resolves.toBeTruthy();
  });
});
