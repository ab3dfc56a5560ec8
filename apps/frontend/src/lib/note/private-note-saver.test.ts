import type { PrivateNote, SavePrivateNote } from '@medcall/shared-types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/api-error.ts';
import {
  PrivateNoteSaver,
  type PrivateNoteState,
  type UnsavedPrivateNote,
} from './private-note-saver.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** The service's side, as `PUT /private-note` keeps it. */
function aService(first = { text: '', version: 0 }) {
  let stored: PrivateNote = { ...first, updated_at: null };
  let trouble: ApiError | null = null;
  return {
    get stored() {
      return { text: stored.text, version: stored.version };
    },
    answerWith: (error: ApiError | null) => {
      trouble = error;
    },
    saveElsewhere: (text: string) => {
      stored = { ...stored, text, version: stored.version + 1 };
    },
    read: async () => stored,
    save: async ({ text, version }: SavePrivateNote) => {
      if (trouble) throw trouble;
      if (version !== stored.version) throw new ApiError('version_conflict', 'outra versão');
      stored = { ...stored, text, version: version + 1 };
      return stored;
    },
  };
}

function aSaver(service = aService()) {
  const states: PrivateNoteState[] = [];
  const shown: string[] = [];
  let left: UnsavedPrivateNote | null = null;
  const saver = new PrivateNoteSaver({
    save: service.save,
    read: service.read,
    onText: (text) => shown.push(text),
    onState: (state) => states.push(state),
    onUnsaved: (unsaved) => {
      left = unsaved;
    },
  });
  return { saver, service, states, shown, left: () => left };
}

describe('notes to oneself', () => {
  it('are stored after a pause in typing, once for many keys', async () => {
    const { saver, service, states, left } = aSaver();
    for (const text of ['e', 'em', 'emp']) saver.change(text);
    expect(left()).toEqual({ text: 'emp', version: 0 });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(service.stored).toEqual({ text: 'emp', version: 1 });
    expect(states).toEqual(['saving', 'saved']);
    expect(left()).toBeNull();
  });

  it('are tried again while the service is away, and lost by no reload', async () => {
    const { saver, service, states, left } = aSaver();
    service.answerWith(new ApiError('unreachable', 'sem resposta'));
    saver.change('perguntar do emprego');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(states.at(-1)).toBe('waiting');
    const kept = left();
    const next = aSaver(service);
    service.answerWith(null);
    next.saver.open({ text: '', version: 0, updated_at: null }, kept);
    expect(next.shown).toEqual(['perguntar do emprego']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(service.stored.text).toBe('perguntar do emprego');
    await vi.advanceTimersByTimeAsync(10_000);
    // The first page joins what is there already: nothing stands twice.
    expect(service.stored.text).toBe('perguntar do emprego');
  });

  it('of another window stay: theirs before mine', async () => {
    const { saver, service, shown } = aSaver(aService({ text: 'um', version: 1 }));
    saver.open({ text: 'um', version: 1, updated_at: null }, null);
    service.saveElsewhere('um e dois');
    saver.change('três');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(service.stored).toEqual({ text: 'um e dois\n\ntrês', version: 3 });
    expect(shown.at(-1)).toBe('um e dois\n\ntrês');
  });

  it('that the service refuses are not sent again until they change', async () => {
    const { saver, service, states } = aSaver();
    service.answerWith(new ApiError('validation_failed', 'longo demais'));
    saver.change('longo');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states).toEqual(['saving', 'refused']);
    service.answerWith(null);
    saver.change('curto');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(service.stored.text).toBe('curto');
  });
});
