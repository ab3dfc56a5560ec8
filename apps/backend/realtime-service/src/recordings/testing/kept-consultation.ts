import { randomUUID } from 'node:crypto';
import type { TestConsultation, TestDoctor, World } from '@medcall/service-kit/testing/world';
import { type RoomRole, speakerOfRole } from '@medcall/shared-types';
import type { AudioLog } from '../../audio-log/audio-log.ts';

const chunkSamples = 1600;

export interface SpokenStream {
  role: RoomRole;
  captureId?: string;
  originMs?: number;
  pcm: Int16Array;
  /** Chunk numbers that never arrive. */
  lost?: readonly number[];
  /** Ms that the microphone was off before a chunk. */
  pauses?: Readonly<Record<number, number>>;
  /** Node that took the stream. */
  owner?: string;
}

export interface KeptOptions {
  doctor?: TestDoctor;
  type?: 'ONLINE' | 'PRESENCIAL';
  consent?: boolean;
  streams: readonly SpokenStream[];
  owner: string;
}

/** A consultation that has ended, drained, with its sound in the log, as the live service leaves it. */
export async function aKeptConsultation(
  world: World,
  log: AudioLog,
  options: KeptOptions,
): Promise<TestConsultation> {
  const { consent = true, doctor, owner, streams, type = 'ONLINE' } = options;
  const consultation = await world.aConsultation({
    status: 'COMPLETED',
    type,
    ...(doctor ? { doctor } : {}),
  });
  if (consent) await world.aConsent(consultation, 'recording');
  await world.query(
    "update consultations set timeline_zero_at = now() - interval '2 minutes' where id = $1",
    [consultation.id],
  );
  await world.query(
    `insert into sessions (consultation_id, room_id, kind, status, started_at, ended_at)
     values ($1, $2, $3, 'CLOSED', now() - interval '2 minutes', now())`,
    [consultation.id, consultation.roomId, type],
  );
  for (const stream of streams) await speak(world, log, consultation, { owner, ...stream });
  return consultation;
}

/** Adds a drained stream of one person; the same person's later capture is another stream. */
export async function speak(
  world: World,
  log: AudioLog,
  consultation: TestConsultation,
  spoken: SpokenStream & { owner: string },
): Promise<void> {
  const { captureId = '0', originMs = 0, owner, role } = spoken;
  const [participant] = await world.query<{ id: string; sub: string }>(
    `insert into participants (consultation_id, sub, role, name) values ($1, $2, $3, 'Pessoa')
     on conflict (consultation_id, sub) do update set name = excluded.name returning id, sub`,
    [consultation.id, `${role}-${consultation.id}`, role],
  );
  if (!participant) throw new Error('the participant was not made');
  const identity = {
    consultationId: consultation.id,
    sub: participant.sub,
    stream: 'microphone',
    captureId,
  };
  const ackedSeq = await write(log, spoken, {
    ...identity,
    participantId: participant.id,
    speaker: speakerOfRole(role),
    sampleRate: 16_000,
    originMs,
  });
  await world.query(
    `insert into audio_streams (id, consultation_id, participant_id, sub, stream, capture_id, origin_ms,
       acked_seq, durable_seq, lease_owner, lease_fence, drained_at)
     values ($1, $2, $3, $4, 'microphone', $5, $6, $7, $7, $8, 1, now())`,
    [
      randomUUID(),
      consultation.id,
      participant.id,
      identity.sub,
      captureId,
      originMs,
      ackedSeq,
      owner,
    ],
  );
}

async function write(
  log: AudioLog,
  { lost = [], pauses = {}, pcm }: SpokenStream,
  header: Parameters<AudioLog['openOrCreate']>[0],
): Promise<number> {
  const stream = await log.openOrCreate(header, { fence: 1, tookOver: false });
  let clockMs = 7000;
  const chunks = Math.ceil(pcm.length / chunkSamples);
  for (let seq = 0; seq < chunks; seq++) {
    clockMs += pauses[seq] ?? 0;
    if (!lost.includes(seq)) {
      const samples = pcm.slice(seq * chunkSamples, (seq + 1) * chunkSamples);
      await stream.append({
        type: 'chunk',
        seq,
        capturedAtMs: clockMs,
        pcm: new Uint8Array(samples.buffer),
      });
    }
    clockMs += 100;
  }
  if (lost.length > 0) await stream.giveUp(Math.min(...lost), Math.max(...lost));
  await log.release(header);
  return chunks - 1;
}
