import { randomUUID } from 'node:crypto';
import { createDatabase, createLogger } from '@medcall/service-kit';
import type { TranscriptionEvent } from '@medcall/shared-types';
import { TranscriptWriter } from '../../apps/backend/realtime-service/src/services/transcript-writer.ts';
import type { UtterancePlace } from '../../apps/backend/realtime-service/src/services/utterance-place.ts';
import type { UtteranceEvent } from '../../apps/backend/realtime-service/src/speech/transcriber-events.ts';
import type { Bench } from '../../scripts/verify/lib/bench.ts';
import { compare, type RatioResult, wallClock } from './compare.ts';

const ROWS = 150;

/**
 * Utterances a second as the service stores them (the stream's fence checked, the row kept from being
 * written over by an older one), over bare single inserts, one after the other.
 *
 * @param rooms how many speak at once; each waits for its row before it brings the next, as in the service
 */
export async function persistence(
  bench: Bench,
  rounds: number,
  rooms: number,
): Promise<RatioResult> {
  const logger = createLogger({ service: 'bench', level: 'error' });
  const database = createDatabase({
    url: bench.postgres.appUrl,
    applicationName: 'bench',
    poolSize: 2,
    logger,
  });
  const writer = new TranscriptWriter({ database, logger });
  const places: UtterancePlace[] = [];
  for (let room = 0; room < rooms; room += 1) places.push(await aStream(bench));
  const { query } = bench.world;
  try {
    return await compare({
      name: `persistence, ${rooms === 1 ? 'one room' : `${rooms} rooms`}: rows/s ÷ single inserts`,
      unit: 'row',
      compares: 'rate',
      meter: { base: wallClock, tested: wallClock },
      rounds,
      async base() {
        for (let i = 0; i < ROWS; i += 1) {
          const place = placeOf(places, i);
          const { event, said } = anUtterance(place, i);
          await query(
            `insert into transcriptions (id, room_id, speaker, text, raw_text, timestamp, participant_id,
               start_ms, end_ms, confidence, engine, revision, stream_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
            [
              event.id,
              event.roomId,
              event.speaker,
              event.text,
              said.rawText,
              event.timestamp,
              event.participantId,
              event.startMs,
              event.endMs,
              event.confidence,
              said.engine,
              event.revision,
              place.streamId,
            ],
          );
        }
        return ROWS;
      },
      async tested() {
        await Promise.all(
          places.map(async (place, room) => {
            for (let i = room; i < ROWS; i += rooms) {
              const { event, said } = anUtterance(place, i);
              const stored = await writer.store(place, said, event);
              if (typeof stored === 'string') throw new Error(`the row was not stored: ${stored}`);
            }
          }),
        );
        return ROWS;
      },
    });
  } finally {
    writer.stop();
    await database.close();
  }
}

function placeOf(places: readonly UtterancePlace[], row: number): UtterancePlace {
  const place = places[row % places.length];
  if (!place) throw new RangeError('There is no room');
  return place;
}

async function aStream({ world }: Bench): Promise<UtterancePlace> {
  const consultation = await world.aConsultation();
  const [participant] = await world.query<{ id: string }>(
    `insert into participants (consultation_id, sub, role, name, state)
     values ($1, 'bench', 'patient', 'Paciente', 'joined') returning id`,
    [consultation.id],
  );
  const [stream] = await world.query<{ id: string }>(
    `insert into audio_streams (consultation_id, participant_id, sub, origin_ms, lease_fence)
     values ($1, $2, 'bench', 0, 1) returning id`,
    [consultation.id, participant?.id],
  );
  if (!participant || !stream) throw new Error('the stream was not made');
  return {
    roomId: consultation.roomId,
    participantId: participant.id,
    speaker: 'PACIENTE',
    streamId: stream.id,
    fence: 1,
    originMs: 0,
    timelineZeroAt: new Date(),
  };
}

function anUtterance(
  place: UtterancePlace,
  number: number,
): { event: TranscriptionEvent; said: UtteranceEvent } {
  const said: UtteranceEvent = {
    type: 'utterance',
    id: randomUUID(),
    startMs: number * 4_000,
    endMs: number * 4_000 + 3_000,
    revision: 0,
    isFinal: true,
    text: 'Estou com uma dor no peito que começou há três semanas.',
    rawText: 'Estou com uma dor no peito que começou há 3 semanas.',
    confidence: 0.8,
    engine: 'bench',
  };
  const { id, startMs, endMs, revision, isFinal, text, confidence } = said;
  return {
    said,
    event: {
      id,
      startMs,
      endMs,
      revision,
      isFinal,
      text,
      confidence,
      roomId: place.roomId,
      participantId: place.participantId,
      speaker: place.speaker,
      timestamp: new Date(place.timelineZeroAt.getTime() + startMs).toISOString(),
    },
  };
}
