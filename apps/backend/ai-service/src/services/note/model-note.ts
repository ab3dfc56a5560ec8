import type { Logger } from '@medcall/service-kit';
import { noteSectionNames } from '@medcall/shared-types/note';
import { z } from 'zod';
import type { ConsultationModel } from '../llm/consultation-model.ts';
import { loadPrompt } from '../llm/prompt.ts';
import { isChild } from '../questions/patient-context.ts';
import { readTalk } from '../questions/read-talk.ts';
import type { Utterance } from '../utterance.ts';
import type { DraftSentence } from './draft-sentence.ts';
import type { NoteRequest, NoteWriter, WrittenNote } from './note-writer.ts';

export interface ModelNoteOptions {
  model: ConsultationModel;
  /** Writes when the model does not. */
  embedded: NoteWriter;
  logger: Logger;
}

const prompt = loadPrompt('nota', 1);
const deadlineMs = 50_000;
const maxOutputTokens = 3_000;
/** About an hour and a half of talk; a longer one is for the embedded engine, which reads it whole. */
const longestTranscript = 60_000;
const mostSentences = 80;

const answer = z.object({
  frases: z
    .array(
      z.object({
        secao: z.enum(noteSectionNames),
        texto: z.string(),
        // A wrong id must cost the sentence, not the whole answer.
        falas: z.array(z.string()),
      }),
    )
    .max(mostSentences),
});

/**
 * Sentences that a language model words, each with the utterances that it names. Whether they are
 * supported is not decided here: every sentence passes the check of generated text, whoever asked for it.
 * When the model is not there, not allowed or too dear, the embedded engine writes and the draft says so.
 */
export function createModelNoteWriter({ embedded, logger, model }: ModelNoteOptions): NoteWriter {
  return {
    async write(request, signal): Promise<WrittenNote> {
      const standIn = async (fallbackReason: string) => ({
        ...(await embedded.write(request, signal)),
        fallbackReason,
      });
      if (lengthOf(request.utterances) > longestTranscript) return standIn('too_long');
      const shortIds = new Map(request.utterances.map(({ id }, at) => [`F${at + 1}`, id]));
      const said = await model.complete({
        consultationId: request.consultationId,
        prompt,
        input: toInput(request),
        answer,
        maxOutputTokens,
        deadlineMs,
        signal,
      });
      if (said.kind === 'fallback') return standIn(said.reason);
      const sentences = said.answer.frases.map(
        (frase): DraftSentence => ({
          section: frase.secao,
          text: oneLine(frase.texto),
          transcriptionIds: [...new Set(frase.falas)].map((id) => shortIds.get(id) ?? id),
        }),
      );
      logger.debug(
        { consultationId: request.consultationId, sentences: sentences.length },
        'the language model wrote a note',
      );
      return {
        sentences: onlyOnce(sentences),
        generated: true,
        engine: said.provenance.engine,
        engineVersion: said.provenance.engineVersion,
        promptHash: said.provenance.promptHash,
        outputId: said.provenance.outputId,
        fallbackReason: null,
      };
    },
  };
}

function lengthOf(utterances: readonly Utterance[]): number {
  return utterances.reduce((sum, { text }) => sum + text.length, 0);
}

const who = { MEDICO: 'medico', PACIENTE: 'paciente', UNKNOWN: 'pessoa' } as const;

function toInput({ patient, utterances }: NoteRequest) {
  const inTalk = readTalk(patient, utterances).patient;
  return {
    paciente: {
      idade: inTalk.ageYears ?? null,
      sexo: inTalk.sex ?? null,
      acompanhante: isChild(inTalk),
    },
    transcricao: utterances.map(({ speaker, text }, at) => ({
      id: `F${at + 1}`,
      quem: who[speaker],
      texto: text,
    })),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function onlyOnce(sentences: readonly DraftSentence[]): DraftSentence[] {
  const seen = new Set<string>();
  return sentences.filter(({ section, text }) => {
    const key = `${section} ${text.toLowerCase()}`;
    if (text === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
