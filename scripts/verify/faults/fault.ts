import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bench, keptIn } from '../lib/bench.ts';
import {
  endConsultation,
  type LiveConsultation,
  openConsultation,
  play,
  voicesOf,
} from '../lib/consultation.ts';
import { chunksLost, differences, seenTwice, transcriptLines } from '../lib/judge.ts';
import type { ServiceProcess } from '../lib/service-process.ts';
import type { DialogueSound } from '../lib/sound.ts';
import type { Voice } from '../lib/voice.ts';

/** What was seen of a fault, in words and as a verdict. */
export interface Seen {
  ok: boolean;
  seen: string;
}

/** One line of the table. */
export interface Fault {
  name: string;
  expected: string;
  run(bench: Bench, sound: DialogueSound): Promise<Seen>;
}

export const stubDecoder = fileURLToPath(new URL('../lib/stub-decoder.ts', import.meta.url));
export const stubEngine = { MEDCALL_TEST_DECODER: stubDecoder };

/** A consultation in which something goes wrong. */
export interface Disturbance {
  bench: Bench;
  service: ServiceProcess;
  dataDir: string;
  live: LiveConsultation;
  voices: Voice[];
}

export interface Arrangement {
  name: string;
  env: Record<string, string>;
  under?: readonly string[];
  speed: number;
  /** Before the service starts. */
  before?: (dataDir: string) => Promise<void>;
  /** While the people speak; the consultation is ended when it and they are through. */
  during: (disturbance: Disturbance) => Promise<void>;
  /** Ends while the sound is still on its way to text, instead of waiting for its durability. */
  afterEnd?: (disturbance: Disturbance) => Promise<string>;
}

export interface Outcome {
  lines: string[];
  lost: number;
  twice: number;
  refused: string;
  drops: number;
  note: string;
}

/** Holds a consultation with the sound while `during` disturbs it. */
export async function disturbed(
  bench: Bench,
  sound: DialogueSound,
  arrangement: Arrangement,
): Promise<Outcome> {
  const { env, name, speed, under } = arrangement;
  const service = await bench.aService({ name, env, ...(under ? { under } : {}) });
  const dataDir = path.join(bench.folder, name);
  await arrangement.before?.(dataDir);
  await service.start();
  const live = await openConsultation(bench, { doctor: service.url, patient: service.url });
  try {
    const voices = voicesOf(live, sound, { speed });
    const disturbance = { bench, service, dataDir, live, voices };
    await within(longestMs, [play(voices, 120_000), arrangement.during(disturbance)]);
    await endConsultation(bench, live, 240_000);
    const note = (await arrangement.afterEnd?.(disturbance)) ?? '';
    const { id } = live.consultation;
    const refused = new Map<string, number>();
    for (const voice of voices) {
      for (const [code, times] of voice.refused) {
        refused.set(code, (refused.get(code) ?? 0) + times);
      }
    }
    return {
      lines: await transcriptLines(bench.world, id),
      lost:
        (await chunksLost(keptIn(dataDir), id, voices)) +
        voices.reduce((sum, voice) => sum + voice.brokenPromises, 0),
      twice: seenTwice(live),
      refused: [...refused].map(([code, times]) => `${code} × ${times}`).join(', '),
      drops: voices.reduce((sum, voice) => sum + voice.drops, 0),
      note,
    };
  } catch (error) {
    console.error(service.recentLog.slice(-4000));
    throw error;
  } finally {
    live.close();
    await service.kill();
  }
}

/** Longer than any fault and its consequences last. */
const longestMs = 300_000;

async function within(timeoutMs: number, works: Promise<void>[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it did not go on after the fault')), timeoutMs);
  });
  try {
    await Promise.race([Promise.all(works), late]);
  } finally {
    clearTimeout(timer);
  }
}

const undisturbed = new Map<string, Promise<Outcome>>();

/** The same without a disturbance, once for each engine and sound. */
export function calm(
  bench: Bench,
  sound: DialogueSound,
  engine: { name: string; env: Record<string, string> },
): Promise<Outcome> {
  const key = `${engine.name} ${sound.name}`;
  const known =
    undisturbed.get(key) ??
    disturbed(bench, sound, {
      name: `calm-${engine.name}`,
      env: engine.env,
      speed: 6,
      during: async () => undefined,
    });
  undisturbed.set(key, known);
  return known;
}

/** Everything that was said is there, once, as without the fault. */
export function judged(expected: Outcome, outcome: Outcome, conditions: string[] = []): Seen {
  const { missing, doubled } = differences(expected.lines, outcome.lines);
  const wrong = [
    ...(missing.length ? [`${missing.length} rows missing: ${missing.join(' ')}`] : []),
    ...(doubled.length ? [`${doubled.length} rows too many: ${doubled.join(' ')}`] : []),
    ...(outcome.lost ? [`${outcome.lost} chunks lost`] : []),
    ...(outcome.twice ? [`${outcome.twice} finals seen twice`] : []),
    ...conditions,
  ];
  const parts = [
    wrong.length > 0
      ? wrong.join('; ')
      : `all ${outcome.lines.length} rows as undisturbed, every chunk in the log`,
    ...(outcome.refused ? [`refused meanwhile: ${outcome.refused}`] : []),
    ...(outcome.drops ? [`lines dropped: ${outcome.drops}`] : []),
    ...(outcome.note ? [outcome.note] : []),
  ];
  return { ok: wrong.length === 0 && expected.lines.length > 0, seen: parts.join('; ') };
}
