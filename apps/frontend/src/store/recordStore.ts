import { createStore } from 'zustand/vanilla';

interface RecordState {
  /** Utterances that stand out now: those behind the sentence under the pointer or the focus. */
  lit: ReadonlySet<string>;
  /** The utterance that is being played. */
  playing: string | null;
  /** The utterance to bring into sight; a new object each time it is asked for. */
  sought: { id: string } | null;
  light: (utteranceIds: readonly string[]) => void;
  play: (utteranceId: string | null) => void;
  seek: (utteranceId: string) => void;
}

/** What transcript, sound and note of one record show each other. Rows subscribe to their own id alone. */
export function createRecordStore() {
  return createStore<RecordState>((set) => ({
    lit: new Set(),
    playing: null,
    sought: null,
    light: (utteranceIds) => set({ lit: new Set(utteranceIds) }),
    play: (playing) => set({ playing }),
    seek: (id) => set({ sought: { id } }),
  }));
}
export type RecordStore = ReturnType<typeof createRecordStore>;
