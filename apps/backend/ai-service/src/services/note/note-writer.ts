import type { PatientContext } from '../questions/patient-context.ts';
import type { Utterance } from '../utterance.ts';
import type { DraftSentence } from './draft-sentence.ts';
import { extractNote } from './extract-note.ts';

/** What an engine is given to write a note from. */
export interface NoteRequest {
  consultationId: string;
  clinicaId: string;
  patient: PatientContext;
  utterances: readonly Utterance[];
}

/** What an engine wrote, not yet checked. */
export interface WrittenNote {
  sentences: DraftSentence[];
  engine: string;
  engineVersion: string;
  promptHash: string | null;
  /** The vendor's id of the output; null for the embedded engine. */
  outputId: string | null;
  /** The text was generated: it must pass a stricter check. */
  generated: boolean;
  /** Why the embedded engine wrote in the place of the configured one; null when it did not. */
  fallbackReason: string | null;
}

/** Writes the sentences of a note; whoever it is, each sentence is checked afterwards. */
export interface NoteWriter {
  write(request: NoteRequest, signal: AbortSignal): Promise<WrittenNote>;
}

/** The engine without a language model: nothing is generated, sentences are taken from the transcript. */
export function extractiveWriter(engineVersion: string): NoteWriter {
  return {
    async write({ patient, utterances }) {
      return {
        sentences: extractNote(patient, utterances),
        engine: 'embedded-extractive',
        engineVersion,
        promptHash: null,
        outputId: null,
        generated: false,
        fallbackReason: null,
      };
    },
  };
}
