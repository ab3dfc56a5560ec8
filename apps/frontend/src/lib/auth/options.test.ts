import type { User } from 'next-auth';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readCookieSession } from './cookie-session.ts';
import { endSession } from './identity.ts';
import { authOptions } from './options.ts';

vi.mock('./cookie-session.ts', () => ({ readCookieSession: vi.fn() }));
vi.mock('./identity.ts', () => ({
  endSession: vi.fn(),
  refreshTokens: vi.fn(),
  signInWithPassword: vi.fn(),
}));

beforeEach(() => {
  vi.stubEnv('NEXTAUTH_SECRET', 'a-secret-of-this-test-only');
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.clearAllMocks();
});

const user = { id: '1' } as User;
const signIn = (provider = 'credentials') =>
  authOptions({ mayRefresh: false, refreshed: false }).events?.signIn?.({
    user,
    account: { provider, type: 'credentials', providerAccountId: '1' },
  });

describe('signing in', () => {
  it('ends the session that this browser had before', async () => {
    const tokens = { accessToken: 'before', refreshToken: 'r', expiresAt: 0 };
    vi.mocked(readCookieSession).mockResolvedValue({ tokens });
    await signIn();
    expect(endSession).toHaveBeenCalledExactlyOnceWith('before');
  });

  it('keeps the session that a second factor raises', async () => {
    const tokens = { accessToken: 'before', refreshToken: 'r', expiresAt: 0 };
    vi.mocked(readCookieSession).mockResolvedValue({ tokens });
    await signIn('second-factor');
    expect(endSession).not.toHaveBeenCalled();
  });

  it('ends nothing where there was none', async () => {
    vi.mocked(readCookieSession).mockResolvedValue(null);
    await signIn();
    expect(endSession).not.toHaveBeenCalled();
  });
});
