import type { AuthTokens, SessionTrouble } from '../lib/auth/session-types.ts';

declare module 'next-auth' {
  interface User {
    role: string | null;
    tokens: AuthTokens;
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    role?: string | null;
    tokens?: AuthTokens;
    trouble?: SessionTrouble;
  }
}
