import { describe, expect, it } from 'vitest';
import { auditQuery, noFilter } from './audit-filter.ts';

describe('the filter of the audit', () => {
  it('asks for nothing when nothing is chosen', () => {
    expect(auditQuery(noFilter)).toEqual({});
  });

  it('counts whole days of São Paulo, the last one to its end', () => {
    expect(auditQuery({ ...noFilter, from: '2026-11-20', to: '2026-11-30' })).toEqual({
      from: '2026-11-20T03:00:00.000Z',
      to: '2026-12-01T03:00:00.000Z',
    });
  });

  it('leaves out an outcome that there is not', () => {
    expect(auditQuery({ ...noFilter, outcome: 'maybe' })).toEqual({});
    expect(auditQuery({ ...noFilter, outcome: 'denied' })).toEqual({ outcome: 'denied' });
  });

  it('narrows to a person', () => {
    const person = { id: '6b8b8e5f-0f42-4a64-a0ab-5a6a3ab0cf9b', name: 'Dra. Ana' };
    expect(auditQuery({ ...noFilter, person })).toEqual({ user_id: person.id });
  });
});
