import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { newWebhookSecret, signatureHeaders } from './webhook-signature.ts';

const now = () => Math.floor(Date.now() / 1000);

/** The verifier is the Standard Webhooks project's own, which shares no line with ours. */
describe('signatureHeaders', () => {
  it('satisfy an independent verifier for any body', () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        const secret = newWebhookSecret();
        const headers = signatureHeaders({ id: randomUUID(), timestamp: now(), body }, [secret]);
        expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
      }),
    );
  });

  it('fail for another secret, a changed body, id or time', () => {
    const secret = newWebhookSecret();
    const body = '{"type":"webhook.test"}';
    const headers = signatureHeaders({ id: 'one', timestamp: now(), body }, [secret]);
    const verify =
      (text: string, given: Record<string, string>, by = secret) =>
      () =>
        new Webhook(by).verify(text, given);
    expect(verify(body, headers)).not.toThrow();
    expect(verify(body, headers, newWebhookSecret())).toThrow(WebhookVerificationError);
    expect(verify(`${body} `, headers)).toThrow(WebhookVerificationError);
    expect(verify(body, { ...headers, 'webhook-id': 'two' })).toThrow(WebhookVerificationError);
    const later = { ...headers, 'webhook-timestamp': String(now() + 1) };
    expect(verify(body, later)).toThrow(WebhookVerificationError);
  });

  it('fall out of the replay window after five minutes', () => {
    const secret = newWebhookSecret();
    const headers = signatureHeaders({ id: 'one', timestamp: now() - 301, body: '{}' }, [secret]);
    expect(() => new Webhook(secret).verify('{}', headers)).toThrow(/too old/);
  });

  it('sign with the old and the new secret while both count', () => {
    const [fresh, previous] = [newWebhookSecret(), newWebhookSecret()];
    const headers = signatureHeaders({ id: 'one', timestamp: now(), body: '{}' }, [
      fresh,
      previous,
    ]);
    for (const secret of [fresh, previous]) {
      expect(() => new Webhook(secret).verify('{}', headers)).not.toThrow();
    }
  });
});
