import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { SeenDeliveries } from './seen-deliveries.ts';
import { checkWebhook, replayWindowSeconds } from './webhook-config.ts';

const secret = `whsec_${Buffer.from('a'.repeat(32)).toString('base64')}`;
const now = 1_790_000_000;
const body = JSON.stringify({
  type: 'consultation.created',
  timestamp: '2026-11-26T10:00:00Z',
  data: { clinica_id: randomUUID(), consultation_id: randomUUID() },
});

/** Signed by the Standard Webhooks project's own library. */
function signed(text = body, at = now, by = secret) {
  const id = 'entrega-1';
  return new Headers({
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': new Webhook(by).sign(id, new Date(at * 1000), text),
  });
}
const check = (headers: Headers, text = body) => checkWebhook(headers, text, secret, now);

describe('checkWebhook', () => {
  it('takes what an independent implementation signed', () => {
    expect(check(signed())).toMatchObject({
      kind: 'genuine',
      id: 'entrega-1',
      payload: { type: 'consultation.created' },
    });
  });

  it('takes one good signature among others', () => {
    const headers = signed();
    headers.set('webhook-signature', `v1,AAAA v2,x ${headers.get('webhook-signature')}`);
    expect(check(headers)).toMatchObject({ kind: 'genuine' });
  });

  it.each([
    [
      'another secret',
      signed(body, now, `whsec_${Buffer.from('b'.repeat(32)).toString('base64')}`),
      body,
      'signature',
    ],
    ['a changed body', signed(), body.replace('created', 'started'), 'signature'],
    ['no headers', new Headers(), body, 'headers'],
    ['a delivery played again', signed(body, now - replayWindowSeconds - 1), body, 'too_old'],
    ['a delivery of the future', signed(body, now + replayWindowSeconds + 1), body, 'too_old'],
    ['something that is no event', signed('{"type":"x"}'), '{"type":"x"}', 'body'],
    ['something that is no JSON', signed('x'), 'x', 'body'],
  ])('refuses %s', (_what, headers, text, why) => {
    expect(check(headers, text)).toEqual({ kind: 'refused', why });
  });

  it('refuses a changed id or time', () => {
    const id = signed();
    id.set('webhook-id', 'entrega-2');
    expect(check(id)).toEqual({ kind: 'refused', why: 'signature' });
    const time = signed();
    time.set('webhook-timestamp', String(now + 1));
    expect(check(time)).toEqual({ kind: 'refused', why: 'signature' });
  });
});

describe('SeenDeliveries', () => {
  it('takes an id once and does not grow without end', () => {
    const seen = new SeenDeliveries();
    expect(seen.take('a')).toBe(true);
    expect(seen.take('a')).toBe(false);
    for (let i = 0; i < 10_000; i += 1) seen.take(String(i));
    expect(seen.take('9999')).toBe(false);
    expect(seen.take('a')).toBe(true);
  });
});
