import type { Speaker } from '@medcall/shared-types';
import { describe, expect, it } from 'vitest';
import type { Labelled, RememberedPiece } from '../speakers/piece.ts';
import type { SpeakerSeparator } from '../speakers/speaker-separator.ts';
import type { Utterance } from '../speech/utterance.ts';
import { RoomVoices } from './room-voices.ts';
import type { SpokenRow, VoicePiece } from './voice-rows.ts';

/** Says what the test wants of each piece; the first sample tells which voice it is. */
class FakeSeparator implements SpeakerSeparator {
  readonly knowsTwoVoices = true;
  readonly labels = new Map<string, Speaker>();
  readonly texts = new Map<string, string>();
  readonly corrections = new Map<string, Speaker>();
  private readonly seconds = new Map<string, number>();

  constructor(remembered: readonly RememberedPiece[]) {
    for (const { endMs, id, startMs, text, values } of remembered) {
      this.take(id, startMs, endMs, values[0] ?? 0);
      this.texts.set(id, text ?? '');
    }
  }

  take(id: string, startMs: number, endMs: number, value: number) {
    this.labels.set(id, value > 0 ? 'MEDICO' : 'PACIENTE');
    this.seconds.set(id, (endMs - startMs) / 1000);
  }

  async split(pcm: Float32Array) {
    return [{ startSample: 0, endSample: pcm.length }];
  }

  async takeover() {
    return null;
  }

  async add({ endMs, id, pcm, startMs }: Parameters<SpeakerSeparator['add']>[0]) {
    this.take(id, startMs, endMs, pcm[0] ?? 0);
    const known = this.labelOf(id) as Labelled;
    return { ...known, values: Float32Array.of(pcm[0] ?? 0), revisions: [] };
  }

  async guess(pcm: Float32Array): Promise<Speaker> {
    return (pcm[0] ?? 0) > 0 ? 'MEDICO' : 'PACIENTE';
  }

  setText(id: string, text: string) {
    this.texts.set(id, text);
    return [];
  }

  correct(id: string, label: Speaker) {
    this.corrections.set(id, label);
    this.labels.set(id, label);
    return [];
  }

  labelOf(id: string): Labelled | null {
    const label = this.labels.get(id);
    if (!label) return null;
    const voice = label === 'MEDICO' ? ('A' as const) : ('B' as const);
    const seconds = this.seconds.get(id) ?? 0;
    return { label, confidence: 1, voice, seconds, tentative: false };
  }
}

function room(pieces: VoicePiece[] = [], rows: SpokenRow[] = []) {
  let separator = new FakeSeparator([]);
  const voices = new RoomVoices(
    {
      model: 'fake',
      separator: (remembered) => {
        separator = new FakeSeparator(remembered);
        return separator;
      },
    },
    pieces,
    rows,
  );
  return { voices, separator };
}

function anUtterance(seconds: number, voice: number, change: Partial<Utterance> = {}): Utterance {
  const length = seconds * 16_000;
  return {
    index: 0,
    startSample: 16_000,
    endSample: 16_000 + length,
    speechStartSample: 16_000,
    speechEndSample: 16_000 + length,
    pcm: new Float32Array(length).fill(voice),
    speechSeconds: seconds,
    speechProbability: 0.9,
    overlapSamples: 0,
    probabilities: new Float32Array(length / 512).fill(0.9),
    ...change,
  };
}

const aPiece = (
  utteranceId: string,
  startMs: number,
  endMs: number,
  value: number,
): VoicePiece => ({
  utteranceId,
  streamId: 's',
  startMs,
  endMs,
  features: [value],
  model: 'fake',
});

const aRow = (id: string, speaker: Speaker, change: Partial<SpokenRow> = {}): SpokenRow => ({
  id,
  speaker,
  text: `texto de ${id}`,
  textRevision: 0,
  supersededBy: null,
  editedFrom: null,
  speakerNamed: false,
  ...change,
});

describe('the voices of a room', () => {
  it('guess who speaks while it goes on, and know it when it is over', async () => {
    const { voices } = room();
    const pieces: VoicePiece[] = [];
    const ear = voices.microphoneOf({ id: 's', originMs: 500 }, (piece) => pieces.push(piece));
    expect(voices.speakerOf('a').speaker).toBe('UNKNOWN');
    await ear.overhears('a', anUtterance(1, -1));
    expect(voices.speakerOf('a')).toEqual({ speaker: 'PACIENTE', tentative: true });
    await ear.heard('a', anUtterance(2, 1));
    expect(voices.speakerOf('a')).toEqual({ speaker: 'MEDICO', tentative: false });
    expect(pieces).toEqual([aPiece('a', 1500, 3500, 1)]);
  });

  it('learn nothing from a sound that holds no speech to speak of', async () => {
    const { voices } = room();
    const pieces: VoicePiece[] = [];
    const ear = voices.microphoneOf({ id: 's', originMs: 0 }, (piece) => pieces.push(piece));
    await ear.heard('cough', anUtterance(2, 1, { speechProbability: 0.55 }));
    expect(pieces).toEqual([]);
    expect(voices.speakerOf('cough').speaker).toBe('UNKNOWN');
  });

  it('tell which rows people see with another label than the present one', () => {
    const { separator, voices } = room([aPiece('a', 0, 2000, 1)], [aRow('a', 'MEDICO')]);
    expect(voices.overdue()).toEqual([]);
    separator.labels.set('a', 'PACIENTE');
    expect(voices.overdue()).toEqual([{ id: 'a', speaker: 'PACIENTE' }]);
    voices.shown('a', 'PACIENTE');
    expect(voices.overdue()).toEqual([]);
  });

  it('find after a restart what was not yet set right', () => {
    const { voices } = room([aPiece('a', 0, 2000, -1)], [aRow('a', 'MEDICO')]);
    expect(voices.overdue()).toEqual([{ id: 'a', speaker: 'PACIENTE' }]);
  });

  it('give a whole turn the label of most of its sound, also after a restart', () => {
    const pieces = [aPiece('a', 0, 2000, 1), aPiece('b', 3000, 8000, 1)];
    const rows = [
      aRow('a', 'MEDICO', { textRevision: 1 }),
      aRow('b', 'MEDICO', { supersededBy: 'a' }),
    ];
    for (const { separator, voices } of [room(pieces, rows), liveTurn(pieces)]) {
      separator.labels.set('b', 'PACIENTE');
      expect(voices.overdue()).toEqual([{ id: 'a', speaker: 'PACIENTE' }]);
      // The turn's text says what there is to say of the role.
      expect(separator.texts.get('b')).toBe('');
    }
  });

  it('take a corrected row for certain, whoever corrected it again', () => {
    const rows = [
      aRow('a', 'MEDICO', { supersededBy: 'e1' }),
      aRow('e1', 'PACIENTE', { editedFrom: 'a', speakerNamed: true, supersededBy: 'e2' }),
      aRow('e2', 'UNKNOWN', { editedFrom: 'e1', speakerNamed: true }),
    ];
    const { separator, voices } = room([aPiece('a', 0, 2000, 1)], rows);
    expect(separator.corrections.get('a')).toBe('UNKNOWN');
    separator.labels.set('a', 'MEDICO');
    expect(voices.overdue()).toEqual([]);
    expect(voices.speakerOf('a')).toEqual({ speaker: 'UNKNOWN', tentative: false });
  });

  it('learn nothing of the speaker from a correction of the text alone', () => {
    const rows = [
      aRow('a', 'MEDICO', { supersededBy: 'e' }),
      aRow('e', 'MEDICO', { editedFrom: 'a', text: 'outro texto' }),
    ];
    const { separator, voices } = room([aPiece('a', 0, 2000, -1)], rows);
    expect(separator.corrections.size).toBe(0);
    expect(voices.overdue()).toEqual([]);
  });

  it('do not go back to an earlier text that a replay brings again', () => {
    const { separator, voices } = room(
      [aPiece('a', 0, 2000, 1)],
      [aRow('a', 'MEDICO', { textRevision: 1, text: 'o melhor' })],
    );
    voices.said('a', 0, 'o primeiro');
    expect(separator.texts.get('a')).toBe('o melhor');
    voices.said('a', 2, 'o último');
    expect(separator.texts.get('a')).toBe('o último');
  });
});

/** The same turn as it comes about while people speak. */
function liveTurn(pieces: VoicePiece[]) {
  const made = room(pieces);
  made.voices.shown('b', 'MEDICO');
  made.voices.shown('a', 'MEDICO', ['b']);
  return made;
}
