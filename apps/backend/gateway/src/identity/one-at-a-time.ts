/** Runs work of the same key in order, of different keys at once; more than `maxWaiting` of one key are refused. */
export interface OneAtATime {
  /** @returns what the work returns, or undefined when too many wait already */
  run<T>(key: string, work: () => Promise<T>): Promise<T | undefined>;
}

/**
 * Guesses against one account arrive one after the other, so that a hundred at once cannot all be
 * checked before the first failure is counted.
 */
export function createOneAtATime(maxWaiting: number): OneAtATime {
  const lanes = new Map<string, { tail: Promise<unknown>; waiting: number }>();
  return {
    async run(key, work) {
      const lane = lanes.get(key) ?? { tail: Promise.resolve(), waiting: 0 };
      if (lane.waiting >= maxWaiting) return undefined;
      lanes.set(key, lane);
      lane.waiting += 1;
      const result = lane.tail.then(work);
      lane.tail = result.catch(() => undefined);
      try {
        return await result;
      } finally {
        lane.waiting -= 1;
        if (lane.waiting === 0) lanes.delete(key);
      }
    },
  };
}
