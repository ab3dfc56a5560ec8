import { describe, expect, it, vi } from 'vitest';
import type { SharedMicrophone } from './shared-microphone.ts';
import { type Aid, type EchoRemover, steadyMicrophone } from './steady-aids.ts';
import { FakeEngine, fakeVad, levelOf } from './testing/fake-speech.ts';
import { createTranscriber } from './transcriber.ts';
import type { TranscriberOptions } from './transcriber-options.ts';

const silence = (seconds: number) => new Int16Array(Math.round(seconds * 16_000));
const join = (...sounds: Int16Array[]) => Int16Array.from(sounds.flatMap((sound) => [...sound]));

function defect(): never {
  throw new Error('a defect');
}

const brokenMicrophone: SharedMicrophone = {
  partsOf: async () => defect(),
  takeoverIn: async () => defect(),
  overhears: async () => defect(),
  heard: async () => defect(),
  sameSpeaker: defect,
};
const brokenEcho: EchoRemover = { passed: () => undefined, clean: async () => defect() };

/** Two sentences in one chunk, heard with aids that are broken. */
async function finalsWith(aids: Partial<TranscriberOptions>) {
  const failed: Aid[] = [];
  const finals: string[] = [];
  const onError = vi.fn();
  const transcriber = createTranscriber({
    streamKey: 'stream',
    roomId: 'room',
    engine: new FakeEngine(),
    vadFactory: fakeVad,
    onEvent: (event) => {
      if (event.type === 'utterance' && event.isFinal) finals.push(event.text);
    },
    onError,
    onAidFailed: (aid) => failed.push(aid),
    ...aids,
  });
  transcriber.feed(join(levelOf(1, 1.5), silence(3), levelOf(2, 1.5), silence(3)), 0);
  await transcriber.drain();
  expect(onError).not.toHaveBeenCalled();
  return { finals, failed: new Set(failed) };
}

describe('every sentence becomes text', () => {
  it.each<[Aid, Partial<TranscriberOptions>]>([
    ['speakers', { sharedMicrophone: brokenMicrophone }],
    ['echo', { echo: brokenEcho }],
    ['vocabulary', { correct: defect }],
  ])('while the aid “%s” throws, and its failures are told', async (aid, broken) => {
    const { failed, finals } = await finalsWith(broken);
    expect(finals).toEqual(['palavra1', 'palavra2']);
    expect(failed).toEqual(new Set([aid]));
  });

  it('and what may be two people’s is not joined', () => {
    expect(steadyMicrophone(brokenMicrophone, () => undefined).sameSpeaker(['a', 'b'])).toBe(false);
  });
});
