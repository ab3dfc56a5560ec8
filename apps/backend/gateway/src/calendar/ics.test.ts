import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { type CalendarEntry, icsOf } from './ics.ts';

const entry: CalendarEntry = {
  id: '0b6d5a1e-7a52-4b4e-8a6b-3f5c4dc6a001@medcall',
  version: 3,
  changedAt: new Date('2027-01-02T10:00:00Z'),
  startsAt: new Date('2027-03-01T13:30:00Z'),
  minutes: 40,
  cancelled: false,
  summary: 'Consulta',
};

/** Read back by another library. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
}

describe('iCalendar files', () => {
  it('say the same instants to a reader of another make', () => {
    const [event] = read(icsOf('Agenda', [entry]));
    expect(event?.uid).toBe(entry.id);
    expect(event?.sequence).toBe(3);
    expect(event?.startDate.toJSDate()).toEqual(entry.startsAt);
    expect(event?.endDate.toJSDate()).toEqual(new Date('2027-03-01T14:10:00Z'));
  });

  it('mark a cancelled booking, for calendars that have it already', () => {
    const [event] = read(icsOf('Agenda', [{ ...entry, cancelled: true }]));
    expect(event?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
  });

  it('keep any text whole, in lines of at most 75 bytes', () => {
    const words = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
      // Control characters have no place in the format (RFC 5545, 3.1); a line break is escaped.
      .map((text) => text.replace(/\p{Cc}/gu, ' ').trim())
      .filter((text) => text !== '');
    fc.assert(
      fc.property(words, (summary) => {
        const text = icsOf('Agenda', [{ ...entry, summary }]);
        expect(read(text)[0]?.summary).toBe(summary);
        for (const line of text.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        }
      }),
    );
  });
});
