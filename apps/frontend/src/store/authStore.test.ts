import { afterEach, describe, expect, it, vi } from 'vitest';
import { createAuthStore } from './authStore.ts';

const nowMs = Date.UTC(2026, 10, 23, 12);

function aSession(over: Record<string, unknown> = {}) {
  return {
    user: { id: 'u1', name: 'Dra. Teste', email: 'a@b.c', role: 'medico' },
    accessToken: 'token-1',
    accessTokenExpiresAt: nowMs / 1000 + 3600,
    expires: new Date(nowMs).toISOString(),
    ...over,
  };
}

function answering(...bodies: (object | number)[]) {
  const fetch = vi.fn(async () => {
    const body = bodies.shift();
    if (body === undefined) throw new TypeError('fetch failed');
    return typeof body === 'number' ? new Response('', { status: body }) : Response.json(body);
  });
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

afterEach(() => vi.unstubAllGlobals());

describe('authStore', () => {
  it('asks once for many callers and keeps the token while it lives', async () => {
    const fetch = answering(aSession());
    const store = createAuthStore(() => nowMs);
    const { getAccessToken } = store.getState();
    expect(await Promise.all([getAccessToken(), getAccessToken()])).toEqual(['token-1', 'token-1']);
    expect(await getAccessToken()).toBe('token-1');
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('asks again when the token is about to die', async () => {
    answering(
      aSession({ accessTokenExpiresAt: nowMs / 1000 + 10 }),
      aSession({ accessToken: 'token-2' }),
    );
    const store = createAuthStore(() => nowMs);
    await store.getState().load();
    expect(await store.getState().getAccessToken()).toBe('token-2');
  });

  it('asks again before the server’s actions would refuse the token, or renew it themselves', async () => {
    answering(
      aSession({ accessTokenExpiresAt: nowMs / 1000 + 100 }),
      aSession({ accessToken: 'token-2' }),
    );
    const store = createAuthStore(() => nowMs);
    await store.getState().load();
    expect(await store.getState().getAccessToken()).toBe('token-2');
  });

  it('survives a lost race: the second answer comes with the new cookie', async () => {
    answering(aSession({ accessToken: null, error: 'session_expired' }), aSession());
    const store = createAuthStore(() => nowMs);
    await store.getState().load();
    expect(store.getState().status).toBe('signed-in');
  });

  it('tells signed out, expired and unavailable apart', async () => {
    const cases = [
      [[{}], 'signed-out'],
      [
        [
          aSession({ accessToken: null, error: 'session_expired' }),
          aSession({ accessToken: null, error: 'session_expired' }),
        ],
        'expired',
      ],
      [[aSession({ accessToken: null, error: 'identity_unavailable' })], 'unavailable'],
      [[503], 'unavailable'],
    ] as const;
    for (const [bodies, status] of cases) {
      answering(...bodies);
      const store = createAuthStore(() => nowMs);
      await store.getState().load();
      expect(store.getState().status).toBe(status);
    }
  });

  it('stays locked and loads the page anew when somebody else signed in in another tab', async () => {
    const expired = aSession({ accessToken: null, error: 'session_expired' });
    const other = aSession({
      user: { id: 'u2', name: 'Dr. Outro', email: 'd@e.f', role: 'medico' },
      accessToken: 'token-of-the-other',
    });
    for (const before of [[expired, expired], [{}]]) {
      answering(aSession(), ...before, other, other);
      const leave = vi.fn();
      const store = createAuthStore(() => nowMs, leave);
      await store.getState().load();
      await store.getState().load();
      expect(leave).not.toHaveBeenCalled();
      await store.getState().load();
      expect(store.getState()).toMatchObject({ status: 'expired', accessToken: null });
      expect(leave).toHaveBeenCalledTimes(1);
      // Whatever asks for a token before the browser has left gets none.
      expect(await store.getState().getAccessToken()).toBeNull();
      expect(store.getState().status).toBe('expired');
    }
  });

  it('is unlocked by the same person, in whichever tab', async () => {
    const expired = aSession({ accessToken: null, error: 'session_expired' });
    answering(aSession(), expired, expired, aSession({ accessToken: 'token-2' }));
    const leave = vi.fn();
    const store = createAuthStore(() => nowMs, leave);
    for (let load = 0; load < 3; load++) await store.getState().load();
    expect(store.getState()).toMatchObject({ status: 'signed-in', accessToken: 'token-2' });
    expect(leave).not.toHaveBeenCalled();
  });

  it('keeps a living token when the network fails', async () => {
    answering(aSession());
    const store = createAuthStore(() => nowMs);
    await store.getState().load();
    await store.getState().load();
    expect(store.getState()).toMatchObject({ status: 'signed-in', accessToken: 'token-1' });
  });
});
