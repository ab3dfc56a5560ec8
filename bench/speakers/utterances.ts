import { FrameAssembler } from '../../apps/backend/realtime-service/src/speech/frame-assembler.ts';
import type { VadFactory } from '../../apps/backend/realtime-service/src/speech/ports.ts';
import {
  Segmenter,
  type SegmenterEvent,
  type Utterance,
} from '../../apps/backend/realtime-service/src/speech/segmenter.ts';

/** The utterances of a recording as the live service cuts them. */
export async function utterancesOf(pcm: Int16Array, vadFactory: VadFactory): Promise<Utterance[]> {
  const vad = vadFactory();
  const assembler = new FrameAssembler();
  const segmenter = new Segmenter();
  const utterances: Utterance[] = [];
  const collect = (events: SegmenterEvent[]) => {
    for (const event of events) if (event.kind === 'final') utterances.push(event.utterance);
  };
  for (const frame of assembler.feed(pcm, 0)) {
    collect(segmenter.push(frame, await vad.probability(frame.pcm)));
  }
  collect(segmenter.flush());
  return utterances;
}
