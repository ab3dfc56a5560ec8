import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  instant as leanInstant,
  roomId as leanRoomId,
  uuid as leanUuid,
  listOf,
} from './lean-primitives.ts';
import { instant, roomId, uuid } from './primitives.ts';

const kinds = [
  ['uuid', leanUuid, uuid, ['9b2f6a52-5c5b-4f0e-9d2a-3f1c7d1e8a10', '9b2f6a52', '', null]],
  [
    'instant',
    leanInstant,
    instant,
    ['2026-11-26T18:00:00Z', '2026-11-26T18:00:00-03:00', '2026-11-26T18:00:00', '2026-11-26', 5],
  ],
  [
    'roomId',
    leanRoomId,
    roomId,
    ['sala-1234', 'curta', 'a'.repeat(64), 'a'.repeat(65), 'sala/1234', 'sala 1234'],
  ],
] as const;

describe('the primitives of the small page', () => {
  it.each(kinds)(
    '%s takes and refuses what the others take and refuse',
    (_, small, large, values) => {
      for (const value of values) {
        const taken = large.safeParse(value).success;
        expect([value, z.safeParse(small, value).success]).toEqual([value, taken]);
      }
    },
  );

  it('fit into schemas of the other kind', () => {
    const both = z.object({ room: leanRoomId, more: listOf(uuid) });
    expect(
      both.safeParse({ room: 'sala-1234', more: { items: [], nextCursor: null } }).success,
    ).toBe(true);
    expect(both.safeParse({ room: 'x', more: { items: [], nextCursor: null } }).success).toBe(
      false,
    );
  });
});

it('stay small: no file that they need takes the large zod or its small one whole', () => {
  const seen = new Set<string>();
  function visit(name: string): void {
    if (seen.has(name)) return;
    seen.add(name);
    const source = readFileSync(path.join(import.meta.dirname, name), 'utf8');
    for (const [, from = ''] of source.matchAll(
      /^(?:import|export) (?!type )[^;]*? from '([^']+)'/gm,
    )) {
      expect([name, from]).not.toEqual([name, expect.stringMatching(/^zod(\/mini)?$/)]);
      if (from.startsWith('./')) visit(from);
    }
  }
  for (const name of [
    'errors.ts',
    'room-consultation.ts',
    'consent-record.ts',
    'consent-texts.ts',
    'waiting-room.ts',
  ]) {
    visit(name);
  }
  expect(seen).toContain('./lean-primitives.ts');
});
