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
