import { readdir, readFile } from 'node:fs/promises';
import type { Meter } from './compare.ts';

/** Processor time of all threads of a process, from the scheduler, in microseconds. Linux only. */
export function cpuOf(pid: number | undefined): Meter {
  return async () => {
    const tasks = await readdir(`/proc/${pid}/task`);
    let nanoseconds = 0;
    for (const task of tasks) {
      const stat = await readFile(`/proc/${pid}/task/${task}/schedstat`, 'utf8');
      nanoseconds += Number(stat.split(' ')[0]);
    }
    return nanoseconds / 1_000;
  };
}
