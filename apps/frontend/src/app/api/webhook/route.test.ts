import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { largestBodyBytes } from '#lib/webhook-config.ts';

const renewed = vi.hoisted(() => vi.fn());
vi.mock('next/cache', () => ({ revalidatePath: renewed }));
// Reads the session's cookie, of which there is none outside of Next.
vi.mock('#lib/api/forward.ts', () => ({ forwardToGateway: vi.fn() }));

const secret = `whsec_${Buffer.from('k'.repeat(32)).toString('base64')}`;
const event = JSON.stringify({
  type: 'note.signed',
  timestamp: '2026-11-26T10:00:00Z',
  data: { clinica_id: randomUUID(), consultation_id: randomUUID() },
});

/** A delivery as the gateway makes it, signed by the Standard Webhooks project's own library. */
function delivery(change: { body?: string; by?: string; id?: string; at?: Date } = {}): Request {
  const { at = new Date(), body = event, by = secret, id = randomUUID() } = change;
  return new Request('https://app.clinica.test/api/webhook', {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(by).sign(id, at, body),
    },
  });
}

async function post(request: Request): Promise<number> {
  const { POST } = await import('./route.ts');
  return (await POST(request)).status;
}

beforeEach(() => {
  // The environment is read once by whoever asks first.
  vi.resetModules();
  vi.stubEnv('WEBHOOK_SECRET', secret);
  vi.stubEnv('NEXTAUTH_SECRET', 'secret-of-this-test-0123456789');
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  renewed.mockClear();
});

describe('POST /api/webhook', () => {
  it('takes a genuine delivery once: what is repeated renews nothing', async () => {
    const id = randomUUID();
    expect([await post(delivery({ id })), await post(delivery({ id }))]).toEqual([204, 204]);
    expect(renewed.mock.calls).toEqual([['/dashboard'], ['/agenda']]);
  });

  it.each([
    [
      'that somebody else signed',
      delivery({ by: `whsec_${Buffer.from('x'.repeat(32)).toString('base64')}` }),
      401,
    ],
    ['that is played again later', delivery({ at: new Date(Date.now() - 3_600_000) }), 401],
    ['of no known event', delivery({ body: '{"type":"x"}' }), 400],
    ['that is too large', delivery({ body: JSON.stringify('a'.repeat(largestBodyBytes)) }), 413],
  ])('refuses one %s, and believes nothing of it', async (_what, request, status) => {
    expect(await post(request)).toBe(status);
    expect(renewed).not.toHaveBeenCalled();
  });

  it('is not there where no secret is set', async () => {
    vi.stubEnv('WEBHOOK_SECRET', undefined);
    expect(await post(delivery())).toBe(404);
  });
});
