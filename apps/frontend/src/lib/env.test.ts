import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';

const secret = { NEXTAUTH_SECRET: 'a-secret-of-this-test-only' };
const https = {
  ...secret,
  NEXTAUTH_URL: 'https://medcall.example',
  NEXT_PUBLIC_GATEWAY_HTTP_URL: 'https://api.medcall.example',
  NEXT_PUBLIC_REALTIME_WS_URL: 'wss://realtime.medcall.example',
};

describe('the addresses of the frontend', () => {
  it('are all of HTTPS where the pages are, sockets included', () => {
    expect(readEnv(https).frontendUrl).toBe('https://medcall.example');
    for (const [name, plain] of [
      ['NEXT_PUBLIC_REALTIME_WS_URL', 'ws://realtime.medcall.example'],
      ['NEXT_PUBLIC_REALTIME_WS_URL', 'http://realtime.medcall.example'],
      ['NEXT_PUBLIC_GATEWAY_HTTP_URL', 'http://api.medcall.example'],
      ['NEXT_PUBLIC_SUPABASE_URL', 'http://project.supabase.example'],
    ] as const) {
      expect(() => readEnv({ ...https, [name]: plain })).toThrow(`${name}: must be https://`);
    }
  });

  it('may be plain ones on a laptop', () => {
    expect(readEnv(secret).public.realtimeUrl).toBe('http://localhost:3002');
  });
});
