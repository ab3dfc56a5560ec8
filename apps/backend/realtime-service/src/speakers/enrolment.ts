import type { VoiceProblem } from '@medcall/shared-types';
import { z } from 'zod';
import { SAMPLES_PER_SECOND, toFloat } from '../speech/pcm.ts';
import type { Pcm } from '../speech/ports.ts';
import { HOP_SAMPLES, melCepstra } from './mfcc.ts';
import { noisyCopies } from './noisy-copies.ts';
import type { SpeakerEmbedder } from './voice-features.ts';

/** A person's voice as stored; plain JSON. It is biometric data: delete it with the consent. */
export const voiceProfileSchema = z.object({
  version: z.literal(1),
  embedder: z.string().min(1),
  /** The voice as recorded, then as it would sound in noise: see noisy-copies.ts. */
  vectors: z.array(z.array(z.number()).min(1)).min(1),
  speechSeconds: z.number().positive(),
});
export type VoiceProfile = z.infer<typeof voiceProfileSchema>;

export type EnrolmentProblem = Exclude<VoiceProblem, 'not_wav' | 'too_long'>;

export interface SoundQuality {
  readonly seconds: number;
  readonly speechSeconds: number;
  /** Level of the speech, in decibels below full scale (negative). */
  readonly levelDecibels: number;
  /** Share of samples at full scale. */
  readonly clippedShare: number;
  /** Speech above the quietest moments: even who reads without a breath begins and ends in quiet. */
  readonly aboveNoiseDecibels: number;
}

export type Enrolment =
  | { readonly ok: true; readonly profile: VoiceProfile; readonly quality: SoundQuality }
  | {
      readonly ok: false;
      readonly problems: readonly EnrolmentProblem[];
      readonly quality: SoundQuality;
    };

const LEAST_SECONDS = 5;
const LEAST_SPEECH_SECONDS = 3;
/** What comes after is not looked at. */
const MOST_SECONDS = 30;
const QUIETEST_DECIBELS = -50;
const MOST_CLIPPED = 0.005;
const LEAST_ABOVE_NOISE = 10;
const FULL_SCALE = 0.999;
/** Frames this much below the loud ones are pauses. */
const SPEECH_RANGE_DECIBELS = 25;

function quantile(sorted: Float32Array, share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NEGATIVE_INFINITY;
}

/** Measures whether a recording is good enough to know a voice by. */
export function soundQuality(sound: Pcm): SoundQuality {
  const pcm = toFloat(sound);
  const { frames, decibels } = melCepstra(pcm);
  const sorted = Float32Array.from(decibels).sort();
  const loud = quantile(sorted, 0.9);
  const speech = decibels.reduce((n, at) => n + (at > loud - SPEECH_RANGE_DECIBELS ? 1 : 0), 0);
  let clipped = 0;
  let loudestPower = 0;
  const powers: number[] = [];
  for (let at = 0; at < pcm.length; at += HOP_SAMPLES) {
    let power = 0;
    for (const sample of pcm.subarray(at, at + HOP_SAMPLES)) {
      if (Math.abs(sample) >= FULL_SCALE) clipped += 1;
      power += sample * sample;
    }
    powers.push(power / HOP_SAMPLES);
    loudestPower = Math.max(loudestPower, power / HOP_SAMPLES);
  }
  const spoken = powers.filter((power) => power > loudestPower / 1_000);
  const level = spoken.reduce((sum, power) => sum + power, 0) / Math.max(1, spoken.length);
  return {
    seconds: pcm.length / SAMPLES_PER_SECOND,
    speechSeconds: frames === 0 ? 0 : (speech * HOP_SAMPLES) / SAMPLES_PER_SECOND,
    levelDecibels: 10 * Math.log10(Math.max(level, 1e-12)),
    clippedShare: clipped / Math.max(1, pcm.length),
    aboveNoiseDecibels: frames === 0 ? 0 : loud - quantile(sorted, 0.03),
  };
}

function problemsOf(quality: SoundQuality): EnrolmentProblem[] {
  const problems: EnrolmentProblem[] = [];
  if (quality.seconds < LEAST_SECONDS) problems.push('too_short');
  else if (quality.speechSeconds < LEAST_SPEECH_SECONDS) problems.push('too_little_speech');
  if (quality.levelDecibels < QUIETEST_DECIBELS) problems.push('too_quiet');
  if (quality.clippedShare > MOST_CLIPPED) problems.push('clipped');
  if (quality.aboveNoiseDecibels < LEAST_ABOVE_NOISE) problems.push('noisy');
  return problems;
}

/**
 * Makes a voice profile of 5–15 s of one person reading (16 kHz mono), or tells what is wrong with
 * the recording.
 */
export async function enrolVoice(sound: Pcm, embedder: SpeakerEmbedder): Promise<Enrolment> {
  const pcm = toFloat(sound).subarray(0, MOST_SECONDS * SAMPLES_PER_SECOND);
  const quality = soundQuality(pcm);
  const problems = problemsOf(quality);
  if (problems.length > 0) return { ok: false, problems, quality };
  const vectors: number[][] = [];
  for (const copy of noisyCopies(pcm)) vectors.push([...(await embedder.embed(copy))]);
  return {
    ok: true,
    quality,
    profile: {
      version: 1,
      embedder: embedder.name,
      vectors,
      speechSeconds: quality.speechSeconds,
    },
  };
}

/** A stored profile, or null when it was made by another embedder and must be recorded again. */
export function profileFor(stored: unknown, embedder: SpeakerEmbedder): VoiceProfile | null {
  const parsed = voiceProfileSchema.safeParse(stored);
  if (!parsed.success || parsed.data.embedder !== embedder.name) return null;
  const fits = parsed.data.vectors.every((vector) => vector.length === embedder.dimensions);
  return fits ? parsed.data : null;
}
