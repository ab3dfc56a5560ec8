import { resolve } from 'node:path';
import { monotonicClock } from '@medcall/service-kit';
import type { Speech } from './assemble.ts';
import { noExchange } from './cluster/sound-exchange.ts';
import type { Container } from './container.ts';
import { KeptAudio } from './recordings/kept-audio.ts';
import { Captures } from './services/captures.ts';
import { Consents } from './services/consents.ts';
import { ConsultationReader } from './services/consultation-reader.ts';
import { type Retranscribed, retranscribe } from './services/retranscription.ts';
import { StreamClaims } from './services/stream-claims.ts';
import { StreamRows } from './services/stream-rows.ts';
import { TranscriptWriter } from './services/transcript-writer.ts';
import { VoiceRows } from './services/voice-rows.ts';
import { voicesLoader } from './services/voices.ts';
import { searchHere } from './speech/echo/echo-search.ts';
import { createTranscriber } from './speech/transcriber.ts';

/** `npm run retranscribe` without its command line: the parts of the service that it needs, and nobody told. */
export async function retranscribeRoom(
  container: Pick<
    Container,
    'audioLog' | 'clock' | 'database' | 'engine' | 'env' | 'logger' | 'objectStore' | 'storageId'
  >,
  speech: Speech,
  roomId: string,
): Promise<Retranscribed> {
  const { audioLog, clock, database, engine, env, logger, objectStore, storageId } = container;
  const streamRows = new StreamRows(database);
  const streamClaims = new StreamClaims(database, storageId, { shared: objectStore !== null });
  const voiceRows = new VoiceRows(database);
  return retranscribe(roomId, {
    database,
    reader: new ConsultationReader(database),
    consents: new Consents(database),
    streamRows,
    streamClaims,
    kept: new KeptAudio({ root: resolve(env.DATA_DIR, 'audio'), store: objectStore }),
    room: {
      writer: new TranscriptWriter({ database, logger, rederive: true }),
      streamRows,
      streamClaims,
      voiceRows,
      loadVoices: voicesLoader(voiceRows, speech.embedder),
      broadcaster: { toRoles: () => undefined },
      logger,
      onFinal: () => undefined,
      audioLog,
      captures: new Captures(database),
      clock,
      monotonic: monotonicClock,
      // Nobody is acknowledged meanwhile.
      echoSearch: searchHere,
      soundExchange: noExchange,
      transcribers: (stream) =>
        createTranscriber({ ...stream, ...speech, engine, partials: false }),
    },
  });
}
