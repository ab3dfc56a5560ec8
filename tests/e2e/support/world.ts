import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { ApiClient } from '../../../scripts/lib/client/api.ts';
import type { Stage } from '../../../scripts/lib/client/fill-room.ts';
import { doctorSession } from '../../../scripts/lib/demo/doctor-session.ts';
import { bytesUnder } from '../../../scripts/lib/system/bytes-under.ts';
import { freePorts } from '../../../scripts/lib/system/free-ports.ts';
import { demoPassword } from '../../../scripts/lib/system/ready-table.ts';
import {
  type Ports,
  rootDir,
  type ServiceName,
  urlsOf,
} from '../../../scripts/lib/system/settings.ts';
import { type System, startSystem } from '../../../scripts/lib/system/start-system.ts';

export const audioDir = path.join(rootDir, 'tests/fixtures/audio');

const backend: ServiceName[] = ['gateway', 'ai-service', 'realtime-service'];

/** The whole system, started for one test file on ports, folder and database of its own. */
export interface World {
  system: System;
  urls: ReturnType<typeof urlsOf>;
  /** A doctor of the demonstration data, ready to hold a consultation. */
  stage(email: string): Promise<Stage>;
  api(email: string): Promise<ApiClient>;
  /** Asks the database itself, past every policy. */
  query<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  /** Bytes of sound that are kept for a consultation. */
  storedAudioBytes(consultationId: string): Promise<number>;
  /** The last lines of every service, for a failing test to show. */
  recentLog(): string;
  stop(): Promise<void>;
}

export interface WorldOptions {
  frontend: boolean;
  /** Ports to live on; free ones by default. A relay in front of a service needs to know its port first. */
  ports?: Ports;
  /** Over what the services find in their environment. */
  env?: Record<string, string>;
}

export async function startWorld(options: WorldOptions): Promise<World> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'medcall-e2e-'));
  // The embedded server runs under another account when this is root.
  await chmod(dataDir, 0o755);
  const log: string[] = [];
  const settings = { ports: options.ports ?? (await freePorts()), dataDir, host: '127.0.0.1' };
  let system: System;
  try {
    system = await startSystem({
      settings,
      services: options.frontend ? [...backend, 'frontend'] : backend,
      demo: true,
      mode: options.frontend ? 'start' : 'dev',
      restart: false,
      prepareDatabase: true,
      ephemeralDatabase: true,
      // Nothing of the person's own configuration may decide a test.
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        LOG_LEVEL: 'info',
        ...options.env,
      },
      onLine: (source, line) => {
        log.push(`${source} ${line}`);
        if (log.length > 400) log.shift();
      },
    });
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
  const recentLog = () => log.slice(-80).join('\n');
  const pool = new pg.Pool({ connectionString: system.ownerUrl, max: 2 });
  const stop = async () => {
    await pool.end();
    await system.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await system.ready();
  } catch (error) {
    await stop();
    throw new Error(`the system did not become ready:\n${recentLog()}`, { cause: error });
  }
  const urls = urlsOf(settings.ports);
  const token = (email: string) =>
    doctorSession({ authUrl: urls.gateway, anonKey: 'embedded', email, password: demoPassword });
  return {
    system,
    urls,
    recentLog,
    stop,
    api: async (email) => new ApiClient(urls.gateway, await (await token(email))()),
    async stage(email) {
      const doctorToken = await token(email);
      const me = await new ApiClient(urls.gateway, await doctorToken()).me();
      return { gateway: urls.gateway, realtimeUrl: me.realtimeUrl, me, doctorToken };
    },
    query: async (text, values) => (await pool.query(text, values)).rows,
    storedAudioBytes: (consultationId) => bytesUnder(path.join(dataDir, 'audio', consultationId)),
  };
}
