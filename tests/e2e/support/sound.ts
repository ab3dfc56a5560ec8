import { type Pcm, padTo, pcmOf, slice } from '../../../scripts/lib/client/wav.ts';
import type { Dialogue } from '../../../scripts/lib/demo/dialogue.ts';

export function silence(durationMs: number): Pcm {
  return padTo(pcmOf(Buffer.alloc(0)), durationMs);
}

/** The beginning of a dialogue, cut in the pause after the last turn that ends before `untilMs`. */
export function beginningOf(dialogue: Dialogue, untilMs: number): Dialogue {
  const turns = dialogue.reference.turns.filter((turn) => turn.end * 1000 <= untilMs);
  const lastEnd = turns.at(-1)?.end ?? 0;
  const durationMs = Math.round(lastEnd * 1000) + 400;
  return {
    ...dialogue,
    reference: { ...dialogue.reference, turns },
    doctor: pcmOf(slice(dialogue.doctor, 0, durationMs)),
    patient: pcmOf(slice(dialogue.patient, 0, durationMs)),
    durationMs,
  };
}

/** Several recordings one after the other. */
export function inARow(recordings: readonly Pcm[]): Pcm {
  return pcmOf(Buffer.concat(recordings.map((recording) => recording.bytes)));
}

/** What one person says in some turns of a dialogue, each followed by a pause, as a WAV to play in a loop. */
export function voiceOf(
  dialogue: Dialogue,
  speaker: 'MEDICO' | 'PACIENTE',
  turnNumbers: readonly number[],
  pauseMs: number,
): { wav: Buffer; text: string } {
  const track = speaker === 'MEDICO' ? dialogue.doctor : dialogue.patient;
  const turns = dialogue.reference.turns.filter((turn) => turn.speaker === speaker);
  const said = turnNumbers.map((number) => {
    const turn = turns[number];
    if (!turn) throw new Error(`${dialogue.reference.id}: ${speaker} has no turn ${number}`);
    return turn;
  });
  const pieces = said.flatMap((turn) => {
    const fromMs = Math.round(turn.start * 1000);
    const lengthMs = Math.round((turn.end - turn.start) * 1000);
    return [pcmOf(slice(track, fromMs, lengthMs)), silence(pauseMs)];
  });
  return { wav: toWav(inARow(pieces)), text: said.map((turn) => turn.text).join(' ') };
}

/** PCM as a RIFF/WAVE file. */
export function toWav(pcm: Pcm): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + pcm.bytes.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(16_000, 24);
  head.writeUInt32LE(32_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(pcm.bytes.length, 40);
  return Buffer.concat([head, pcm.bytes]);
}
