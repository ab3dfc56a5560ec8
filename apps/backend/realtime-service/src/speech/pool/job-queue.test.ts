import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOB_PRIORITIES, type JobPriority } from '../ports.ts';
import { JobQueue } from './job-queue.ts';

function aJob(roomId: string, priority: JobPriority) {
  return { roomId, priority: () => priority };
}

describe('job queue', () => {
  it('takes finals, then speculations, revisions, partials, and last what nobody reads along with', () => {
    const queue = new JobQueue(10);
    const order: JobPriority[] = ['revision', 'deferred', 'partial', 'final', 'speculative'];
    for (const priority of order) queue.push(aJob('a', priority));
    expect(order.map(() => queue.take()?.priority())).toEqual([...JOB_PRIORITIES]);
    expect(queue.take()).toBeUndefined();
  });

  it('asks for the priority when it takes: a speculation may have become a final', () => {
    const queue = new JobQueue<{ roomId: string; priority: () => JobPriority }>(10);
    let priority: JobPriority = 'speculative';
    const guess = { roomId: 'a', priority: () => priority };
    queue.push(guess);
    queue.push(aJob('b', 'speculative'));
    queue.push(guess);
    priority = 'final';
    expect(queue.take()).toBe(guess);
  });

  it('lets rooms take turns: one sentence waits for one sentence of a busy room', () => {
    const queue = new JobQueue(100);
    for (let i = 0; i < 10; i += 1) queue.push(aJob('busy', 'final'));
    queue.take();
    queue.push(aJob('quiet', 'final'));
    expect(queue.take()?.roomId).toBe('quiet');
  });

  it('drops partials, then speculations, then revisions, and never a final', () => {
    const queue = new JobQueue(3);
    const [partial, guess, revision] = [
      aJob('a', 'partial'),
      aJob('a', 'speculative'),
      aJob('a', 'revision'),
    ];
    for (const job of [revision, guess, partial]) expect(queue.push(job)).toEqual([]);
    expect(queue.push(aJob('b', 'final'))).toEqual([partial]);
    expect(queue.push(aJob('b', 'final'))).toEqual([guess]);
    expect(queue.push(aJob('b', 'final'))).toEqual([revision]);
    expect(queue.push(aJob('b', 'final'))).toEqual([]);
    expect(queue.size).toBe(4);
  });

  it('drops nothing of what people read along with for what has time, and never that', () => {
    const queue = new JobQueue(2);
    for (let i = 0; i < 5; i += 1) expect(queue.push(aJob('over', 'deferred'))).toEqual([]);
    const partial = aJob('live', 'partial');
    expect(queue.push(partial)).toEqual([]);
    expect(queue.push(aJob('live', 'final'))).toEqual([]);
    expect(queue.push(aJob('live', 'final'))).toEqual([partial]);
    expect(queue.push(aJob('live', 'final'))).toEqual([]);
    expect(queue.size).toBe(8);
  });

  it('loses and doubles nothing, whatever comes', () => {
    const job = fc.record({
      roomId: fc.constantFrom('a', 'b', 'c'),
      kind: fc.constantFrom(...JOB_PRIORITIES),
    });
    fc.assert(
      fc.property(
        fc.array(job, { maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (jobs, capacity) => {
          const queue = new JobQueue<ReturnType<typeof aJob>>(capacity);
          const all = jobs.map(({ roomId, kind }) => aJob(roomId, kind));
          const dropped = all.flatMap((one) => queue.push(one));
          const taken: typeof all = [];
          for (let one = queue.take(); one !== undefined; one = queue.take()) taken.push(one);
          const must = dropped.filter((one) => ['final', 'deferred'].includes(one.priority()));
          expect(must).toEqual([]);
          expect(new Set([...dropped, ...taken])).toEqual(new Set(all));
          expect(dropped.length + taken.length).toBe(all.length);
          const ranks = taken.map((one) => JOB_PRIORITIES.indexOf(one.priority()));
          expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        },
      ),
    );
  });
});
