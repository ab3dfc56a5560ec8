import path from 'node:path';
import { rootDir } from '../../lib/system/settings.ts';
import { SupervisedProcess } from '../../lib/system/supervised-process.ts';

export interface Workers {
  readonly kills: number;
  /** SIGKILL to one of them; it comes back by itself. */
  killOne(random: () => number): Promise<void>;
  killAll(): void;
  stop(): Promise<void>;
}

const again = { first: 100, longest: 100 };

/** Real worker processes of the gateway (`node src/worker.ts`), started again whenever they die. */
export function startWorkers(
  count: number,
  env: Record<string, string>,
  onLine: (line: string) => void,
): Workers {
  let kills = 0;
  const workers = Array.from({ length: count }, (_, index) => {
    const worker = new SupervisedProcess({
      name: `worker ${index + 1}`,
      command: process.execPath,
      args: [path.join('apps', 'backend', 'gateway', 'src', 'worker.ts')],
      cwd: rootDir,
      env: { PATH: process.env.PATH, ...env },
      restart: true,
      backoffMs: again,
      onLine,
    });
    worker.start();
    return worker;
  });
  const kill = async (worker: SupervisedProcess | undefined): Promise<void> => {
    if (!worker?.running) return;
    kills += 1;
    await worker.kill();
  };
  return {
    get kills() {
      return kills;
    },
    killOne: (random) => kill(workers[Math.floor(random() * workers.length)]),
    killAll() {
      for (const worker of workers) void kill(worker);
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
