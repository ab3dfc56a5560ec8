import { JOB_PRIORITIES, type JobPriority } from '../ports.ts';

/** What the queue has to know of a job. */
export interface QueuedJob {
  readonly roomId: string;
  readonly priority: () => JobPriority;
}

/** Under load these are dropped, first to last. A final and what is deferred are never dropped. */
const SHED_ORDER = ['partial', 'speculative', 'revision'] as const satisfies JobPriority[];

/**
 * Jobs that wait: by priority, and within a priority one room after the other, so that a room with
 * ten sentences in the queue waits for a room with one no longer than for one sentence.
 */
export class JobQueue<T extends QueuedJob> {
  private readonly capacity: number;
  private waiting: T[] = [];
  /** When each room was last served, by a counter. */
  private readonly served = new Map<string, number>();
  private turn = 0;

  /** @param capacity how many jobs may wait; finals may exceed it, everything else makes room. Who has time is not counted. */
  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get size(): number {
    return this.waiting.length;
  }

  get jobs(): readonly T[] {
    return this.waiting;
  }

  /** Adds a job and returns those that were dropped to make room, possibly the job itself. */
  push(job: T): T[] {
    this.waiting.push(job);
    const dropped: T[] = [];
    while (this.hurried() > this.capacity) {
      const victim = this.victim();
      if (victim === undefined) break;
      this.remove(victim);
      dropped.push(victim);
    }
    return dropped;
  }

  /** Puts a job back before all others of its room and priority, after its decoder died. */
  putBack(job: T): void {
    this.waiting.unshift(job);
    this.served.delete(job.roomId);
  }

  remove(job: T): boolean {
    const at = this.waiting.indexOf(job);
    if (at < 0) return false;
    this.waiting.splice(at, 1);
    this.forgetIdleRooms();
    return true;
  }

  /** The next job: highest priority, then the room that was served longest ago, then the oldest. */
  take(): T | undefined {
    let chosen: T | undefined;
    let chosenRank = Number.POSITIVE_INFINITY;
    let chosenServed = 0;
    for (const job of this.waiting) {
      const rank = JOB_PRIORITIES.indexOf(job.priority());
      const served = this.served.get(job.roomId) ?? -1;
      if (rank < chosenRank || (rank === chosenRank && served < chosenServed)) {
        chosen = job;
        chosenRank = rank;
        chosenServed = served;
      }
    }
    if (chosen === undefined) return undefined;
    this.waiting.splice(this.waiting.indexOf(chosen), 1);
    this.turn += 1;
    this.served.set(chosen.roomId, this.turn);
    this.forgetIdleRooms();
    return chosen;
  }

  clear(): T[] {
    const all = this.waiting;
    this.waiting = [];
    this.served.clear();
    return all;
  }

  private hurried(): number {
    return this.waiting.reduce((sum, job) => sum + (job.priority() === 'deferred' ? 0 : 1), 0);
  }

  /** The newest job of the class that is dropped first: an older one has waited for its turn. */
  private victim(): T | undefined {
    for (const priority of SHED_ORDER) {
      const victim = this.waiting.findLast((job) => job.priority() === priority);
      if (victim !== undefined) return victim;
    }
    return undefined;
  }

  /** Rooms come and go for years: only a bounded number is remembered beyond those that wait. */
  private forgetIdleRooms(): void {
    if (this.served.size <= 256) return;
    const rooms = new Set(this.waiting.map((job) => job.roomId));
    for (const roomId of this.served.keys()) {
      if (this.served.size <= 128) break;
      if (!rooms.has(roomId)) this.served.delete(roomId);
    }
  }
}
