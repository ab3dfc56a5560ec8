import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Stage } from '../../../apps/backend/realtime-service/src/failpoints.ts';
import { rootDir } from '../../lib/system/settings.ts';
import { answers, waitUntil } from '../../lib/system/wait-until.ts';

const serviceDir = path.join(rootDir, 'apps/backend/realtime-service');

export interface ServiceProcessOptions {
  port: number;
  dataDir: string;
  databaseUrl: string;
  /** Identity, engine, hooks: what the test decides. */
  env: Record<string, string>;
  /** The process runs under this program, for example `faketime`. */
  under?: readonly string[];
}

/** Where the process is to end itself: the n-th time that it passes the stage from now on. */
export interface KillOrder {
  stage: Stage;
  passes: number;
  tornFraction: number;
}

const passesAnswer = z.object({ passes: z.record(z.string(), z.number()) });

/** The real realtime service in a process of its own, always on the same port and data folder. */
export class ServiceProcess {
  readonly url: string;
  readonly #options: ServiceProcessOptions;
  readonly #log: string[] = [];
  #child: ChildProcess | null = null;
  #exited: Promise<string> = Promise.resolve('never started');
  starts = 0;

  constructor(options: ServiceProcessOptions) {
    this.#options = options;
    this.url = `http://127.0.0.1:${options.port}`;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves with how the running process ended. */
  get exited(): Promise<string> {
    return this.#exited;
  }

  /** The last lines of its log. */
  get recentLog(): string {
    return this.#log.slice(-60).join('\n');
  }

  /** Counts lines of the log that hold a text. */
  linesWith(text: string): number {
    return this.#log.filter((line) => line.includes(text)).length;
  }

  /** Starts the process and waits until it answers. */
  async start(env: Record<string, string> = {}): Promise<void> {
    this.launch(env);
    const { pid } = this;
    await waitUntil(
      'the realtime service answers',
      () => {
        if (this.pid !== pid) throw new Error(`the service ended at start:\n${this.recentLog}`);
        return answers(`${this.url}/api/health`);
      },
      { timeoutMs: 180_000, everyMs: 100 },
    );
  }

  launch(env: Record<string, string> = {}): void {
    const { dataDir, databaseUrl, port, under = [] } = this.#options;
    const [command = '', ...args] = [...under, process.execPath, 'src/index.ts'];
    const child = spawn(command, args, {
      cwd: serviceDir,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        DATABASE_URL: databaseUrl,
        DATA_DIR: dataDir,
        MODELS_DIR: path.join(rootDir, 'models'),
        PORT: String(port),
        HOST: '127.0.0.1',
        // Nobody is there: questions are not what is verified.
        AI_SERVICE_URL: 'http://127.0.0.1:65535',
        STT_DECODERS: '1',
        LOG_LEVEL: 'info',
        MEDCALL_TEST_HOOKS: '1',
        ...this.#options.env,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.starts += 1;
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        this.#log.push(line);
        if (this.#log.length > 2000) this.#log.shift();
      });
    }
    this.#exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        if (this.#child === child) this.#child = null;
        resolve(signal ?? `code ${code}`);
      });
    });
  }

  /** From now on the process watches for this place. */
  order(kill: KillOrder): void {
    this.#child?.send(kill);
  }

  /** How often each stage was passed since the start. */
  passes(): Promise<Partial<Record<Stage, number>>> {
    const child = this.#child;
    if (!child) throw new Error('the service does not run');
    return new Promise((resolve) => {
      child.once('message', (answer) => resolve(passesAnswer.parse(answer).passes));
      child.send('passes');
    });
  }

  /** SIGKILL from outside. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#exited;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Asks it to stop as an orchestrator does. */
  async stop(): Promise<string> {
    this.#child?.kill('SIGTERM');
    return this.#exited;
  }
}
