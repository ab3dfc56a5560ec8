/**
 * The clients of `npm run verify:load`, in a process of their own so that their work is not counted as the
 * service's: `node generator.ts <plan.json>`. Writes one line of JSON with what it measured.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Ack, ChunkAck } from '@medcall/shared-types';
import { admit } from '../../lib/client/fill-room.ts';
import { RoomConnection } from '../../lib/client/room-connection.ts';
import { type Pcm, slice } from '../../lib/client/wav.ts';
import { stretches } from '../lib/sound.ts';
import { type LoadPlan, loadPlan, type Measured } from './plan.ts';

const chunkMs = 100;

/** One person's microphone: a chunk every 100 ms whatever became of the one before, as a clock would. */
class Microphone {
  readonly latenciesMs: number[] = [];
  readonly refused: Record<string, number> = {};
  sent = 0;
  unanswered = 0;
  private readonly connection: RoomConnection;
  private readonly roomId: string;
  private readonly captureId: string;
  private readonly pcm: Pcm;

  constructor(connection: RoomConnection, roomId: string, captureId: string, pcm: Pcm) {
    this.connection = connection;
    this.roomId = roomId;
    this.captureId = captureId;
    this.pcm = pcm;
  }

  /** @param firstAtMs on the clock of performance.now() */
  async speak(firstAtMs: number, chunks: number): Promise<void> {
    for (let seq = 0; seq < chunks; seq++) {
      const waitMs = firstAtMs + seq * chunkMs - performance.now();
      if (waitMs > 0) await delay(waitMs);
      this.send(seq);
    }
  }

  private send(seq: number): void {
    const loop = Math.floor(this.pcm.durationMs / chunkMs);
    const sentAt = performance.now();
    this.sent += 1;
    this.unanswered += 1;
    const payload = {
      roomId: this.roomId,
      stream: 'microphone' as const,
      captureId: this.captureId,
      seq,
      capturedAtMs: seq * chunkMs,
      sampleRate: 16_000,
      data: slice(this.pcm, (seq % loop) * chunkMs, chunkMs),
    };
    this.connection.socket.emit('audioChunk', payload, (answer: Ack<ChunkAck>) => {
      this.unanswered -= 1;
      this.latenciesMs.push(performance.now() - sentAt);
      if (!answer.ok) this.refused[answer.error.code] = (this.refused[answer.error.code] ?? 0) + 1;
    });
  }
}

let receivedBytes = 0;

/** Packets as Engine.IO hands them on; what TLS and frames add is not in it. */
function countBytes({ io }: RoomConnection['socket']): void {
  io.engine.on('packet', ({ data }) => {
    receivedBytes += typeof data === 'string' ? Buffer.byteLength(data) : (data?.byteLength ?? 0);
  });
}

async function enter(plan: LoadPlan): Promise<Microphone[]> {
  const [sound] = await stretches(1, plan.soundSeconds);
  if (!sound) throw new Error('there is no sound');
  const microphones: Microphone[] = [];
  for (const { doctor, patient, roomId } of plan.rooms) {
    const connect = (person: typeof doctor, role: 'doctor' | 'patient') =>
      new RoomConnection({
        realtimeUrl: person.url ?? plan.url,
        roomId,
        user: { id: person.sub, name: role, role },
        token: async () => person.token,
        requestTimeoutMs: 30_000,
      });
    const first = connect(doctor, 'doctor');
    const second = connect(patient, 'patient');
    await admit(roomId, first, second);
    await first.request('start-transcription', { roomId });
    for (const { socket } of [first, second]) countBytes(socket);
    microphones.push(new Microphone(first, roomId, 'doctor', sound.doctor));
    microphones.push(new Microphone(second, roomId, 'patient', sound.patient));
  }
  return microphones;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

const plan = loadPlan.parse(JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')));
const microphones = await enter(plan);
process.stdout.write('speaking\n');
const chunks = (plan.seconds * 1000) / chunkMs;
const startAtMs = performance.now() + 500;
await Promise.all(
  microphones.map((one, index) => one.speak(startAtMs + ((index * 37) % chunkMs), chunks)),
);
const deadline = performance.now() + 30_000;
while (microphones.some((one) => one.unanswered > 0) && performance.now() < deadline) {
  await delay(50);
}
const sorted = microphones.flatMap((one) => one.latenciesMs).sort((a, b) => a - b);
const refused: Record<string, number> = {};
for (const one of microphones) {
  for (const [code, times] of Object.entries(one.refused)) {
    refused[code] = (refused[code] ?? 0) + times;
  }
}
const measured: Measured = {
  sent: microphones.reduce((sum, one) => sum + one.sent, 0),
  unanswered: microphones.reduce((sum, one) => sum + one.unanswered, 0),
  refused,
  p50Ms: quantile(sorted, 0.5),
  p90Ms: quantile(sorted, 0.9),
  p99Ms: quantile(sorted, 0.99),
  p999Ms: quantile(sorted, 0.999),
  maxMs: sorted.at(-1) ?? Number.NaN,
  receivedBytes,
};
process.stdout.write(`${JSON.stringify(measured)}\n`);
process.exit(0);
