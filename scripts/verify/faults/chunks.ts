import type { Ack, ChunkAck } from '@medcall/shared-types';
import { type Pcm, slice } from '../../lib/client/wav.ts';
import type { Bench } from '../lib/bench.ts';
import { endConsultation, type LiveConsultation, openConsultation } from '../lib/consultation.ts';
import { differences, transcriptLines } from '../lib/judge.ts';
import { seeded } from '../lib/random.ts';
import type { ServiceProcess } from '../lib/service-process.ts';
import { type Fault, type Seen, stubEngine } from './fault.ts';

const chunkMs = 100;

interface Sent {
  seq: number;
  data?: Buffer;
  lost?: [number, number];
}

interface Delivered {
  lines: string[];
  ackedSeq: number;
}

let service: Promise<ServiceProcess> | undefined;

/** One service for all of these: nothing happens to it. */
async function running(bench: Bench): Promise<ServiceProcess> {
  service ??= bench.aService({ name: 'chunks', env: stubEngine }).then(async (made) => {
    await made.start();
    return made;
  });
  return service;
}

/** Sends the doctor's chunks in this order, one after the other, and gives what became of them. */
async function deliver(bench: Bench, pcm: Pcm, order: readonly Sent[]): Promise<Delivered> {
  const { url } = await running(bench);
  const live = await openConsultation(bench, { doctor: url, patient: url });
  try {
    let ackedSeq = -1;
    for (const sent of order) ackedSeq = await sendOne(live, pcm, sent);
    await endConsultation(bench, live);
    return { lines: await transcriptLines(bench.world, live.consultation.id), ackedSeq };
  } finally {
    live.close();
  }
}

async function sendOne(live: LiveConsultation, pcm: Pcm, { data, lost, seq }: Sent) {
  const { roomId } = live.consultation;
  for (;;) {
    const answer = (await live.doctor.attempt('audioChunk', {
      roomId,
      stream: 'microphone',
      captureId: 'doctor',
      seq,
      capturedAtMs: seq * chunkMs,
      sampleRate: 16_000,
      data: data ?? slice(pcm, seq * chunkMs, chunkMs),
      ...(lost ? { lost } : {}),
    })) as Ack<ChunkAck>;
    if (answer.ok) return answer.ackedSeq;
    if (answer.error.code !== 'rate_limited') throw new Error(answer.error.code);
    await new Promise((resolve) => setTimeout(resolve, answer.error.retryAfterMs ?? 200));
  }
}

function inOrder(pcm: Pcm): Sent[] {
  return Array.from({ length: Math.floor(pcm.durationMs / chunkMs) }, (_, seq) => ({ seq }));
}

const straight = new Map<string, Promise<Delivered>>();

function undisturbed(bench: Bench, name: string, pcm: Pcm): Promise<Delivered> {
  const known = straight.get(name) ?? deliver(bench, pcm, inOrder(pcm));
  straight.set(name, known);
  return known;
}

function same(expected: Delivered, delivered: Delivered, lastSeq: number): Seen {
  const { missing, doubled } = differences(expected.lines, delivered.lines);
  const ok =
    missing.length + doubled.length === 0 &&
    delivered.ackedSeq === lastSeq &&
    expected.lines.length > 0;
  return {
    ok,
    seen: ok
      ? `all ${delivered.lines.length} rows as undisturbed, acknowledged up to ${lastSeq}`
      : `${missing.length} rows missing, ${doubled.length} too many, acknowledged up to ${delivered.ackedSeq} of ${lastSeq}`,
  };
}

export const duplicateChunks: Fault = {
  name: 'every third chunk comes again, with other bytes',
  expected: 'the first bytes count',
  async run(bench, { doctor, name }) {
    const order = inOrder(doctor).flatMap((sent) =>
      sent.seq % 3 === 0 ? [sent, { ...sent, data: Buffer.alloc(3200, 0x55) }] : [sent],
    );
    const expected = await undisturbed(bench, name, doctor);
    return same(expected, await deliver(bench, doctor, order), inOrder(doctor).length - 1);
  },
};

export const reorderedChunks: Fault = {
  name: 'chunks overtake each other by up to eight places',
  expected: 'numbers decide the order, not arrival',
  async run(bench, { doctor, name }) {
    const order = inOrder(doctor)
      .map((sent) => ({ sent, place: sent.seq + seeded(3, sent.seq) * 8 }))
      .sort((a, b) => a.place - b.place)
      .map(({ sent }) => sent);
    const expected = await undisturbed(bench, name, doctor);
    return same(expected, await deliver(bench, doctor, order), inOrder(doctor).length - 1);
  },
};

/** A hole somewhere in the middle, in the fourth part of the sound. */
const hole = { from: 60, to: 63 };
const holeStartMs = hole.from * chunkMs;
const holeEndMs = (hole.to + 1) * chunkMs;

/** Rows that a hole cannot touch: more than a turn's pause away from it. */
function awayFromHole(lines: readonly string[]): string[] {
  return lines.filter((line) => {
    const [, startMs, endMs] = JSON.parse(line) as [string, number, number];
    return endMs < holeStartMs - 2500 || startMs > holeEndMs + 2500;
  });
}

function holeFault(fault: { name: string; expected: string; lost: boolean }): Fault {
  return {
    name: fault.name,
    expected: fault.expected,
    async run(bench, { doctor, name }) {
      const whole = inOrder(doctor);
      const order = whole
        .filter(({ seq }) => seq < hole.from || seq > hole.to)
        .map(({ seq }): Sent => {
          const names = fault.lost && seq === hole.to + 1;
          return names ? { seq, lost: [hole.from, hole.to] } : { seq };
        });
      const expected = await undisturbed(bench, name, doctor);
      const delivered = await deliver(bench, doctor, order);
      const wanted = awayFromHole(expected.lines);
      const { missing } = differences(wanted, delivered.lines);
      const lastSeq = whole.length - 1;
      // Nobody named the hole and the consultation ended: acknowledged is what came before it.
      const acked = fault.lost ? lastSeq : hole.from - 1;
      const ok = missing.length === 0 && delivered.ackedSeq === acked && wanted.length > 0;
      return {
        ok,
        seen: `${wanted.length - missing.length} of ${wanted.length} rows away from the hole as undisturbed, ${delivered.lines.length} in all; acknowledged up to ${delivered.ackedSeq} of ${lastSeq}`,
      };
    },
  };
}

export const missingChunks = holeFault({
  name: 'four chunks never come and nobody says so, then the end',
  expected: 'what was said behind the hole is text; no acknowledgement passes it',
  lost: false,
});

export const lostChunks = holeFault({
  name: 'four chunks are named as lost',
  expected: 'the acknowledgement passes them at once; time does not shift',
  lost: true,
});
