import { describe, expect, it, vi } from 'vitest';
import { type RefreshAnswer, SessionRefresher } from './session-refresher.ts';
import type { AuthTokens } from './session-types.ts';

const startMs = Date.UTC(2026, 10, 23, 12);

function someTokens(lifeSeconds: number, refreshToken = 'r0'): AuthTokens {
  return {
    accessToken: `a-${refreshToken}`,
    refreshToken,
    expiresAt: startMs / 1000 + lifeSeconds,
  };
}

function aRefresher(answer: () => Promise<RefreshAnswer>) {
  const clock = { nowMs: startMs };
  const refresh = vi.fn((_token: string) => answer());
  return { clock, refresh, refresher: new SessionRefresher({ refresh, nowMs: () => clock.nowMs }) };
}

describe('SessionRefresher', () => {
  it('leaves a token with enough life alone', async () => {
    const { refresh, refresher } = aRefresher(async () => ({ kind: 'refused' }));
    expect((await refresher.ensureFresh(someTokens(600))).kind).toBe('current');
    expect(refresh).not.toHaveBeenCalled();
  });

  it('renews one that the page, with its margin of 120 s, would not take', async () => {
    const next = someTokens(3600, 'r1');
    const { refresher } = aRefresher(async () => ({ kind: 'ok', tokens: next }));
    expect((await refresher.ensureFresh(someTokens(121))).kind).toBe('refreshed');
  });

  it('spends a refresh token once for all tabs that ask together, and for those a little late', async () => {
    const next = someTokens(3600, 'r1');
    const { clock, refresh, refresher } = aRefresher(async () => ({ kind: 'ok', tokens: next }));
    const old = someTokens(-5);
    const together = await Promise.all([1, 2, 3].map(() => refresher.ensureFresh(old)));
    clock.nowMs += 4 * 60_000;
    const late = await refresher.ensureFresh(old);
    for (const outcome of [...together, late]) {
      expect(outcome).toEqual({ kind: 'refreshed', tokens: next });
    }
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('forgets a successor after the grace', async () => {
    const { clock, refresh, refresher } = aRefresher(async () => ({
      kind: 'ok',
      tokens: someTokens(3600, 'r1'),
    }));
    await refresher.ensureFresh(someTokens(-5));
    clock.nowMs += 5 * 60_000 + 1;
    await refresher.ensureFresh(someTokens(-5));
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('goes on with a living token while the identity is down or has refused an early renewal', async () => {
    const down = aRefresher(async () => ({ kind: 'unreachable' }));
    expect((await down.refresher.ensureFresh(someTokens(30))).kind).toBe('current');
    const refused = aRefresher(async () => ({ kind: 'refused' }));
    expect((await refused.refresher.ensureFresh(someTokens(30))).kind).toBe('current');
  });

  it('tells an expired session from an identity that is down', async () => {
    const down = aRefresher(async () => ({ kind: 'unreachable' }));
    expect((await down.refresher.ensureFresh(someTokens(-1))).kind).toBe('unavailable');
    const refused = aRefresher(async () => ({ kind: 'refused' }));
    expect((await refused.refresher.ensureFresh(someTokens(-1))).kind).toBe('expired');
  });

  it('asks again after a failure', async () => {
    const answers: RefreshAnswer[] = [
      { kind: 'unreachable' },
      { kind: 'ok', tokens: someTokens(3600, 'r1') },
    ];
    const { refresher } = aRefresher(async () => answers.shift() ?? { kind: 'refused' });
    expect((await refresher.ensureFresh(someTokens(-1))).kind).toBe('unavailable');
    expect((await refresher.ensureFresh(someTokens(-1))).kind).toBe('refreshed');
  });
});
