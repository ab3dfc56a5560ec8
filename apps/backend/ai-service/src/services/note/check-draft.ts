import { randomUUID } from 'node:crypto';
import type { NoteSentence } from '@medcall/shared-types/note';
import type { DroppedSentences } from '@medcall/shared-types/note-draft';
import type { Utterance } from '../utterance.ts';
import type { DraftSentence, NoteSection } from './draft-sentence.ts';
import { type SupportRules, whyUnsupported } from './support.ts';

export interface CheckedDraft {
  sections: Record<NoteSection, NoteSentence[]>;
  dropped: DroppedSentences;
}

/** Keeps the sentences that the transcript supports, and counts the others by reason. */
export function checkDraft(
  sentences: readonly DraftSentence[],
  utterances: readonly Utterance[],
  rules: SupportRules,
): CheckedDraft {
  const known = new Map(utterances.map((utterance) => [utterance.id, utterance]));
  const sections: CheckedDraft['sections'] = {
    subjetivo: [],
    objetivo: [],
    avaliacao: [],
    plano: [],
  };
  const reasons: Record<string, number> = {};
  for (const sentence of sentences) {
    const reason = whyUnsupported(sentence, known, rules);
    if (reason === undefined) {
      sections[sentence.section].push({
        id: randomUUID(),
        text: sentence.text,
        origin: 'ai',
        transcription_ids: sentence.transcriptionIds,
      });
    } else {
      reasons[reason] = (reasons[reason] ?? 0) + 1;
    }
  }
  const count = Object.values(reasons).reduce((sum, one) => sum + one, 0);
  return { sections, dropped: { count, reasons } };
}
