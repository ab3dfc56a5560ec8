import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import type { ComposeFile, ComposeService } from '../../lib/containers/compose.ts';
import { Container } from '../../lib/containers/run-container.ts';
import type { containersPlan } from './plan.ts';

const readyWithinMs = 180_000;

/** Here all containers share one network: what each has as METRICS_PORT there is a port apart here. */
const metricsPorts = new Map(
  ['gateway', 'worker', 'realtime-service', 'ai-service'].map((name, at) => [name, 9464 + at]),
);

/** The compose file's own services, run from the built images with its very environment. */
export class Stack {
  readonly #compose: ComposeFile;
  readonly #plan: z.infer<typeof containersPlan>;
  readonly #folder: string;
  readonly #running = new Map<string, Container>();
  readonly #logs = new Map<string, string[]>();

  constructor(options: {
    compose: ComposeFile;
    plan: z.infer<typeof containersPlan>;
    folder: string;
  }) {
    this.#compose = options.compose;
    this.#plan = options.plan;
    this.#folder = options.folder;
  }

  logOf(name: string): string {
    return (this.#logs.get(name) ?? []).slice(-30).join('\n');
  }

  /** Runs a one-shot service (`migrate`, `seed`). */
  async runToEnd(name: string): Promise<{ code: number | null; output: string }> {
    const container = this.#container(name);
    await container.start();
    const code = await container.ended;
    return { code, output: (this.#logs.get(name) ?? []).join('\n') };
  }

  /** Starts a service and waits for its HEALTHCHECK. @returns seconds, null when it does not get healthy */
  async start(name: string): Promise<number | null> {
    const container = this.#container(name);
    const startedAt = Date.now();
    await container.start();
    this.#running.set(name, container);
    if (this.#service(name).healthcheck?.disable) return 0;
    let dead = false;
    void container.ended.then(() => {
      dead = true;
    });
    while (Date.now() - startedAt < readyWithinMs && !dead) {
      if (await container.healthy()) return (Date.now() - startedAt) / 1000;
      await delay(200);
    }
    return null;
  }

  /** Who runs and what it may write, asked inside. */
  async inspect(): Promise<Array<{ name: string; seen: string; ok: boolean }>> {
    const results = [];
    for (const [name, container] of this.#running) {
      const exec = (script: string) => container.exec(['sh', '-c', script]);
      const noRoot = (await exec('test "$(id -u)" = 1000')) === 0;
      const readOnly = (await exec('touch /app/x /usr/x /etc/x 2>/dev/null')) !== 0;
      const noWriting = (await exec('test -w /app || test -w /usr')) !== 0;
      results.push({
        name: `${name} has no rights`,
        seen: `user 1000 ${noRoot}, root read-only ${readOnly && noWriting}`,
        ok: noRoot && readOnly && noWriting,
      });
    }
    return results;
  }

  /** What each service gives Prometheus: how many series. */
  async figures(): Promise<[seen: string, ok: boolean]> {
    const counts = await Promise.all(
      [...metricsPorts].map(async ([name, port]): Promise<[string, number]> => {
        const answer = await fetch(`http://127.0.0.1:${port}/metrics`).catch(() => null);
        const text = (await answer?.text()) ?? '';
        return [name, text.split('\n').filter((line) => line.startsWith('medcall_')).length];
      }),
    );
    return [
      counts.map(([name, series]) => `${name} ${series}`).join(', '),
      counts.every(([, series]) => series > 0),
    ];
  }

  /** SIGTERM to all, the doors first. */
  async stop(): Promise<Array<{ name: string; code: number | null; seconds: number }>> {
    const ends = [];
    for (const name of ['frontend', 'gateway', 'worker', 'realtime-service', 'ai-service']) {
      const container = this.#running.get(name);
      if (!container) continue;
      const startedAt = Date.now();
      const code = await container.stop();
      ends.push({ name, code, seconds: (Date.now() - startedAt) / 1000 });
      this.#running.delete(name);
    }
    return ends;
  }

  kill(): void {
    for (const container of this.#running.values()) container.kill();
  }

  #service(name: string): ComposeService {
    const service = this.#compose.services[name];
    if (!service) throw new Error(`docker-compose.yml has no ${name}`);
    return service;
  }

  #container(name: string): Container {
    const service = this.#service(name);
    const wanted = /^medcall\/([\w-]+):/.exec(service.image)?.[1];
    const image = this.#plan.images.find((one) => one.name === wanted);
    if (!image) throw new Error(`${name} has no image of ours`);
    const log: string[] = [];
    this.#logs.set(name, log);
    return new Container({
      image,
      name,
      command: service.command ?? image.command,
      env: {
        ...service.environment,
        METRICS_PORT: String(metricsPorts.get(name) ?? service.environment.METRICS_PORT ?? ''),
      },
      volumes: service.volumes.map((volume) => {
        const [source = '', to = ''] = volume.split(':');
        return { from: path.join(this.#folder, 'volumes', source), to };
      }),
      tmpfs: service.tmpfs.map((one) => one.split(':')[0] ?? ''),
      node: this.#plan.node,
      onLine: (line) => {
        log.push(line);
        if (log.length > 500) log.shift();
      },
    });
  }
}
