import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Environment } from './settings.ts';

export interface ProcessOptions {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  env: Environment;
  onLine: (line: string) => void;
  /** Starts it again when it ends without being told to. */
  restart: boolean;
  onDied?: (exit: string, restartInMs: number | null) => void;
  backoffMs?: { first: number; longest: number };
  /** A process that lived this long starts over with the first delay. */
  settledMs?: number;
}

const defaultBackoff = { first: 500, longest: 15_000 };

/** One child process that is kept running, and stopped with everything it started. */
export class SupervisedProcess {
  readonly name: string;
  readonly #options: ProcessOptions;
  #child: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();
  #restartTimer: NodeJS.Timeout | undefined;
  #wanted = false;
  #failures = 0;

  constructor(options: ProcessOptions) {
    this.name = options.name;
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Runs, or is about to run again. */
  get alive(): boolean {
    return this.#child !== undefined || (this.#wanted && this.#options.restart);
  }

  get running(): boolean {
    return this.#child !== undefined;
  }

  start(): void {
    if (this.#child) return;
    this.#wanted = true;
    clearTimeout(this.#restartTimer);
    const { command, args, cwd, env, onLine } = this.#options;
    const startedAt = Date.now();
    const child = spawn(command, args, {
      cwd,
      env: env as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl+C in the terminal reaches the supervisor alone, which then stops
      // the services in order.
      detached: process.platform !== 'win32',
    });
    this.#child = child;
    // Whoever leaves without stopping (an uncaught error, a test run cut short) leaves nothing behind.
    const killWithMe = () => killGroup(child.pid);
    process.once('exit', killWithMe);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', onLine);
    }
    this.#ended = new Promise((resolve) => {
      let ended = false;
      const end = (exit: string) => {
        if (ended) return;
        ended = true;
        process.off('exit', killWithMe);
        this.#child = undefined;
        killGroup(child.pid);
        if (this.#wanted) this.#died(exit, Date.now() - startedAt);
        resolve();
      };
      child.once('error', (error) => end(error.message));
      child.once('exit', (code, signal) => end(signal ?? `código ${code}`));
    });
  }

  /** Asks it to end and waits; after `graceMs` it is killed. */
  async stop(graceMs = 30_000): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#restartTimer);
    const child = this.#child;
    if (!child) return;
    child.kill('SIGTERM');
    const cut = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await this.#ended;
    clearTimeout(cut);
  }

  /** Kills the process as a crash would. With `restart` it comes back by itself. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#ended;
  }

  #died(exit: string, livedMs: number): void {
    const { restart, onDied, settledMs = 30_000 } = this.#options;
    const backoff = this.#options.backoffMs ?? defaultBackoff;
    if (!restart) {
      this.#wanted = false;
      onDied?.(exit, null);
      return;
    }
    this.#failures = livedMs >= settledMs ? 0 : this.#failures;
    const delayMs = Math.min(backoff.first * 2 ** this.#failures, backoff.longest);
    this.#failures += 1;
    onDied?.(exit, delayMs);
    this.#restartTimer = setTimeout(() => this.start(), delayMs);
  }
}

/** What the process left behind (decoders, build workers) ends with it. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined || process.platform === 'win32') return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: nobody is left in the group, which is the usual case.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
