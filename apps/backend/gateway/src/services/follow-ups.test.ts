import { describe, expect, test } from 'vitest';
import { followUpOf } from './follow-ups.ts';

const now = Date.parse('2026-11-26T12:00:00Z');
const daysAgo = (days: number) => new Date(now - days * 86_400_000);
const online = { type: 'ONLINE' };

describe('the interval without a consultation in person', () => {
  test.each([
    ['a new patient', online, null, null, false],
    ['180 days at a distance only', online, daysAgo(180), null, false],
    ['181 days at a distance only', online, daysAgo(181), null, true],
    ['in person 180 days ago', online, daysAgo(900), daysAgo(180), false],
    ['in person 181 days ago', online, daysAgo(900), daysAgo(181), true],
    ['this one is in person', { type: 'PRESENCIAL' }, daysAgo(900), null, false],
  ])('%s', (_name, consultation, first, lastInPerson, due) => {
    const answer = followUpOf(consultation, { first, lastInPerson }, now);
    expect(answer.due).toBe(due);
    expect(answer.warning !== null).toBe(due);
  });

  test('is named in the warning with its source', () => {
    const { warning } = followUpOf(online, { first: daysAgo(400), lastInPerson: null }, now);
    expect(warning).toContain('400 dias');
    expect(warning).toContain('Resolução CFM 2.314/2022, art. 6º, § 2º');
  });
});
