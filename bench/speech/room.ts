import { RoomVoices } from '../../apps/backend/realtime-service/src/services/room-voices.ts';
import type { VoiceProfile } from '../../apps/backend/realtime-service/src/speakers/enrolment.ts';
import { portugueseRoleCue } from '../../apps/backend/realtime-service/src/speakers/role-cues.ts';
import { createSpeakerSeparator } from '../../apps/backend/realtime-service/src/speakers/speaker-separator.ts';
import type { SpeakerEmbedder } from '../../apps/backend/realtime-service/src/speakers/voice-features.ts';
import type { VadFactory } from '../../apps/backend/realtime-service/src/speech/ports.ts';
import type {
  TranscriberEvent,
  UtteranceEvent,
} from '../../apps/backend/realtime-service/src/speech/transcriber-events.ts';
import { play } from './play.ts';
import type { SimulatedEngine } from './simulated-engine.ts';

/** A text with the speaker whom it was shown with. */
export interface Labelled extends UtteranceEvent {
  readonly speaker: string;
  /** Simulated milliseconds since the first sample. */
  readonly atMs: number;
}

export interface PlayedRoom {
  /** Every text in the order in which it was given, partials included, with the label of that moment. */
  readonly given: readonly Labelled[];
  /** What the transcript holds in the end, by time. */
  readonly rows: readonly Labelled[];
}

/**
 * Plays one microphone that two people share through what the service runs, on the simulated clock of
 * the engine, labels corrected as more is known.
 */
export async function playRoom(
  room: Int16Array,
  engine: SimulatedEngine,
  parts: {
    vadFactory: VadFactory;
    embedder: SpeakerEmbedder;
    /** The doctor's voice; null when it is not known. */
    enrolled: VoiceProfile | null;
    correct: (text: string) => string;
  },
): Promise<PlayedRoom> {
  const { correct, embedder, enrolled, vadFactory } = parts;
  const voices = new RoomVoices({
    model: embedder.name,
    separator: (remembered) =>
      createSpeakerSeparator({ embedder, enrolled, roleCue: portugueseRoleCue }, remembered),
  });
  const given: Labelled[] = [];
  const rows = new Map<string, Labelled>();
  const setRight = () => {
    for (const { id, speaker } of voices.overdue()) {
      voices.shown(id, speaker);
      const row = rows.get(id);
      if (row) rows.set(id, { ...row, speaker });
    }
  };
  const onEvent = (event: TranscriberEvent) => {
    if (event.type !== 'utterance') return;
    if (event.isFinal) voices.said(event.id, event.revision, event.text);
    const { speaker } = voices.speakerOf(event.id);
    const labelled = { ...event, speaker, atMs: engine.now };
    given.push(labelled);
    if (!event.isFinal) return;
    rows.set(event.id, labelled);
    for (const id of event.replaces ?? []) rows.delete(id);
    voices.shown(event.id, labelled.speaker, event.replaces);
    setRight();
  };
  await play({ room }, engine, vadFactory, {
    correct,
    echo: undefined,
    sharedMicrophone: voices.microphoneOf({ id: 'room', originMs: 0 }, setRight),
    onEvent,
  });
  return { given, rows: [...rows.values()].sort((a, b) => a.startMs - b.startMs) };
}
