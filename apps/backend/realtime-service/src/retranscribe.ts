import { resolve } from 'node:path';
import { type Clock, monotonicClock } from '@medcall/service-kit';
import type { Speech } from './assemble.ts';
import { noExchange } from './cluster/sound-exchange.ts';
import type { Container } from './container.ts';
import { consultationOfRoom } from './engines/consultation-of-room.ts';
import { KeptAudio } from './recordings/kept-audio.ts';
import { createRetranscription } from './retranscription/create-retranscription.ts';
import type { Retranscribed } from './retranscription/retranscriber.ts';
import { refusalOf } from './retranscription/standing.ts';
import { Captures } from './services/captures.ts';
import { Consents } from './services/consents.ts';
import { ConsultationReader } from './services/consultation-reader.ts';
import { StreamClaims } from './services/stream-claims.ts';
import { StreamRows } from './services/stream-rows.ts';
import { TranscriptWriter } from './services/transcript-writer.ts';
import { VoiceRows } from './services/voice-rows.ts';
import { voicesLoader } from './services/voices.ts';
import { searchHere } from './speech/echo/echo-search.ts';
import { createTranscriber } from './speech/transcriber.ts';

/** `npm run retranscribe` without its command line: the job that a doctor asks for, done here and now. */
export async function retranscribeRoom(
  container: Pick<
    Container,
    'audioLog' | 'clock' | 'database' | 'engine' | 'env' | 'logger' | 'objectStore' | 'storageId'
  >,
  speech: Speech,
  roomId: string,
  monotonic: Clock = monotonicClock,
): Promise<Retranscribed | { outcome: 'unknown_room' }> {
  const { audioLog, clock, database, engine, env, logger, objectStore, storageId } = container;
  const consultationId = await consultationOfRoom(database, roomId);
  if (consultationId === null) return { outcome: 'unknown_room' };
  const voiceRows = new VoiceRows(database);
  const streamRows = new StreamRows(database);
  const streamClaims = new StreamClaims(database, storageId, { shared: objectStore !== null });
  const parts = {
    database,
    owner: storageId,
    kept: new KeptAudio({ root: resolve(env.DATA_DIR, 'audio'), store: objectStore }),
    reader: new ConsultationReader(database),
    consents: new Consents(database),
    streamRows,
    streamClaims,
    writer: new TranscriptWriter({ database, logger }),
    logger,
    room: {
      streamClaims,
      voiceRows,
      loadVoices: voicesLoader(voiceRows, speech.embedder),
      logger,
      audioLog,
      captures: new Captures(database),
      clock,
      monotonic,
      // Nobody is acknowledged meanwhile.
      echoSearch: searchHere,
      soundExchange: noExchange,
      transcribers: (stream) =>
        createTranscriber({ ...stream, ...speech, engine: engine.first ?? engine, deferred: true }),
    },
  } satisfies Parameters<typeof createRetranscription>[0];
  const { retranscriber, rows } = createRetranscription(parts);
  const refusal = await refusalOf(await parts.reader.byId(consultationId), parts);
  if (refusal) return { outcome: refusal };
  const claimed = await rows.begin(consultationId, roomId);
  // Somebody asked for it on the screen: one of a consultation at a time.
  return claimed ? retranscriber.work(claimed) : { outcome: 'in_progress' };
}
