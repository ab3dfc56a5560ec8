import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeResend, startFakeResend } from '../../../../../tests/fakes/resend/fake-resend.ts';
import { freePort } from '../../../../../tests/support/free-port.ts';
import { createOutboxFolder } from './outbox-folder.ts';
import { createOutboxMailer } from './outbox-senders.ts';
import type { Mailer, OutgoingMail } from './ports.ts';
import { createResendMailer } from './resend-mailer.ts';

let resend: FakeResend;
let folder: string;
beforeAll(async () => {
  resend = await startFakeResend();
  folder = await mkdtemp(join(tmpdir(), 'medcall-mail-'));
});
afterAll(async () => {
  await resend.close();
  await rm(folder, { recursive: true });
});

const from = 'Clínica Aurora <nao-responda@aurora.test>';
function aMail(changes: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    idempotencyKey: randomUUID(),
    to: 'joao@paciente.test',
    subject: 'Sua consulta amanhã às 10h: orientações de conexão e endereço',
    text: 'Olá, João.\nAté amanhã.',
    html: '<p>Olá, João.</p>',
    ...changes,
  };
}
const resendMailer = (changes: { apiKey?: string; timeoutMs?: number; baseUrl?: string } = {}) =>
  createResendMailer({ baseUrl: resend.url, apiKey: resend.apiKey, from, ...changes });

const adapters: Record<
  string,
  { mailer: () => Mailer; sent: (mail: OutgoingMail) => Promise<number> }
> = {
  embedded: {
    mailer: () => createOutboxMailer(createOutboxFolder(folder), from),
    sent: async () =>
      (await readdir(join(folder, 'caixa-de-saida'))).filter((n) => n.endsWith('.eml')).length,
  },
  resend: { mailer: () => resendMailer(), sent: async () => resend.sent.length },
};

describe.each(Object.entries(adapters))('Mailer: %s', (_name, { mailer, sent }) => {
  it('sends a mail and gives the id of it', async () => {
    expect(await mailer().send(aMail())).toEqual({ kind: 'sent', providerId: expect.any(String) });
  });

  it('sends the same key once, one after the other and at once', async () => {
    const mail = aMail();
    const first = await mailer().send(mail);
    const before = await sent(mail);
    const again = await Promise.all(Array.from({ length: 5 }, () => mailer().send(mail)));
    expect(again).toEqual(Array.from({ length: 5 }, () => first));
    expect(await sent(mail)).toBe(before);
  });

  it('promises for how long a key is remembered', () => {
    expect(mailer().keyLivesMs).toBeGreaterThan(3_600_000);
  });
});

describe('Resend', () => {
  it('brings text, HTML and the key', async () => {
    const mail = aMail();
    await resendMailer().send(mail);
    expect(resend.sent.at(-1)).toMatchObject({
      key: mail.idempotencyKey,
      from,
      to: [mail.to],
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
    });
  });

  it.each([
    [
      { kind: 'rate_limited', retryAfterSeconds: 7 },
      { kind: 'later', retryAfterMs: 7000 },
    ],
    [{ kind: 'server_error_before' }, { kind: 'unknown' }],
    [{ kind: 'server_error_after' }, { kind: 'unknown' }],
    [{ kind: 'cut_off_before' }, { kind: 'unknown' }],
    [{ kind: 'cut_off_after' }, { kind: 'unknown' }],
    [{ kind: 'hang_after' }, { kind: 'unknown' }],
    [{ kind: 'garbage_after' }, { kind: 'unknown' }],
    [{ kind: 'unauthorized' }, { kind: 'later' }],
  ] as const)('after %o says %o, and the next try is still one mail', async (fault, outcome) => {
    const mail = aMail();
    resend.faults.next(fault);
    const mailer = resendMailer({ timeoutMs: 300 });
    expect(await mailer.send(mail)).toMatchObject(outcome);
    expect(await mailer.send(mail)).toMatchObject({ kind: 'sent' });
    expect(resend.sent.filter(({ key }) => key === mail.idempotencyKey)).toHaveLength(1);
  });

  it('tells what can never be sent from what an operator must put right', async () => {
    expect(await resendMailer().send(aMail({ to: 'sem-arroba' }))).toMatchObject({
      kind: 'refused',
      reason: 'invalid_address',
    });
    expect(await resendMailer({ apiKey: 'wrong' }).send(aMail())).toMatchObject({ kind: 'later' });
    const nobody = resendMailer({ baseUrl: `http://127.0.0.1:${await freePort()}` });
    expect(await nobody.send(aMail())).toMatchObject({ kind: 'later', vendorCode: 'ECONNREFUSED' });
  });

  it('does not take a key that was spent on another text for a sent mail', async () => {
    const mail = aMail();
    await resendMailer().send(mail);
    expect(await resendMailer().send({ ...mail, text: 'outro' })).toMatchObject({
      kind: 'refused',
    });
  });
});

describe('the outbox folder', () => {
  it('keeps a mail that a mail program opens, and no header that a subject smuggles in', async () => {
    const outbox = createOutboxFolder(await mkdtemp(join(folder, 'eml-')));
    const mail = aMail({ subject: 'Olá\r\nBcc: todos@mundo.test', to: 'a@b.test\nBcc: c@d.test' });
    await createOutboxMailer(outbox, from).send(mail);
    const [file] = (await readdir(outbox.path)).filter((name) => name.endsWith('.eml'));
    const eml = await readFile(join(outbox.path, file ?? ''), 'utf8');
    expect(eml).not.toMatch(/^Bcc:/m);
    expect(eml).toContain(Buffer.from(mail.text).toString('base64'));
    expect((await outbox.list(5))[0]).toMatchObject({ channel: 'email', text: mail.text });
  });
});
