import path from 'node:path';
import { readEnv } from '@medcall/service-kit';
import type { World } from '@medcall/service-kit/testing/world';
import { realtimeEnv } from '../../../apps/backend/realtime-service/src/config/env.ts';
import { createContainer } from '../../../apps/backend/realtime-service/src/container.ts';
import { retranscribeRoom } from '../../../apps/backend/realtime-service/src/retranscribe.ts';
import { rootDir } from '../../lib/system/settings.ts';
import { stubDecoder } from '../faults/fault.ts';

/** Only for the drill: nothing of the text is left but the sound. */
export async function forgetTexts(world: World, consultationId: string): Promise<void> {
  await world.query('alter table transcriptions disable trigger user');
  await world.query(
    'delete from transcriptions where stream_id in (select id from audio_streams where consultation_id = $1)',
    [consultationId],
  );
  await world.query('alter table transcriptions enable trigger user');
}

/** What `npm run retranscribe` does, with the stub for an engine. */
export async function rederive(options: {
  databaseUrl: string;
  dataDir: string;
  identity: Record<string, string>;
  roomId: string;
}): Promise<void> {
  const env = readEnv(realtimeEnv, {
    ...options.identity,
    DATABASE_URL: options.databaseUrl,
    DATA_DIR: options.dataDir,
    MODELS_DIR: path.join(rootDir, 'models'),
    STT_DECODERS: '1',
    LOG_LEVEL: 'warn',
  });
  const container = createContainer(env, { decoderScript: stubDecoder });
  try {
    const [vadFactory, correct, embedder] = await Promise.all([
      container.loadVad(),
      container.loadCorrection(),
      container.loadEmbedder(),
    ]);
    await container.audioLog.start();
    await container.engine.start();
    await retranscribeRoom(container, { vadFactory, correct, embedder }, options.roomId);
  } finally {
    await container.engine.stop();
    await container.audioLog.stop();
    await container.close();
  }
}
