/** A stretch of speech with a little quiet around it. Positions are samples of the stream. */
export interface Utterance {
  /** Counted from 0 within one run of the segmenter; not stable over a restart. */
  readonly index: number;
  readonly startSample: number;
  readonly endSample: number;
  /** Where the speech itself begins and ends, without the quiet around it. */
  readonly speechStartSample: number;
  readonly speechEndSample: number;
  readonly pcm: Float32Array;
  /** Seconds of frames that hold speech. */
  readonly speechSeconds: number;
  /** Mean probability of speech over the frames that hold speech. */
  readonly speechProbability: number;
  /** Samples at the start that the utterance before holds too, after a cut without a pause. */
  readonly overlapSamples: number;
  /** Probability of speech in each frame from `startSample` on. */
  readonly probabilities: Float32Array;
  /** Stretches that were somebody else's voice and are silent now. */
  readonly silenced?: readonly { readonly from: number; readonly to: number }[];
}
