import { afterEach, describe, expect, it, vi } from 'vitest';
import { createAuthStore } from '#store/authStore.ts';
import { renewForServer } from './renew-for-server.ts';

const nowMs = Date.UTC(2026, 10, 23, 12);

function answering(lifeSeconds: number, over: Record<string, unknown> = {}) {
  const session = {
    user: { id: 'u1', name: 'Dra. Teste', email: 'a@b.c', role: 'medico' },
    accessToken: 'token-1',
    accessTokenExpiresAt: nowMs / 1000 + lifeSeconds,
    expires: new Date(nowMs).toISOString(),
    ...over,
  };
  vi.stubGlobal('fetch', async () => Response.json(session));
}

afterEach(() => vi.unstubAllGlobals());

describe('renewForServer', () => {
  it.each([
    ['renewed', 3600, { secondStep: true }],
    ['unavailable', 60, { secondStep: true }],
    ['unavailable', -5, { accessToken: null, error: 'identity_unavailable' }],
    ['expired', -5, { accessToken: null, error: 'session_expired' }],
  ] as const)('says %s with %i s left', async (outcome, life, over) => {
    answering(life, over);
    const store = createAuthStore(() => nowMs, vi.fn());
    expect(await renewForServer(store, () => nowMs)).toBe(outcome);
  });
});
