import {
  type NoteSectionName,
  type NoteSections,
  noteSectionNames,
  type SaveNote,
} from '@medcall/shared-types';

/** A sentence on the screen. An empty one is a line that is being begun; it is not saved. */
export interface EditableSentence {
  id: string;
  text: string;
  origin: 'ai' | 'doctor';
  transcriptionIds: readonly string[];
}

export type EditableNote = Readonly<Record<NoteSectionName, readonly EditableSentence[]>>;

export const emptyNote: EditableNote = { subjetivo: [], objetivo: [], avaliacao: [], plano: [] };

export function toEditable(sections: NoteSections): EditableNote {
  return mapSections((name) =>
    sections[name].map(({ id, text, origin, transcription_ids }) => ({
      id,
      text,
      origin,
      transcriptionIds: transcription_ids,
    })),
  );
}

/** The utterances behind a sentence as the transcript has them now: what took a place counts for it, once. */
export function currentLinks(
  ids: readonly string[],
  superseded: Readonly<Record<string, string>>,
): readonly string[] {
  return [...new Set(ids.map((id) => superseded[id] ?? id))];
}

/** As the service takes it. */
export function toSave(note: EditableNote): SaveNote['sections'] {
  return mapSections((name) =>
    note[name]
      .filter(({ text }) => text.trim() !== '')
      .map(({ id, text, origin, transcriptionIds }) => ({
        id,
        text: text.trim(),
        origin,
        transcription_ids: [...transcriptionIds],
      })),
  );
}

export function withText(
  note: EditableNote,
  section: NoteSectionName,
  id: string,
  text: string,
): EditableNote {
  return inSection(note, section, (sentences) =>
    sentences.map((sentence) => (sentence.id === id ? { ...sentence, text } : sentence)),
  );
}

/** A line of the doctor's own, behind a sentence or at the end. */
export function withNewSentence(
  note: EditableNote,
  section: NoteSectionName,
  newId: string,
  afterId: string | null,
): EditableNote {
  const added: EditableSentence = { id: newId, text: '', origin: 'doctor', transcriptionIds: [] };
  return inSection(note, section, (sentences) => {
    const at = sentences.findIndex(({ id }) => id === afterId);
    return at < 0
      ? [...sentences, added]
      : [...sentences.slice(0, at + 1), added, ...sentences.slice(at + 1)];
  });
}

export function withoutSentence(
  note: EditableNote,
  section: NoteSectionName,
  id: string,
): EditableNote {
  return inSection(note, section, (sentences) => sentences.filter((item) => item.id !== id));
}

/** Puts a removed sentence back to where it stood. */
export function withSentenceAt(
  note: EditableNote,
  section: NoteSectionName,
  sentence: EditableSentence,
  at: number,
): EditableNote {
  return inSection(note, section, (sentences) => [
    ...sentences.slice(0, at),
    sentence,
    ...sentences.slice(at),
  ]);
}

/** True when there is nothing to sign. */
export function isEmpty(note: EditableNote): boolean {
  return emptySections(note).length === noteSectionNames.length;
}

/** Sections in which nothing is written, in their order. */
export function emptySections(note: EditableNote): NoteSectionName[] {
  return noteSectionNames.filter((name) => note[name].every(({ text }) => text.trim() === ''));
}

function inSection(
  note: EditableNote,
  section: NoteSectionName,
  change: (sentences: readonly EditableSentence[]) => readonly EditableSentence[],
): EditableNote {
  return { ...note, [section]: change(note[section]) };
}

function mapSections<T>(of: (name: NoteSectionName) => T): Record<NoteSectionName, T> {
  return {
    subjetivo: of('subjetivo'),
    objetivo: of('objetivo'),
    avaliacao: of('avaliacao'),
    plano: of('plano'),
  };
}
