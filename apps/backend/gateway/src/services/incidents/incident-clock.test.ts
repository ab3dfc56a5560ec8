import { describe, expect, it } from 'vitest';
import { type ClockFacts, incidentClock, openDeadlines } from './incident-clock.ts';

const facts: ClockFacts = {
  status: 'open',
  // Wednesday before the holiday of Friday, late in the evening of Brasília: Thursday in UTC.
  known_at: new Date('2026-11-19T02:30:00Z'),
  small_agent: false,
  authority_at: null,
  people_at: null,
  preliminary: false,
  completed_at: null,
};
const at = (iso: string) => Date.parse(iso);

describe('the clock of an incident', () => {
  it('gives three working days after the day on which the clinic knew, past holiday and weekend', () => {
    const clock = incidentClock(facts, at('2026-11-19T12:00:00Z'));
    expect(clock).toEqual({
      due_on: '2026-11-24',
      days_left: 2,
      overdue: false,
      waits_for: ['authority', 'people'],
      complete_by: null,
    });
  });

  it('is late from the first instant of the next day in Brasília, not before', () => {
    expect(incidentClock(facts, at('2026-11-25T02:59:59Z'))).toMatchObject({
      days_left: 0,
      overdue: false,
    });
    expect(incidentClock(facts, at('2026-11-25T03:00:00Z'))).toMatchObject({
      days_left: -1,
      overdue: true,
    });
  });

  it('does not run before personal data are known to be affected', () => {
    expect(incidentClock({ ...facts, known_at: null }, at('2027-01-01T12:00:00Z'))).toMatchObject({
      due_on: null,
      days_left: null,
      overdue: false,
      waits_for: [],
    });
  });

  it('gives a small agent twice the time', () => {
    const told = new Date('2026-11-26T12:00:00Z');
    const small = { ...facts, small_agent: true, authority_at: told, preliminary: true };
    expect(incidentClock(small, at('2026-11-26T13:00:00Z'))).toMatchObject({
      due_on: '2026-11-27',
      // Forty working days: Christmas and New Year lie between.
      complete_by: '2027-01-25',
      waits_for: ['people', 'completion'],
      days_left: 1,
    });
  });

  it('tells of the day of completing also while people are still to be told, whose day has passed', () => {
    const told = new Date('2026-11-20T12:00:00Z');
    const clock = incidentClock(
      { ...facts, status: 'assessed', authority_at: told, preliminary: true },
      at('2026-12-16T12:00:00Z'),
    );
    expect(clock).toMatchObject({ waits_for: ['people', 'completion'], overdue: true });
    expect(openDeadlines(clock)).toEqual(['2026-11-24', clock.complete_by]);
  });

  it('goes on for the completion of a preliminary communication, and then stands still', () => {
    const told = {
      ...facts,
      status: 'communicated' as const,
      authority_at: new Date('2026-11-24T12:00:00Z'),
      people_at: new Date('2026-11-24T12:00:00Z'),
      preliminary: true,
    };
    expect(incidentClock(told, at('2026-12-21T12:00:00Z'))).toMatchObject({
      complete_by: '2026-12-22',
      days_left: 1,
      waits_for: ['completion'],
    });
    const completed = { ...told, completed_at: new Date('2026-12-21T12:00:00Z') };
    expect(incidentClock(completed, at('2027-12-21T12:00:00Z'))).toMatchObject({
      days_left: null,
      overdue: false,
      waits_for: [],
    });
  });

  it.each(['not_required', 'closed'] as const)('asks for nothing when it is %s', (status) => {
    expect(incidentClock({ ...facts, status }, at('2027-01-01T12:00:00Z'))).toMatchObject({
      days_left: null,
      overdue: false,
      waits_for: [],
    });
  });
});
