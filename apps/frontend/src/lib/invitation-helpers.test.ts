import { describe, expect, it } from 'vitest';
import { invitationMailto } from './email-service.ts';
import { calendarEventLink } from './google-calendar-service.ts';

describe('invitationMailto', () => {
  it('survives signs that mean something in an address', () => {
    const link = 'https://m.example/call/sala-1234?convite=a-b_c&x=1';
    const url = new URL(invitationMailto('ana+1@ex.com', link, 'Clínica & Cia'));
    expect(url.protocol).toBe('mailto:');
    expect(decodeURIComponent(url.pathname)).toBe('ana+1@ex.com');
    expect(url.searchParams.get('body')).toContain(link);
    expect(url.searchParams.get('subject')).toContain('Clínica & Cia');
  });
});

describe('calendarEventLink', () => {
  it('gives start and end in UTC and no name', () => {
    const link = calendarEventLink(
      { scheduled_at: '2026-11-23T17:30:00.000Z', duration_minutes: 45, roomId: 'sala-1234' },
      'https://m.example',
    );
    const url = new URL(link ?? '');
    expect(url.searchParams.get('dates')).toBe('20261123T173000Z/20261123T181500Z');
    expect(url.searchParams.get('details')).toBe('https://m.example/call/sala-1234');
  });

  it('has nothing to offer without a time', () => {
    const now = { scheduled_at: null, duration_minutes: null, roomId: 'sala-1234' };
    expect(calendarEventLink(now, 'https://m.example')).toBeNull();
  });
});
