import { DEFAULT_SEGMENTER_SETTINGS } from '../segmenter-settings.ts';
import type { Utterance } from '../utterance.ts';
import { VAD_FRAME_SAMPLES } from '../vad.ts';

const { endProbability, startProbability, leastSpeechFrames, preRollFrames, postRollFrames } =
  DEFAULT_SEGMENTER_SETTINGS;

/** Runs of frames shorter than this are taken for what surrounds them: 0.16 s. */
const LEAST_RUN = leastSpeechFrames;

type Kind = 'own' | 'echo' | 'quiet';

/**
 * The utterance without what is somebody else's voice: those frames are silent, and sound without
 * speech of its own at both ends is left out. Null when no speech of its own is left. Its place,
 * and with it its id, stays.
 *
 * @param isEcho whether the frame that begins at a sample of the stream is echo
 */
export function withoutEcho(
  utterance: Utterance,
  isEcho: (sample: number) => boolean,
): Utterance | null {
  const { probabilities, startSample } = utterance;
  const kinds = Array.from(probabilities, (probability, i): Kind => {
    if (probability < endProbability) return 'quiet';
    return isEcho(startSample + i * VAD_FRAME_SAMPLES) ? 'echo' : 'own';
  });
  dissolve(kinds, 'own', 'echo');
  dissolve(kinds, 'echo', 'own');
  if (!kinds.includes('echo')) return utterance;
  const own = kinds.flatMap((kind, i) => (kind === 'own' ? [i] : []));
  const speech = own
    .map((i) => probabilities[i] as number)
    .filter((probability) => probability >= startProbability);
  const first = own[0];
  const last = own.at(-1);
  if (first === undefined || last === undefined || speech.length < leastSpeechFrames) return null;
  const kept = keptFrames(kinds);
  const from = kept.indexOf(true);
  const to = kept.lastIndexOf(true) + 1;
  return {
    ...utterance,
    pcm: silenced(utterance, kept).slice(from * VAD_FRAME_SAMPLES, to * VAD_FRAME_SAMPLES),
    speechStartSample: startSample + first * VAD_FRAME_SAMPLES,
    speechEndSample: startSample + (last + 1) * VAD_FRAME_SAMPLES,
    speechSeconds: (speech.length * VAD_FRAME_SAMPLES) / 16_000,
    speechProbability: speech.reduce((sum, one) => sum + one, 0) / speech.length,
    silenced: silencedSpans(utterance, kept),
  };
}

/** Turns runs of one kind that are too short into the other kind, where that is what is beside them. */
function dissolve(kinds: Kind[], kind: 'own' | 'echo', into: 'own' | 'echo'): void {
  const spoken = kinds.flatMap((one, i) => (one === 'quiet' ? [] : [i]));
  let from = 0;
  while (from < spoken.length) {
    let to = from;
    while (to < spoken.length && kinds[spoken[to] as number] === kind) to += 1;
    const alone = from === 0 && to === spoken.length;
    if (to > from && to - from < LEAST_RUN && !alone) {
      for (let i = from; i < to; i += 1) kinds[spoken[i] as number] = into;
    }
    from = Math.max(to, from + 1);
  }
}

/** Own speech with a little quiet around it; what lies between own speech stays as it is. */
function keptFrames(kinds: readonly Kind[]): boolean[] {
  const before = nearest(kinds, 1);
  const after = nearest(kinds, -1);
  return kinds.map((kind, i) => {
    if (kind !== 'quiet') return kind === 'own';
    const left = before[i] ?? null;
    const right = after[i] ?? null;
    const leftOwn = left !== null && kinds[left] === 'own';
    const rightOwn = right !== null && kinds[right] === 'own';
    if (leftOwn && rightOwn) return true;
    return (leftOwn && i - left <= postRollFrames) || (rightOwn && right - i <= preRollFrames);
  });
}

/** For each frame the nearest frame with speech before (1) or after (−1) it. */
function nearest(kinds: readonly Kind[], direction: 1 | -1): (number | null)[] {
  const found: (number | null)[] = new Array(kinds.length).fill(null);
  let last: number | null = null;
  for (let step = 0; step < kinds.length; step += 1) {
    const i = direction === 1 ? step : kinds.length - 1 - step;
    if (kinds[i] !== 'quiet') last = i;
    found[i] = last;
  }
  return found;
}

function silenced({ pcm }: Utterance, kept: readonly boolean[]): Float32Array {
  const out = pcm.slice();
  kept.forEach((keep, i) => {
    if (!keep) out.fill(0, i * VAD_FRAME_SAMPLES, (i + 1) * VAD_FRAME_SAMPLES);
  });
  return out;
}

function silencedSpans({ startSample }: Utterance, kept: readonly boolean[]) {
  const spans: { from: number; to: number }[] = [];
  kept.forEach((keep, i) => {
    if (keep) return;
    const from = startSample + i * VAD_FRAME_SAMPLES;
    const last = spans.at(-1);
    if (last?.to === from) last.to = from + VAD_FRAME_SAMPLES;
    else spans.push({ from, to: from + VAD_FRAME_SAMPLES });
  });
  return spans;
}
