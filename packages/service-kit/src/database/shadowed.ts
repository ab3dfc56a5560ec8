import { AsyncLocalStorage } from 'node:async_hooks';

const shadow = new AsyncLocalStorage<true>();

/**
 * Runs a read whose answer nobody gets, for comparing it with another system's: each transaction inside is
 * rolled back when its work is done, so that no audit row, job or event is left; it takes from no limit
 * and stands in no log of requests (docs/decisions/0105).
 */
export function shadowed<T>(work: () => T): T {
  return shadow.run(true, work);
}

/** True within `shadowed`, across awaits. */
export function isShadowed(): boolean {
  return shadow.getStore() === true;
}
