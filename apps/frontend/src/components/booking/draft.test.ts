import { describe, expect, it } from 'vitest';
import { ApiError } from '#lib/api/api-error.ts';
import { emptyDraft, requestOf, slotIsGone } from './draft.ts';

const doctor = (id: string) => ({ id, nome: 'Dra. Ana', crm: '1/SP', especialidade: null });
const slot = { startsAt: '2026-12-01T12:00:00.000Z', day: '2026-12-01', clock: '09:00' };

describe('the draft of a booking', () => {
  it('takes the only doctor for granted, and no one of several', () => {
    expect(emptyDraft({ doctors: [doctor('a')] }).doctorId).toBe('a');
    expect(emptyDraft({ doctors: [doctor('a'), doctor('b')] }).doctorId).toBeNull();
  });

  it('is a request once doctor and time are chosen; an empty telephone is left out', () => {
    const draft = emptyDraft({ doctors: [doctor('a')] });
    expect(requestOf(draft)).toBeNull();
    const request = requestOf({ ...draft, slot });
    expect(request).toMatchObject({ doctor_id: 'a', starts_at: slot.startsAt });
    expect(request).not.toHaveProperty('phone');
  });
});

it.each([
  [new ApiError('conflict', '', { details: { reason: 'slot_taken' } }), true],
  [new ApiError('conflict', '', { details: { reason: 'too_many_open' } }), false],
  [new ApiError('conflict', ''), false],
  [new ApiError('validation_failed', '', { details: { reason: 'slot_taken' } }), false],
  [new Error('x'), false],
])('a time is gone only when the service says so', (error, gone) => {
  expect(slotIsGone(error)).toBe(gone);
});
