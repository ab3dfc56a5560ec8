import { join } from 'node:path';
import {
  type Clock,
  createFolderStore,
  type Database,
  type Logger,
  type ObjectStore,
} from '@medcall/service-kit';
import { KeptAudio } from './kept-audio.ts';
import { Recorder } from './recorder.ts';
import type { RecordingEnv } from './recording-env.ts';
import { RecordingPlan } from './recording-plan.ts';
import { RecordingReader } from './recording-reader.ts';
import { RecordingRows } from './recording-rows.ts';
import { SignedAddresses } from './signed-address.ts';
import { urlKeys } from './url-keys.ts';

export interface RecordingParts {
  plan: RecordingPlan;
  recorder: Recorder;
  recordings: RecordingReader;
  addresses: SignedAddresses;
}

/**
 * Puts the recordings together. Nothing runs until `recorder.start()`.
 * @param options dataDir: the folder with the audio log in `audio/`; store: the cluster's object store,
 * null where this disk is all there is (then files lie in `<dataDir>/objects`);
 * owner: the name under which this node leases streams
 */
export function createRecordings(options: {
  env: RecordingEnv & { INTERNAL_SERVICE_SECRET: string };
  dataDir: string;
  store: ObjectStore | null;
  owner: string;
  database: Database;
  ffmpeg: string;
  clock: Clock;
  logger: Logger;
}): RecordingParts {
  const { clock, database, dataDir, env, ffmpeg, logger, owner } = options;
  const audio = new KeptAudio({ root: join(dataDir, 'audio'), store: options.store });
  const store = options.store ?? createFolderStore(join(dataDir, 'objects'));
  const rights = { database, owner, sharedLog: audio.shared };
  const plan = new RecordingPlan(rights);
  return {
    plan,
    recordings: new RecordingReader({ database, store }),
    addresses: new SignedAddresses(urlKeys(env), clock),
    recorder: new Recorder({
      audio,
      plan,
      rows: new RecordingRows(rights),
      store,
      ffmpeg,
      workDir: join(dataDir, 'recordings-in-work'),
      logger,
    }),
  };
}
