import type { Segmenter, SegmenterEvent } from './segmenter.ts';
import type { SharedMicrophone } from './shared-microphone.ts';

/** A quarter of a second. */
const LOOK_FRAMES = 8;
/** Five seconds: what is older costs more at every look, and is looked at once a second. */
const OLD_FRAMES = 160;
const OLD_LOOK_FRAMES = 32;

/**
 * On a shared microphone people take over without a pause that would end an utterance. Its voices are
 * looked at while it goes on, so that the text of who spoke before need not wait for the other's end.
 * When that is done depends on the length of the utterance alone: a replay cuts at the same places.
 */
export class Takeovers {
  private readonly microphone: Pick<SharedMicrophone, 'takeoverIn'>;
  private readonly segmenter: Segmenter;

  constructor(microphone: Pick<SharedMicrophone, 'takeoverIn'>, segmenter: Segmenter) {
    this.microphone = microphone;
    this.segmenter = segmenter;
  }

  /** Called after every frame: the end of whoever was taken over from, if that is certain now. */
  async look(): Promise<SegmenterEvent[]> {
    const { openFrames } = this.segmenter;
    const every = openFrames > OLD_FRAMES ? OLD_LOOK_FRAMES : LOOK_FRAMES;
    if (openFrames === 0 || openFrames % every !== 0) return [];
    const utterance = this.segmenter.openUtterance();
    if (utterance === null) return [];
    const at = await this.microphone.takeoverIn(utterance);
    return at === null ? [] : this.segmenter.takeOver(utterance.startSample + at);
  }
}
