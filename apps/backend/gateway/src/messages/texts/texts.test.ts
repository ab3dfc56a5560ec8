import { describe, expect, it } from 'vitest';
import { accountMail } from './account-texts.ts';
import {
  type ConsultationFacts,
  consultationText,
  type PatientMessageKind,
} from './consultation-texts.ts';
import { smsText } from './sms-text.ts';

const kinds: PatientMessageKind[] = [
  'consultation.invitation',
  'consultation.reminder_24h',
  'consultation.reminder_1h',
  'consultation.confirmation',
  'consultation.cancellation',
];
const facts: ConsultationFacts = {
  patientName: 'João <b>da</b> Silva',
  doctorName: 'Dra. Beatriz Nogueira',
  clinicName: 'Clínica São José & Filhos',
  clinicPhone: '(11) 3333-4444',
  clinicAddress: 'Rua das Acácias, 10, São Paulo/SP',
  scheduledAt: new Date('2026-11-28T01:30:00Z'),
  timezone: 'America/Sao_Paulo',
  type: 'ONLINE',
  link: 'https://medcall.test/call/sala-0123456789abcdef?convite=abc_DEF-123',
};

describe.each(kinds)('%s', (kind) => {
  const text = consultationText(kind, facts);

  it("tells the time in the clinic's zone, in text, HTML and SMS", () => {
    for (const part of [text.text, text.html, text.sms]) expect(part).toContain('22:30');
    if (kind !== 'consultation.reminder_1h') {
      expect(text.text).toContain('27/11/2026');
      expect(text.sms).toContain('27/11');
    }
  });

  it('escapes what people wrote', () => {
    const html = consultationText(kind, { ...facts, doctorName: '<script>x</script>' }).html;
    expect(html).not.toContain('<script>');
    expect(html).toContain('São José &amp; Filhos');
  });

  it('fits an SMS of the basic alphabet, the link whole', () => {
    const long = consultationText(kind, { ...facts, clinicName: 'Clínica '.repeat(60) });
    for (const { sms } of [text, long]) {
      expect(sms).toMatch(/^[A-Za-z0-9 \n@$!"#%&'()*+,\-./:;<=>?_]+$/);
      expect(sms.length).toBeLessThanOrEqual(459);
      if (kind !== 'consultation.cancellation') expect(sms.endsWith(facts.link ?? '')).toBe(true);
    }
  });

  it('has no link in person', () => {
    const { html, sms, text } = consultationText(kind, { ...facts, type: 'PRESENCIAL' });
    for (const part of [html, sms, text]) expect(part).not.toContain('convite=');
  });
});

it('leads to the papers also after a consultation in person, and names no clinical word', () => {
  const { html, sms, text } = consultationText('consultation.documents', {
    ...facts,
    type: 'PRESENCIAL',
    scheduledAt: null,
  });
  for (const part of [text, sms]) expect(part).toContain(facts.link);
  expect(html).toContain('Abrir documentos');
  expect(sms.length).toBeLessThanOrEqual(459);
});

it('a consultation without a time is an invitation to come now', () => {
  const { text, sms } = consultationText('consultation.invitation', {
    ...facts,
    scheduledAt: null,
  });
  expect(text).toContain('espera por você');
  expect(sms).not.toContain('horario');
});

it('the eve’s SMS asks for SIM or NAO', () => {
  expect(consultationText('consultation.reminder_24h', facts).sms).toMatch(/SIM .* NAO/);
});

it.each(['recovery', 'signup', 'invite', 'email_change', 'magiclink'] as const)(
  'the mail %s carries its link in both parts and says how long it works',
  (kind) => {
    const mail = accountMail(kind, 'https://medcall.test/x?a=1&b=2', 60);
    expect(mail.text).toContain('https://medcall.test/x?a=1&b=2');
    expect(mail.html).toContain('https://medcall.test/x?a=1&amp;b=2');
    expect(mail.text).toContain('60 minutos');
  },
);

it('smsText drops what the basic alphabet lacks', () => {
  expect(smsText('Às 10h — coração ❤ “ok” [x]')).toBe('As 10h - coracao  "ok" x');
});
