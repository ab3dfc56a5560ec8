import { takenPorts } from './free-ports.ts';
import { prepareDatabase } from './prepare-database.ts';
import { givenSecrets, readOrMakeSecrets } from './secrets.ts';
import { environmentOf } from './service-environment.ts';
import { commandOf } from './service-list.ts';
import {
  type Environment,
  portVariable,
  type ServiceName,
  type SystemSettings,
} from './settings.ts';
import { type SharedPostgres, usePostgres } from './shared-postgres.ts';
import { SupervisedProcess } from './supervised-process.ts';
import { answers, waitUntil } from './wait-until.ts';

export interface SystemOptions {
  settings: SystemSettings;
  services: readonly ServiceName[];
  demo: boolean;
  /** `start` runs the frontend's production build. */
  mode: 'dev' | 'start';
  /** Starts a service again when it dies. */
  restart: boolean;
  /** What the services inherit: `process.env`, or a test's own values over it. */
  env: Environment;
  /** `source` is a service's name, `postgres` or `medcall`. */
  onLine: (source: string, line: string) => void;
  /** Migrate first, and with `demo` seed. Production does it as a step of its own, with the owner's login. */
  prepareDatabase: boolean;
  /** A throw-away database: fast and lost at a crash. */
  ephemeralDatabase?: boolean;
  signal?: AbortSignal;
}

const readyTimeoutMs = 120_000;
/** The first page of `next dev` is compiled when it is asked for. */
const frontendReadyTimeoutMs = 240_000;

/** The running system: database, services, and a hand on each of them. */
export class System {
  readonly settings: SystemSettings;
  readonly services: readonly ServiceName[];
  /** The services' own database address. */
  readonly databaseUrl: string;
  /** The owner's, for tests that look at the rows themselves; the same where the server is not ours. */
  readonly ownerUrl: string;
  readonly #processes: Map<ServiceName, SupervisedProcess>;
  readonly #postgres: SharedPostgres | undefined;

  constructor(parts: {
    settings: SystemSettings;
    databaseUrl: string;
    ownerUrl: string;
    processes: Map<ServiceName, SupervisedProcess>;
    postgres: SharedPostgres | undefined;
  }) {
    this.settings = parts.settings;
    this.services = [...parts.processes.keys()];
    this.databaseUrl = parts.databaseUrl;
    this.ownerUrl = parts.ownerUrl;
    this.#processes = parts.processes;
    this.#postgres = parts.postgres;
  }

  process(service: ServiceName): SupervisedProcess {
    const found = this.#processes.get(service);
    if (!found) throw new Error(`${service} is not part of this system`);
    return found;
  }

  /** Resolves when every service says that it can serve. @throws Error when one died for good */
  async ready(signal?: AbortSignal): Promise<void> {
    await Promise.all(this.services.map((service) => this.#serviceReady(service, signal)));
  }

  #serviceReady(service: ServiceName, signal: AbortSignal | undefined): Promise<void> {
    const { readyUrl } = commandOf(service, this.settings, 'dev');
    const slow = service === 'frontend';
    const isReady = () => {
      if (!this.process(service).alive) throw new Error(`${service} parou antes de ficar pronto.`);
      return answers(readyUrl, slow ? 60_000 : 2_000);
    };
    return waitUntil(`${service} pronto`, isReady, {
      timeoutMs: slow ? frontendReadyTimeoutMs : readyTimeoutMs,
      everyMs: 500,
      ...(signal ? { signal } : {}),
    });
  }

  /** Stops the services, then the database. The frontend first: nobody new comes in. */
  async stop(): Promise<void> {
    const frontend = this.#processes.get('frontend');
    await frontend?.stop(10_000);
    await Promise.all([...this.#processes.values()].map((process) => process.stop()));
    await this.#postgres?.release();
  }
}

/**
 * Starts the database (the embedded one without DATABASE_URL), brings it up to date and starts the
 * services. Does not wait for them: see `ready()`.
 * @throws Error in words for a person when a port is taken or the database cannot be prepared
 */
export async function startSystem(options: SystemOptions): Promise<System> {
  const { settings, services, env, onLine } = options;
  await refuseTakenPorts(settings, services);
  const secrets = givenSecrets(env) ?? (await readOrMakeSecrets(settings.dataDir));
  const given = env.DATABASE_URL || undefined;
  const postgres = given
    ? undefined
    : await usePostgres(settings.dataDir, { ephemeral: options.ephemeralDatabase ?? false });
  try {
    const databaseUrl = given ?? postgres?.appUrl ?? '';
    const ownerUrl = postgres?.ownerUrl ?? env.DATABASE_OWNER_URL ?? databaseUrl;
    if (options.prepareDatabase) {
      await prepareDatabase({
        ownerUrl,
        appUrl: databaseUrl,
        demo: options.demo,
        dataDir: settings.dataDir,
        onLine: (line) => {
          // The seed's own log of its transactions is for those who debug it.
          if (!line.startsWith('{ ')) onLine('postgres', line);
        },
      });
    }
    options.signal?.throwIfAborted();
    const processes = new Map<ServiceName, SupervisedProcess>();
    for (const name of services) {
      const command = commandOf(name, settings, options.mode);
      const supervised = new SupervisedProcess({
        name,
        command: process.execPath,
        args: command.args,
        cwd: command.cwd,
        env: environmentOf(
          name,
          {
            settings,
            secrets,
            databaseUrl,
            demo: options.demo,
            production: options.mode === 'start',
          },
          env,
        ),
        restart: options.restart,
        onLine: (line) => onLine(name, line),
        onDied: (exit, restartInMs) => onLine('medcall', diedLine(name, exit, restartInMs)),
      });
      processes.set(name, supervised);
      supervised.start();
    }
    return new System({ settings, databaseUrl, ownerUrl, processes, postgres });
  } catch (error) {
    await postgres?.release();
    throw error;
  }
}

function diedLine(name: string, exit: string, restartInMs: number | null): string {
  const again =
    restartInMs === null ? '' : ` Começa de novo em ${(restartInMs / 1000).toFixed(1)} s.`;
  return `${name} parou (${exit}).${again}`;
}

async function refuseTakenPorts(
  settings: SystemSettings,
  services: readonly ServiceName[],
): Promise<void> {
  const taken = await takenPorts(settings.ports, services, settings.host);
  if (taken.length === 0) return;
  const lines = taken.map(
    (name) => `  - ${settings.ports[name]} (${name}): escolha outra com ${portVariable(name)}`,
  );
  throw new Error(
    `Há portas em uso por outro programa:\n${lines.join('\n')}\nEncerre-o, ou o MedCall que já está rodando, e tente de novo.`,
  );
}
