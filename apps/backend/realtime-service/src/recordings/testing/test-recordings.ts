import { createServer } from 'node:http';
import { join } from 'node:path';
import {
  authenticate,
  closeServer,
  createApp,
  createLogger,
  type Database,
  errorHandler,
  listen,
  type ObjectStore,
  unknownRoute,
} from '@medcall/service-kit';
import type { TestTokens } from '@medcall/service-kit/testing/tokens';
import express from 'express';
import { AudioLog } from '../../audio-log/audio-log.ts';
import { findFfmpeg } from '../../media/ffmpeg.ts';
import { recordingAudioRoutes, recordingRoutes } from '../../routes/recordings.ts';
import { ConsultationReader } from '../../services/consultation-reader.ts';
import { createRecordings, type RecordingParts } from '../create-recordings.ts';

export const logger = createLogger({
  service: 'test',
  level: process.env.TEST_LOG_LEVEL ?? 'silent',
});
export const ffmpeg = findFfmpeg(undefined);
const ownSecret = 'a secret of at least thirty-two characters';

/** A clock that a test can move. */
export const clock = { aheadMs: 0, now: () => Date.now() + clock.aheadMs };

export interface TestNode extends RecordingParts {
  log: AudioLog;
}

/** One node's log and recorder over a data folder. The recorder looks for work only when it is woken. */
export function aNode(options: {
  database: Database;
  dataDir: string;
  owner: string;
  store?: ObjectStore;
  ffmpeg?: string;
  secret?: string;
}): TestNode {
  const store = options.store ?? null;
  return {
    log: new AudioLog({ root: join(options.dataDir, 'audio'), logger, store }),
    ...createRecordings({
      ffmpeg,
      ...options,
      env: { INTERNAL_SERVICE_SECRET: options.secret ?? ownSecret },
      store,
      clock,
      logger,
    }),
  };
}

/** The routes behind what stands before them in the service. */
export async function serve(
  node: RecordingParts,
  { database, tokens }: { database: Database; tokens: TestTokens },
): Promise<{ url: string; stop(): Promise<void> }> {
  const app = createApp({ logger, corsOrigins: [], trustProxyHops: 0, service: 'test' });
  const http = createServer(app);
  const port = await listen(http, 0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}`;
  app.use('/api/recordings', recordingAudioRoutes(node));
  app.use('/api', authenticate(tokens.verifier));
  app.use(express.json());
  app.use(
    '/api/recordings',
    recordingRoutes({ ...node, reader: new ConsultationReader(database), publicUrl: url }),
  );
  app.use(unknownRoute);
  app.use(errorHandler(logger));
  return { url, stop: () => closeServer(http, 100) };
}
