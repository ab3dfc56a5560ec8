import type { NoteSections, NoteSentence, noteSectionNames } from '@medcall/shared-types';

export interface DraftMerge {
  /** The note as it stands; undefined for the first draft. */
  current: NoteSections | undefined;
  /** Every sentence that an engine wrote in this note before, in its first wording, by id. */
  drafted: ReadonlyMap<string, NoteSentence>;
  fresh: NoteSections;
}

/**
 * A new draft beside what the doctor has done with the last one: his sentences and those that he
 * changed stay, one that he took out does not come back, an unchanged one keeps its id, and what the
 * transcript no longer says goes.
 */
export function mergeDraft({ current, drafted, fresh }: DraftMerge): NoteSections {
  if (!current) return fresh;
  const known = new Map([...drafted.values()].map((sentence) => [sentence.text, sentence]));
  const merged = (name: (typeof noteSectionNames)[number]): NoteSentence[] => {
    const offered = new Set(fresh[name].map((sentence) => sentence.text));
    const kept = current[name].filter((sentence) => {
      if (sentence.origin === 'doctor') return true;
      const untouched = drafted.get(sentence.id)?.text === sentence.text;
      return !untouched || offered.has(sentence.text);
    });
    return [...kept, ...fresh[name].filter((sentence) => !known.has(sentence.text))];
  };
  return {
    subjetivo: merged('subjetivo'),
    objetivo: merged('objetivo'),
    avaliacao: merged('avaliacao'),
    plano: merged('plano'),
  };
}
