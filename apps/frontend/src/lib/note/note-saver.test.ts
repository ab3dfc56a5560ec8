import type { NoteView, SaveNote } from '@medcall/shared-types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/api-error.ts';
import { emptyNote, withNewSentence, withText } from './edit-note.ts';
import { NoteSaver, type SaveState } from './note-saver.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** The service's side: a note with a version, as `PUT /note` keeps it. */
function aService() {
  let stored = { version: 0, text: '' };
  let broken = false;
  return {
    get stored() {
      return stored;
    },
    breakDown: (down: boolean) => {
      broken = down;
    },
    saveElsewhere: (text: string) => {
      stored = { version: stored.version + 1, text };
    },
    save: async (body: SaveNote): Promise<NoteView> => {
      if (broken) throw new ApiError('unreachable', 'sem resposta');
      if (body.version !== stored.version) throw new ApiError('version_conflict', 'outra versão');
      stored = { version: stored.version + 1, text: body.sections.plano[0]?.text ?? '' };
      return view(stored);
    },
  };
}

function view({ version, text }: { version: number; text: string }): NoteView {
  return {
    id: 'n',
    status: 'rascunho',
    version,
    sections: {
      subjetivo: [],
      objetivo: [],
      avaliacao: [],
      plano: text === '' ? [] : [{ id: 'p', text, origin: 'doctor', transcription_ids: [] }],
    },
    cid10: [],
    ciap2: [],
    signed_at: null,
    hash: null,
    signed_by: null,
    verification_code: null,
    engine: null,
    engine_version: null,
    candidates: null,
    dropped_sentences: 0,
    addenda: [],
    superseded: {},
  };
}

function aSaver(service = aService()) {
  const states: SaveState[] = [];
  const unsaved: (string | null)[] = [];
  const saver = new NoteSaver({
    save: service.save,
    onContent: () => undefined,
    onState: (state) => states.push(state),
    onStored: () => undefined,
    onUnsaved: (left) => unsaved.push(left?.sections.plano[0]?.text ?? null),
  });
  const type = (text: string) =>
    saver.change({
      sections: withText(withNewSentence(emptyNote, 'plano', 'p', null), 'plano', 'p', text),
      cid10: [],
      ciap2: [],
    });
  return { service, saver, states, unsaved, type };
}

describe('a note that is being written', () => {
  it('is saved after a pause in typing, once', async () => {
    const { service, states, unsaved, type } = aSaver();
    type('Ret');
    type('Retorno em 7 dias.');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(service.stored).toEqual({ version: 1, text: 'Retorno em 7 dias.' });
    expect(states).toEqual(['saving', 'saved']);
    expect(unsaved.at(-1)).toBeNull();
  });

  it('saves what is typed during a save as the next version', async () => {
    const { service, saver, type } = aSaver();
    type('Um.');
    const first = saver.settle();
    type('Um e dois.');
    await first;
    expect(service.stored).toEqual({ version: 2, text: 'Um e dois.' });
  });

  it('keeps the text while the service is away and sends it when it answers', async () => {
    const { service, states, unsaved, type } = aSaver();
    service.breakDown(true);
    type('Hidratação.');
    await vi.advanceTimersByTimeAsync(12_000);
    expect(states.at(-1)).toBe('waiting');
    expect(unsaved.at(-1)).toBe('Hidratação.');
    service.breakDown(false);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(service.stored.text).toBe('Hidratação.');
    expect(states.at(-1)).toBe('saved');
  });

  it('keeps what is typed while a draft is on its way, and asks', async () => {
    const { service, saver, states, type } = aSaver();
    type('Digitado enquanto isso.');
    service.saveElsewhere('Rascunho novo.');
    saver.take(view(service.stored));
    expect(states.at(-1)).toBe('conflict');
    expect(saver.content.sections.plano[0]?.text).toBe('Digitado enquanto isso.');
    saver.discardFor(view(service.stored));
    expect(saver.content.sections.plano[0]?.text).toBe('Rascunho novo.');
  });

  it('tries again after a failure whoever asked for the save', async () => {
    const { service, saver, type } = aSaver();
    service.breakDown(true);
    type('Antes de assinar.');
    await expect(saver.settle()).rejects.toThrow();
    service.breakDown(false);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(service.stored.text).toBe('Antes de assinar.');
  });

  it('never writes over somebody else’s text by itself, and does when told', async () => {
    const { service, saver, states, type } = aSaver();
    service.saveElsewhere('De outra janela.');
    type('Daqui.');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(service.stored.text).toBe('De outra janela.');
    expect(states.at(-1)).toBe('conflict');
    await saver.saveOver(view(service.stored));
    expect(service.stored).toEqual({ version: 2, text: 'Daqui.' });
  });

  it('takes what was stored elsewhere while nobody has touched it here', () => {
    const { saver, states } = aSaver();
    saver.meet(view({ version: 3, text: 'rascunho' }));
    expect([saver.version, saver.content.sections.plano[0]?.text]).toEqual([3, 'rascunho']);
    expect(states).toEqual(['saved']);
  });

  it('lets the person choose once she has written, and then keeps what she chose', async () => {
    const { service, saver, states, type } = aSaver();
    type('meu');
    await saver.settle();
    service.saveElsewhere('de outra janela');
    saver.meet(view(service.stored));
    expect([states.at(-1), saver.content.sections.plano[0]?.text]).toEqual(['conflict', 'meu']);
    await saver.saveOver(view(service.stored));
    expect([service.stored.text, states.at(-1)]).toEqual(['meu', 'saved']);
  });
});
