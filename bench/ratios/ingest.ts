import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { stubEngine } from '../../scripts/verify/faults/fault.ts';
import type { Bench } from '../../scripts/verify/lib/bench.ts';
import { openConsultation } from '../../scripts/verify/lib/consultation.ts';
import { compare, type RatioResult } from './compare.ts';
import { cpuOf } from './process-cpu.ts';

/** A batch of silence that each of two people sends, 100 ms a chunk; more than ten times real time is refused. */
const CHUNKS = 60;
const CHUNK_MS = 100;
const SPEED = 8;

/**
 * Processor time of the socket process for a chunk, everything that it does with it (checks, log,
 * fdatasync, voice activity), over that of a server which acknowledges and nothing else. The chunks are
 * silence: no decoder enters.
 */
export async function ingest(bench: Bench, rounds: number): Promise<RatioResult> {
  const receiver = fork(fileURLToPath(new URL('./bare-receiver.ts', import.meta.url)), {
    execArgv: [],
  });
  const [port] = z
    .tuple([z.number()])
    .rest(z.unknown())
    .parse(await once(receiver, 'message'));
  const service = await bench.aService({
    name: 'ingest',
    env: { ...stubEngine, LOG_LEVEL: 'warn' },
  });
  await service.start();
  const live = await openConsultation(bench, { doctor: service.url, patient: service.url });
  const bare = [1, 2].map(() =>
    io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true }),
  );
  const { roomId } = live.consultation;
  const tested = aSender([live.doctor.socket, live.patient.socket], roomId);
  const base = aSender(bare, roomId);
  try {
    return await compare({
      name: 'ingest: CPU per chunk ÷ bare receive',
      unit: 'chunk',
      base,
      tested,
      meter: { base: cpuOf(receiver.pid), tested: cpuOf(service.pid) },
      rounds,
    });
  } finally {
    for (const socket of bare) socket.close();
    live.close();
    receiver.disconnect();
  }
}

type Emitter = Pick<Socket, 'timeout'>;

/** Sends the next batch on every socket, faster than real time, and waits for all acknowledgements. */
function aSender(sockets: readonly Emitter[], roomId: string): () => Promise<number> {
  const data = Buffer.alloc(CHUNK_MS * 32);
  let seq = 0;
  return async () => {
    const first = seq;
    seq += CHUNKS;
    const answers = sockets.flatMap((socket) =>
      Array.from({ length: CHUNKS }, async (_, i) => {
        await new Promise((resolve) => setTimeout(resolve, (i * CHUNK_MS) / SPEED));
        const answer: unknown = await socket.timeout(30_000).emitWithAck('audioChunk', {
          roomId,
          stream: 'microphone',
          seq: first + i,
          capturedAtMs: (first + i) * CHUNK_MS,
          sampleRate: 16_000,
          data,
        });
        accepted.parse(answer);
      }),
    );
    await Promise.all(answers);
    return answers.length;
  };
}

const accepted = z.object({ ok: z.literal(true) });
