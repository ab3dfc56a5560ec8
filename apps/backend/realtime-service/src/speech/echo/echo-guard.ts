import type { UtteranceHeard } from '../segmenter.ts';
import type { Utterance } from '../utterance.ts';
import { VAD_FRAME_SAMPLES } from '../vad.ts';
import { REACH_SAMPLES } from './echo-frames.ts';
import { type EchoSearch, searchHere } from './echo-search.ts';
import type { RoomTrack } from './room-sound.ts';
import { HOP_SAMPLES } from './spectrogram.ts';
import { withoutEcho } from './without-echo.ts';

/** Sound before the utterance that is looked at with it: a short one alone proves nothing. */
const CONTEXT_SAMPLES = 24_576;

/**
 * Keeps what came out of a loudspeaker out of a stream: the other person's voice, heard again by
 * this microphone. Utterances are cut by this stream's sound alone, so that their ids are the same
 * in every replay; what is echo in them is taken out here, before they are decoded.
 */
export class EchoGuard {
  private readonly track: RoomTrack;
  private readonly search: EchoSearch;
  /** By how many frames each of the others came back when that was last heard. */
  private readonly delays = new WeakMap<RoomTrack, number>();
  private judged = { startSample: -1, until: 0, echo: new Set<number>() };
  private last: { place: string; utterance: Utterance | null } | null = null;

  constructor(track: RoomTrack, search: EchoSearch = searchHere) {
    this.track = track;
    this.search = search;
  }

  /** The stream's sound before this position has become utterances. */
  passed(positionSamples: number): void {
    this.track.passed(positionSamples);
  }

  /** The utterance of an event without anybody else's voice, or null when nothing is left of it. */
  async clean(event: UtteranceHeard): Promise<Utterance | null> {
    const { utterance } = event;
    if (this.track.isAlone) return utterance;
    const place = `${utterance.startSample}:${utterance.endSample}`;
    // The final must be exactly what was guessed, else the guess would have been decoded in vain.
    if (this.last?.place === place) return this.last.utterance;
    if (event.kind === 'partial-candidate') {
      // Under load partial texts are what is done without.
      if (this.search.isBehind) return null;
    } else await this.track.whenOthersHeard(utterance.endSample);
    const cleaned = await this.judge(utterance);
    if (event.kind !== 'partial-candidate') this.last = { place, utterance: cleaned };
    return cleaned;
  }

  private async judge(utterance: Utterance): Promise<Utterance | null> {
    const echo = await this.echoIn(utterance);
    if (echo.size === 0) return utterance;
    return withoutEcho(utterance, (sample) => {
      const at = sample / HOP_SAMPLES;
      // Three frames of the spectrogram are centred in a frame of the detector or at its edges.
      return [at, at + 1, at + 2].filter((frame) => echo.has(frame)).length >= 2;
    });
  }

  /** The frames of the stream that are echo; an utterance that goes on is judged where it is new. */
  private async echoIn({ startSample, endSample }: Utterance): Promise<ReadonlySet<number>> {
    if (this.judged.startSample !== startSample) {
      this.judged = { startSample, until: startSample, echo: new Set() };
    }
    const { echo, until } = this.judged;
    const from = until - CONTEXT_SAMPLES;
    const others = this.track.others(from - REACH_SAMPLES, endSample + REACH_SAMPLES);
    const searches = others.map(async ([other, original]) => {
      const found = await this.search.find({
        copy: this.track.own(from, endSample),
        original,
        delayFrames: this.delays.get(other) ?? null,
      });
      if (found.delayFrames !== null) this.delays.set(other, found.delayFrames);
      return found.echo;
    });
    for (const frames of await Promise.all(searches)) {
      frames?.forEach((isEcho, frame) => {
        if (isEcho === 1) echo.add(from / HOP_SAMPLES + frame);
      });
    }
    this.judged.until = Math.floor(endSample / VAD_FRAME_SAMPLES) * VAD_FRAME_SAMPLES;
    return echo;
  }
}
