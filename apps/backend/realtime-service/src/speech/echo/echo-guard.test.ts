import { describe, expect, it } from 'vitest';
import type { UtteranceHeard } from '../segmenter.ts';
import type { Utterance } from '../utterance.ts';
import { VAD_FRAME_SAMPLES } from '../vad.ts';
import { EchoGuard } from './echo-guard.ts';
import type { EchoPair, EchoSearch } from './echo-search.ts';
import { RoomSound } from './room-sound.ts';

const frames = 60;

function heard(kind: 'partial-candidate' | 'final'): UtteranceHeard {
  const length = frames * VAD_FRAME_SAMPLES;
  const utterance: Utterance = {
    index: 0,
    startSample: 0,
    endSample: length,
    speechStartSample: 0,
    speechEndSample: length,
    pcm: new Float32Array(length).fill(0.1),
    speechSeconds: length / 16_000,
    speechProbability: 1,
    overlapSamples: 0,
    probabilities: new Float32Array(frames).fill(1),
  };
  return { kind, utterance };
}

/** A room of two; the search is a stub, because when it is asked is what counts here. */
function aGuard(search: EchoSearch): EchoGuard {
  const room = new RoomSound();
  const [own, other] = [room.join('patient', 0), room.join('doctor', 0)];
  for (const track of [own, other]) {
    track.add(new Int16Array(frames * VAD_FRAME_SAMPLES).fill(3_000), 0);
  }
  return new EchoGuard(own, search);
}

describe('an echo guard', () => {
  it('does without partial texts while the search is behind, never without finals', async () => {
    const asked: EchoPair[] = [];
    const guard = aGuard({
      isBehind: true,
      find: (pair) => {
        asked.push(pair);
        return Promise.resolve({ echo: null, delayFrames: null });
      },
    });
    expect(await guard.clean(heard('partial-candidate'))).toBeNull();
    expect(asked).toEqual([]);
    const final = heard('final');
    expect(await guard.clean(final)).toBe(final.utterance);
    expect(asked).toHaveLength(1);
  });

  it('remembers where the echo came last', async () => {
    const asked: (number | null)[] = [];
    const guard = aGuard({
      isBehind: false,
      find: ({ copy, delayFrames }) => {
        asked.push(delayFrames);
        return Promise.resolve({ echo: new Uint8Array(copy.length / 256 + 1), delayFrames: 9 });
      },
    });
    await guard.clean(heard('partial-candidate'));
    await guard.clean(heard('final'));
    expect(asked).toEqual([null, 9]);
  });
});
