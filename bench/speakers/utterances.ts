import {
  type Frame,
  FrameAssembler,
} from '../../apps/backend/realtime-service/src/speech/frame-assembler.ts';
import type { VadFactory } from '../../apps/backend/realtime-service/src/speech/ports.ts';
import {
  Segmenter,
  type SegmenterEvent,
} from '../../apps/backend/realtime-service/src/speech/segmenter.ts';
import type { SharedMicrophone } from '../../apps/backend/realtime-service/src/speech/shared-microphone.ts';
import { Takeovers } from '../../apps/backend/realtime-service/src/speech/takeovers.ts';
import type { Utterance } from '../../apps/backend/realtime-service/src/speech/utterance.ts';

export interface JudgedFrame {
  readonly frame: Frame;
  /** Of speech. */
  readonly probability: number;
}

export interface HeardUtterance {
  readonly utterance: Utterance;
  /** Where the sound was when its end was known, in samples. */
  readonly knownAt: number;
}

/** The frames of a recording as the live service hears them. */
export async function framesOf(pcm: Int16Array, vadFactory: VadFactory): Promise<JudgedFrame[]> {
  const vad = vadFactory();
  const frames: JudgedFrame[] = [];
  for (const frame of new FrameAssembler().feed(pcm, 0)) {
    frames.push({ frame, probability: await vad.probability(frame.pcm) });
  }
  return frames;
}

/** The utterances as the live service cuts them, one after the other. */
export async function* utterancesOf(
  frames: readonly JudgedFrame[],
  microphone: Pick<SharedMicrophone, 'takeoverIn'>,
): AsyncGenerator<HeardUtterance> {
  const segmenter = new Segmenter();
  const takeovers = new Takeovers(microphone, segmenter);
  let knownAt = 0;
  const finals = (events: readonly SegmenterEvent[]) =>
    events.flatMap((event) =>
      event.kind === 'final' ? { utterance: event.utterance, knownAt } : [],
    );
  for (const { frame, probability } of frames) {
    knownAt = frame.startSample + frame.pcm.length;
    yield* finals(segmenter.push(frame, probability));
    yield* finals(await takeovers.look());
  }
  yield* finals(segmenter.flush());
}
