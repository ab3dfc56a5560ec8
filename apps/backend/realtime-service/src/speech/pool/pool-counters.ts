import type { JobPriority, SpeechEngineStats } from '../ports.ts';

type PerPriority = Record<JobPriority, number>;

const none = (): PerPriority => ({
  final: 0,
  speculative: 0,
  partial: 0,
  revision: 0,
  deferred: 0,
});

/** What is true of the pool at the moment of asking. */
export interface PoolSnapshot {
  readonly engine: string;
  readonly total: number;
  readonly ready: number;
  readonly busy: number;
  readonly waiting: readonly { readonly priority: JobPriority; readonly seconds: number }[];
}

/** Counts what the pool has done since it was made. */
export function createPoolCounters() {
  const done = none();
  const shed = none();
  let cancelled = 0;
  let setAside = 0;
  let restarts = 0;
  let audioSeconds = 0;
  let decodeSeconds = 0;
  let lastError: string | null = null;

  return {
    done(priority: JobPriority, seconds: number, milliseconds: number): void {
      done[priority] += 1;
      audioSeconds += seconds;
      decodeSeconds += milliseconds / 1_000;
    },
    shed(priority: JobPriority): void {
      shed[priority] += 1;
    },
    cancelled(): void {
      cancelled += 1;
    },
    setAside(): void {
      setAside += 1;
    },
    restarted(why: string): void {
      restarts += 1;
      lastError = why;
    },
    failed(why: string): void {
      lastError = why;
    },
    read(snapshot: PoolSnapshot): SpeechEngineStats {
      const queued = none();
      let queuedSeconds = 0;
      for (const { priority, seconds } of snapshot.waiting) {
        queued[priority] += 1;
        queuedSeconds += seconds;
      }
      return {
        engine: snapshot.engine,
        decoders: { total: snapshot.total, ready: snapshot.ready, busy: snapshot.busy },
        queued,
        queuedSeconds,
        done: { ...done },
        shed: { ...shed },
        cancelled,
        setAside,
        restarts,
        audioSeconds,
        decodeSeconds,
        lastError,
      };
    },
  };
}
