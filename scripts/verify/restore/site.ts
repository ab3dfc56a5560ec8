import path from 'node:path';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '@medcall/service-kit/database/embedded';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import { freePort } from '../../../tests/support/free-port.ts';
import { stubEngine } from '../faults/fault.ts';
import type { IdentityServer } from '../lib/identity-server.ts';
import { ServiceProcess } from '../lib/service-process.ts';

/** One installation on the embedded database: what is destroyed, and what comes up from the backup. */
export class Site {
  readonly dataDir: string;
  readonly #identity: IdentityServer;
  #running: { postgres: EmbeddedPostgres; world: World; service: ServiceProcess } | null = null;

  constructor(dataDir: string, identity: IdentityServer) {
    this.dataDir = dataDir;
    this.#identity = identity;
  }

  get postgres(): EmbeddedPostgres {
    return this.#parts.postgres;
  }

  get world(): World {
    return this.#parts.world;
  }

  get service(): ServiceProcess {
    return this.#parts.service;
  }

  /** @param prepare what a new database needs before the service starts */
  async start(prepare: (ownerUrl: string) => Promise<unknown> = async () => undefined) {
    const postgres = await startEmbeddedPostgres({ dataDir: path.join(this.dataDir, 'postgres') });
    await prepare(postgres.ownerUrl);
    const world = await createWorld(postgres.ownerUrl);
    const service = new ServiceProcess({
      port: await freePort(),
      dataDir: this.dataDir,
      databaseUrl: postgres.appUrl,
      env: { ...this.#identity.environment, ...stubEngine },
    });
    this.#running = { postgres, world, service };
    await service.start();
  }

  /** Everything ends at once: the service by `kill -9`. */
  async end(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    this.#running = null;
    await running.service.kill();
    await running.world.close().catch(() => undefined);
    await running.postgres.stop().catch(() => undefined);
  }

  get #parts() {
    if (!this.#running) throw new Error('the installation does not run');
    return this.#running;
  }
}
