import type { ChildProcess } from 'node:child_process';
import { chown, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Image } from './build-image.ts';
import { spawnInSandbox } from './sandbox.ts';

export interface ContainerOptions {
  image: Image;
  /** Name of the compose service. */
  name: string;
  command: readonly string[];
  env: Record<string, string>;
  /** Volumes: folder of this machine → folder inside. They belong to the image's user at first use. */
  volumes: ReadonlyArray<{ from: string; to: string }>;
  /** Folders inside that are empty and writable. */
  tmpfs: readonly string[];
  node: string;
  onLine: (line: string) => void;
}

/** A container without an engine: the image's root read-only, its user, its process as number 1. */
export class Container {
  readonly name: string;
  readonly image: Image;
  readonly #options: ContainerOptions;
  #child: ChildProcess | null = null;
  #ended: Promise<number | null> = Promise.resolve(null);

  constructor(options: ContainerOptions) {
    this.#options = options;
    this.name = options.name;
    this.image = options.image;
  }

  /** Resolves with the exit code once the process has ended. */
  get ended(): Promise<number | null> {
    return this.#ended;
  }

  async start(): Promise<void> {
    const { command, onLine } = this.#options;
    const child = await this.#spawn(command, true);
    this.#child = child;
    let rest = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) onLine(line);
      });
    }
    this.#ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  }

  /** Runs a command beside the container's own, as `docker exec` and HEALTHCHECK do. @returns exit code */
  async exec(command: readonly string[]): Promise<number | null> {
    const child = await this.#spawn(command, false);
    return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  }

  /** The image's HEALTHCHECK. */
  async healthy(): Promise<boolean> {
    return (await this.exec(this.image.health)) === 0;
  }

  /** SIGTERM to process 1, as an engine stops a container. @returns exit code */
  async stop(): Promise<number | null> {
    const { pid } = this.#child ?? {};
    if (pid === undefined) return null;
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
    const first = Number(children.trim().split(' ')[0]);
    if (first > 0) process.kill(first, 'SIGTERM');
    return this.#ended;
  }

  /** Cuts it off. */
  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  async #spawn(command: readonly string[], asPid1: boolean): Promise<ChildProcess> {
    const { env, image, node, tmpfs, volumes } = this.#options;
    const [uid = 0, gid = 0] = image.user.split(':').map(Number);
    const scratch = tmpfs
      .filter((folder) => folder !== '/tmp')
      .map((folder) => ({
        from: path.join(`${image.root}.tmpfs`, this.name, folder),
        to: folder,
      }));
    for (const { from } of [...volumes, ...scratch]) {
      await mkdir(from, { recursive: true });
      await chown(from, uid, gid);
    }
    return spawnInSandbox(
      { root: image.root, node, binds: [...volumes, ...scratch], readOnly: true },
      {
        argv: command,
        cwd: image.cwd,
        env: { ...image.env, ...env },
        user: image.user,
        asPid1,
      },
    );
  }
}
