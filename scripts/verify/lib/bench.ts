import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '@medcall/service-kit/database/embedded';
import { migrate } from '@medcall/service-kit/database/migrate';
import { createTestTokens, type TestTokens } from '@medcall/service-kit/testing/tokens';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import { KeptAudio } from '../../../apps/backend/realtime-service/src/recordings/kept-audio.ts';
import { freePort } from '../../../tests/support/free-port.ts';
import { type IdentityServer, startIdentityServer } from './identity-server.ts';
import { ServiceProcess, type ServiceProcessOptions } from './service-process.ts';

/** The audio log of a data folder, for reading. */
export function keptIn(dataDir: string): KeptAudio {
  return new KeptAudio({ root: path.join(dataDir, 'audio'), store: null });
}

/** What every verification needs around the service: a database, people, and a folder that goes away. */
export interface Bench {
  folder: string;
  postgres: EmbeddedPostgres;
  world: World;
  tokens: TestTokens;
  identity: IdentityServer;
  /** A service on a port and data folder of its own; not started yet. */
  aService(options: Partial<ServiceProcessOptions> & { name: string }): Promise<ServiceProcess>;
  /** Whether somebody interrupted the run: what breaks from then on says nothing of the service. */
  readonly interrupted: boolean;
  stop(): Promise<void>;
}

/** @param durable whether the database's own files survive a crash of the database; slower */
export async function startBench({ durable = false } = {}): Promise<Bench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'medcall-verify-'));
  // The embedded server runs under another account when this is root.
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres({
    dataDir: path.join(folder, 'postgres'),
    ephemeral: !durable,
  });
  await migrate({ url: postgres.ownerUrl });
  const world = await createWorld(postgres.ownerUrl);
  const tokens = await createTestTokens();
  const identity = await startIdentityServer(tokens);
  const services: ServiceProcess[] = [];
  let interrupted = false;
  const stop = async () => {
    for (const service of services) await service.kill();
    identity.close();
    await world.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  // The database is a process of its own and would outlive an interrupted run.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interrupted = true;
      void stop().finally(() => process.exit(130));
    });
  }
  return {
    folder,
    postgres,
    world,
    tokens,
    identity,
    async aService({ name, env, ...options }) {
      const service = new ServiceProcess({
        port: await freePort(),
        dataDir: path.join(folder, name),
        databaseUrl: postgres.appUrl,
        ...options,
        // What a machine under load leaves out would look like something lost.
        env: { ...identity.environment, STT_REVISION_MS: '60000', ...env },
      });
      services.push(service);
      return service;
    },
    get interrupted() {
      return interrupted;
    },
    stop,
  };
}
