/** Time as a dependency, so that tests can move it. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** Milliseconds since some moment of the past. Goes on when the system's clock is set: for lengths of time. */
export const monotonicClock: Clock = { now: () => performance.now() };
