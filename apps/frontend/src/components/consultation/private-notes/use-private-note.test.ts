// @vitest-environment jsdom
import type { PrivateNote, SavePrivateNote } from '@medcall/shared-types';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type PrivateNoteEditing, usePrivateNote } from './use-private-note.ts';

const service = vi.hoisted(() => ({ gateway: {} as Record<string, unknown> }));
vi.mock('#components/shared/use-gateway.ts', () => ({ useGateway: () => service.gateway }));

/** However busy the machine is. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000 });

let stored: PrivateNote;
let leave: (() => void)[] = [];

beforeEach(() => {
  stored = { text: '', version: 0, updated_at: null };
  service.gateway = {
    privateNote: async () => stored,
    savePrivateNote: async (_id: string, { text, version }: SavePrivateNote) => {
      stored = { text, version: version + 1, updated_at: '2026-11-27T12:00:00.000Z' };
      return stored;
    },
  };
});
afterEach(() => {
  for (const away of leave) away();
  leave = [];
});

/** The notes on one more screen, until the test leaves it. */
function aScreen(consultationId: string) {
  const seen: (string | null)[] = [];
  const now: { note?: PrivateNoteEditing } = {};
  function Notes() {
    now.note = usePrivateNote(consultationId);
    seen.push(now.note.text);
    return null;
  }
  const root = createRoot(document.createElement('div'));
  const away = () => root.unmount();
  leave.push(away);
  root.render(createElement(Notes));
  return { now, seen, away };
}

it('the record shows what was written in the call, and never an empty field before it', async () => {
  const call = aScreen('c-1');
  await until(() => expect(call.now.note?.text).toBe(''));
  call.now.note?.change('Medo de infarto.');
  // Leaving stores what is not stored yet.
  call.away();
  await until(() => expect(stored.text).toBe('Medo de infarto.'));

  const record = aScreen('c-1');
  await until(() => expect(record.now.note?.text).toBe('Medo de infarto.'));
  expect(new Set(record.seen)).toEqual(new Set([null, 'Medo de infarto.']));
});

it('opens with what another window wrote since this one last looked', async () => {
  const first = aScreen('c-2');
  await until(() => expect(first.now.note?.text).toBe(''));
  first.away();
  stored = { text: 'De outra janela.', version: 1, updated_at: '2026-11-27T12:00:00.000Z' };
  const second = aScreen('c-2');
  await until(() => expect(second.now.note?.text).toBe('De outra janela.'));
  expect(second.seen).not.toContain('');
});
