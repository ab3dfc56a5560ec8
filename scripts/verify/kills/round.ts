import { z } from 'zod';
import { stages } from '../../../apps/backend/realtime-service/src/failpoints.ts';
import { type Bench, keptIn } from '../lib/bench.ts';
import {
  endConsultation,
  openConsultation,
  openInPerson,
  play,
  voicesOf,
} from '../lib/consultation.ts';
import { chunksLost, differences, seenTwice, transcriptLines } from '../lib/judge.ts';
import type { KillOrder, ServiceProcess } from '../lib/service-process.ts';
import type { DialogueSound } from '../lib/sound.ts';

export const killResult = z.object({
  number: z.number(),
  engine: z.enum(['stub', 'whisper']),
  stage: z.enum(stages),
  passes: z.number(),
  tornFraction: z.number(),
  sound: z.string(),
  kills: z.number(),
  /** Chunks acknowledged and asked for again, or not in the log as they were sent. */
  chunksLost: z.number(),
  utterances: z.number(),
  missing: z.number(),
  doubled: z.number(),
  seenTwice: z.number(),
  /** Rows whose final reached nobody's socket: the transcript shows them after the reconnection. */
  unseen: z.number(),
  downSeconds: z.number(),
  failure: z.string().nullable(),
});
export type KillResult = z.infer<typeof killResult>;

/** What an undisturbed run of a sound gave. */
export interface Undisturbed {
  lines: string[];
  passes: Awaited<ReturnType<ServiceProcess['passes']>>;
}

interface Played {
  consultationId: string;
  lines: string[];
  chunksLost: number;
  seenTwice: number;
  unseen: number;
}

/** A whole consultation with this sound, through whatever happens to the service meanwhile. */
async function playThrough(
  bench: Bench,
  service: ServiceProcess,
  dataDir: string,
  sound: DialogueSound,
  options: { speed: number; inPerson: boolean; onOpen?: () => void },
): Promise<Played> {
  const live = options.inPerson
    ? await openInPerson(bench, service.url)
    : await openConsultation(bench, { doctor: service.url, patient: service.url });
  try {
    const voices = voicesOf(live, sound, options);
    options.onOpen?.();
    await play(voices);
    await endConsultation(bench, live);
    const { id } = live.consultation;
    const lost = await chunksLost(keptIn(dataDir), id, voices);
    const seen = new Set([...live.seen.doctor, ...live.seen.patient].map((s) => s.slice(0, 36)));
    const rows = await bench.world.query<{ id: string }>(
      'select t.id from transcriptions t where room_id = $1',
      [live.consultation.roomId],
    );
    return {
      consultationId: id,
      lines: await transcriptLines(bench.world, id),
      chunksLost: lost + voices.reduce((sum, voice) => sum + voice.brokenPromises, 0),
      seenTwice: seenTwice(live),
      unseen: rows.filter((row) => !seen.has(row.id)).length,
    };
  } finally {
    live.close();
  }
}

/** The same sound without a kill: what every other run is compared with. */
export async function runUndisturbed(
  bench: Bench,
  service: ServiceProcess,
  dataDir: string,
  sound: DialogueSound,
  how: { speed: number; inPerson: boolean },
): Promise<Undisturbed> {
  // Stages are counted from the start.
  await service.kill();
  await service.start();
  const played = await playThrough(bench, service, dataDir, sound, how);
  if (played.chunksLost > 0 || played.lines.length === 0) {
    throw new Error(`the undisturbed run of ${sound.name} is no measure`);
  }
  return { lines: played.lines, passes: await service.passes() };
}

export interface KillRound {
  number: number;
  engine: 'stub' | 'whisper';
  sound: DialogueSound;
  speed: number;
  inPerson: boolean;
  /** The first kill, and those of the processes that follow it. */
  orders: [KillOrder, ...KillOrder[]];
}

/** One consultation in which the service ends at the wanted stages and is started again each time. */
export async function runKill(
  bench: Bench,
  service: ServiceProcess,
  dataDir: string,
  round: KillRound,
  undisturbed: Undisturbed,
): Promise<KillResult> {
  const [first, ...later] = round.orders;
  if (service.pid === undefined) await service.start();
  let kills = 0;
  let downMs = 0;
  let over = false;
  let waiting = true;
  let starting: Promise<void> = Promise.resolve();
  const keepAlive = async () => {
    while (!over) {
      await service.exited;
      if (over) return;
      const downAt = Date.now();
      kills += 1;
      waiting = false;
      starting = service.start();
      await starting;
      downMs += Date.now() - downAt;
      const next = later.shift();
      if (!next) continue;
      waiting = true;
      service.order(next);
    }
  };
  const result: KillResult = {
    number: round.number,
    engine: round.engine,
    ...first,
    sound: round.sound.name,
    kills: 0,
    chunksLost: 0,
    utterances: 0,
    missing: 0,
    doubled: 0,
    seenTwice: 0,
    unseen: 0,
    downSeconds: 0,
    failure: null,
  };
  try {
    let alive: Promise<void> = Promise.resolve();
    const played = await playThrough(bench, service, dataDir, round.sound, {
      speed: round.speed,
      inPerson: round.inPerson,
      onOpen: () => {
        service.order(first);
        alive = keepAlive();
        alive.catch(() => undefined);
      },
    });
    over = true;
    const { missing, doubled } = differences(undisturbed.lines, played.lines);
    Object.assign(result, {
      chunksLost: played.chunksLost,
      utterances: played.lines.length,
      missing: missing.length,
      doubled: doubled.length,
      seenTwice: played.seenTwice,
      unseen: played.unseen,
      failure:
        missing.length + doubled.length > 0
          ? `missing ${missing.join(' ')} doubled ${doubled.join(' ')}`
          : null,
    });
  } catch (error) {
    over = true;
    result.failure = `${error instanceof Error ? error.message : String(error)}\n${service.recentLog}`;
  }
  // A process that is still to end somewhere is no beginning for the next round.
  await starting.catch(() => undefined);
  if (waiting || result.failure) await service.kill();
  return { ...result, kills, downSeconds: Math.round(downMs / 100) / 10 };
}

/** Nothing lost, nothing doubled, and the kill happened. */
export function passed(result: KillResult): boolean {
  return (
    result.failure === null &&
    result.kills > 0 &&
    result.chunksLost + result.missing + result.doubled + result.seenTwice === 0
  );
}
